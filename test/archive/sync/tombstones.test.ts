import { describe, expect, it } from 'vitest'
import type { Task } from '../../../src/model/task.js'
import { type Reading, readings } from '../readings.js'
import { page, post, SITE } from '../shelf.js'

const thread = (root: string, ...replies: string[]) => [post(root, null), ...replies.map(id => post(id, root))]

/** Two readings of two threads: the second one does not show the replies 3 and 13. Status of each post after it. */
function statuses(second: Reading, claimed: number | null = null, first: Reading = {}): Record<string, string> {
  const one = readings()
  one.read('2026-01-01T00:00:00Z', [page([...thread('1', '2', '3'), ...thread('11', '12', '13')])], first)
  const views = ['1', '11'].map(id => ({ id, shown: 2, whole: true, claimed }))
  one.read('2026-01-02T00:00:00Z', [page([...thread('1', '2'), ...thread('11', '12')], { threads: views })], second)
  const posts = [...one.archive.reader.threads({})].flatMap(thread => [...thread.posts].map(({ post }) => post))
  one.close()
  return Object.fromEntries(posts.map(({ id, status }) => [id, status]))
}

const ALL_LIVE = { 1: 'live', 2: 'live', 3: 'live', 11: 'live', 12: 'live', 13: 'live' }
const GONE = { ...ALL_LIVE, 3: 'gone', 13: 'gone' }

describe('a reply that a view of the whole thread does not show any more', () => {
  it('is gone, where the view holds as many posts as the site claims', () => {
    expect(statuses({})).toEqual(GONE)
    expect(statuses({}, 2)).toEqual(GONE)
  })

  it('is not gone where the site claims more: the view was not whole after all', () => {
    expect(statuses({}, 3)).toEqual(ALL_LIVE)
  })
})

describe('who may miss a post', () => {
  it.each(['session', 'password'] as const)('not a visitor, where only a reader with a %s has seen it', reader => {
    expect(statuses({ reader: 'visitor' }, null, { reader })).toEqual(ALL_LIVE)
  })

  it.each([
    ['session', 'password'],
    ['password', 'session'],
  ] as const)('not a reader with a %s, where only one with a %s has seen it', (second, first) => {
    expect(statuses({ reader: second }, null, { reader: first })).toEqual(ALL_LIVE)
  })

  it.each(['session', 'password'] as const)(
    'a reader with a %s, where a visitor has seen it, or they themselves',
    reader => {
      expect(statuses({ reader }, null, { reader: 'visitor' })).toEqual(GONE)
      expect(statuses({ reader }, null, { reader })).toEqual(GONE)
    },
  )
})

describe('a question of the reading that had no answer', () => {
  const request = { url: `${SITE}question/` }
  const unanswered = (task: Task) => statuses({ failed: [task] })

  it('for more replies, or for parents that no view has shown: nothing is gone, for any thread may be short of them', () => {
    const replies: Task = {
      kind: 'replies',
      reason: 'more-replies',
      request,
      id: '11',
      parent: '11',
      offset: 10,
      ajaxUrl: SITE,
    }
    expect(unanswered(replies)).toEqual(ALL_LIVE)
    expect(unanswered({ kind: 'parents', reason: 'parents', request, ajaxUrl: SITE })).toEqual(ALL_LIVE)
  })

  it('for one thread: of that thread nothing is gone', () => {
    const own: Task = { kind: 'thread', reason: 'partial', request, id: '11', texts: [], ajaxUrl: SITE }
    expect(unanswered(own)).toEqual({ ...GONE, 13: 'live' })
  })

  it('for the rest of a text: that is no matter of what is there', () => {
    expect(unanswered({ kind: 'text', reason: 'shortened', request, id: '12' })).toEqual(GONE)
  })
})
