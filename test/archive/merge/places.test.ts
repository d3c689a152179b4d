import { describe, expect, it } from 'vitest'
import { page, post, rows } from '../shelf.js'
import { both, type Look, postsOf } from './merging.js'

/** Where a reply hangs and stands, as two archives have seen it. Each case is merged both ways. */

const VAGUE = { when: { from: '2025-06-01T00:00:00Z', to: '2025-06-02T00:00:00Z' } }
const roots = [post('1', null), post('5', null)]
const looks = (hour: number, ...replies: ReturnType<typeof post>[]): Look => ({
  page: page([...roots, ...replies]),
  hour,
})
const order = (file: string) =>
  postsOf(file)
    .map(({ id }) => id)
    .join(' ')

describe('a reply', () => {
  it('whose parent the later view does not tell stays where the earlier one had it', () => {
    const [second, third] = [post('2', '1'), post('3', '2', { threadId: '1' })]
    const untold = [post('1', null), second, post('3', null, { threadId: '1', parentId: undefined })]
    const file = both([looks(1, second, third)], [{ page: page(untold), hour: 4 }])
    expect(postsOf(file).find(({ id }) => id === '3')).toMatchObject({ parent: '2' })
  })

  it.each([
    ['1', '5', '1 5 9'],
    ['5', '1', '1 9 5'],
  ])('that was moved from thread %s to thread %s is in the later one', (before, after, told) => {
    const file = both([looks(1, post('9', before))], [looks(2, post('9', after))])
    expect(order(file)).toBe(told)
  })

  it('without an exact date stands among the others as in the later view', () => {
    const [second, third] = [post('2', '1', VAGUE), post('3', '1', VAGUE)]
    expect(order(both([looks(1, second, third)], [looks(4, third, second)]))).toBe('1 3 2 5')
    const file = both([looks(4, second, third)], [looks(1, third, second)])
    expect(order(file)).toBe('1 2 3 5')
    const exact = 'SELECT posted_at AS at FROM posts WHERE thread_id <> id'
    expect(rows(file, exact)).toEqual([{ at: null }, { at: null }])
  })
})

describe('how many posts a thread has', () => {
  const claims = (hour: number, claimed: number, authority: Look['authority'] = 'stream'): Look => ({
    page: page([post('1', null)], { threads: [{ id: '1', shown: 1, whole: true, claimed }] }),
    ...{ hour, authority },
  })
  const claimed = (a: Look, b: Look) =>
    rows<{ claimed: number }>(both([a], [b]), 'SELECT claimed FROM threads')[0]?.claimed

  it('is as the list says, not as the page of the thread does; as the later view says; of one hour the more', () => {
    expect(claimed(claims(1, 5), claims(3, 9, 'permalink'))).toBe(5)
    expect(claimed(claims(1, 5), claims(3, 2))).toBe(2)
    expect(claimed(claims(1, 5, 'permalink'), claims(3, 2, 'permalink'))).toBe(2)
    expect([claimed(claims(1, 5), claims(1, 2)), claimed(claims(1, 2), claims(1, 5))]).toEqual([5, 5])
  })

  it('is told of a thread whose opening post only the other archive has read', () => {
    const reply = page([post('2', '1')], { threads: [{ id: '1', shown: 1, whole: true, claimed: 7 }] })
    expect(claimed({ page: reply, hour: 3 }, claims(1, 2))).toBe(7)
  })
})
