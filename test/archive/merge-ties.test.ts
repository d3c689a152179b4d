import { describe, expect, it } from 'vitest'
import { exactly } from '../../src/model/time.js'
import { at, both, type Look, postsOf } from './merge/merging.js'
import { group, member, page, post, rows } from './shelf.js'

/** What is told where two archives tell of one hour, or each tells what the other does not know. Each case is merged both ways. */

const reads = (changes: Parameters<typeof post>[2], hour: number, more: Partial<Look> = {}): Look => ({
  page: page([post('1', null, changes)]),
  hour,
  ...more,
})
const thread = (hour: number): Look => ({ page: page([post('1', null), post('2', '1')]), hour })
const buries = (hour: number): Look => ({ page: page([post('1', null)]), hour, settles: true })
const misses = (hour: number): Look => ({ page: page([]), hour, missed: '2' })
const reply = (file: string) => postsOf(file).find(({ id }) => id === '2')
const events = (file: string) => rows(file, 'SELECT kind, at FROM events ORDER BY at, id')

describe('a post that one archive found gone', () => {
  it('in the hour in which the other saw it is there', () => {
    const file = both([thread(1), buries(3)], [thread(3)])
    expect(reply(file)).toMatchObject({ status: 'live', last_seen_at: at(3) })
    expect(events(file)).toEqual([
      { kind: 'gone', at: at(3) },
      { kind: 'back', at: at(3) },
    ])
  })

  it('in the same hour as the other is gone once', () => {
    const file = both([thread(1), buries(3)], [thread(2), buries(3)])
    expect(reply(file)).toMatchObject({ status: 'gone', last_seen_at: at(2) })
    expect(events(file)).toEqual([{ kind: 'gone', at: at(3) }])
  })
})

describe('a post that was not where it had been', () => {
  const missedAt = (file: string) =>
    rows<{ at: string | null }>(file, "SELECT missed_at AS at FROM posts WHERE activity_id = '2'")[0]?.at

  it('is missing no more, where the other archive has seen it since, or in that hour', () => {
    expect(missedAt(both([thread(1), misses(3)], [thread(4)]))).toBe(null)
    expect(missedAt(both([thread(1), misses(3)], [thread(3)]))).toBe(null)
  })

  it('is missing since it was missed first, where nobody has seen it since', () => {
    expect(missedAt(both([thread(1), misses(3)], [thread(2)]))).toBe(at(3))
    expect(missedAt(both([thread(1), misses(5)], [thread(2), misses(4)]))).toBe(at(4))
  })

  it('is missing since the time that comes after all sightings', () => {
    expect(missedAt(both([thread(1), misses(3)], [thread(4), misses(6)]))).toBe(at(6))
  })

  it('and is gone by now was missed first when the first one missed it', () => {
    expect(missedAt(both([thread(1), misses(3), buries(7)], [thread(2), misses(4), buries(6)]))).toBe(at(3))
  })
})

describe('that a post was edited', () => {
  it('is told where one archive says so, be it the earlier or the later one', () => {
    const edited = (hour: number) => [reads({ edited: true }, hour)]
    for (const file of [both(edited(1), [reads({}, 2)]), both(edited(2), [reads({}, 1)])])
      expect(postsOf(file)).toMatchObject([{ edited: true }])
    expect(postsOf(both([reads({}, 1)], [reads({}, 2)]))).toMatchObject([{ edited: false }])
  })
})

describe('all that two archives read in one hour', () => {
  it('is put together in the same way whichever is merged first, and is nothing new the next time', () => {
    const one = (name: string, status: 'public' | 'hidden'): Look => {
      const town = group('gardeners', { id: '1', name: `Gardeners ${name}`, status, description: name })
      const ada = member(`ada-${name}`, { id: '2', name: `Ada ${name}`, avatarUrl: `https://town.example/${name}.png` })
      const told = { group: town, author: ada, privacy: name, topic: name, url: `https://town.example/${name}/1/` }
      const root = post('1', null, { ...told, when: { from: null, to: `2025-06-0${name.length}T00:00:00Z` } })
      const replies = [post('2', '1', told), post('3', name === 'x' ? '1' : '2', { ...told, threadId: '1' })]
      return { page: page([root, ...replies], { group: town }), hour: 1 }
    }
    const file = both([one('x', 'public')], [one('yy', 'hidden')])
    expect(postsOf(file)).toHaveLength(3)
  })

  it('or contradict each other in, the earlier date is told', () => {
    const dated = (day: string) => [reads({ when: exactly(`2025-06-${day}T12:00:00Z`) }, 1)]
    expect(postsOf(both(dated('02'), dated('01')))).toMatchObject([{ posted_at: '2025-06-01T12:00:00Z' }])
  })
})
