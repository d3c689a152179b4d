import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/model/capture.js'
import { parse } from '../../src/parse/index.js'
import { type Activity, activityOf } from '../../src/parse/rest/activity.js'
import { activityTree, sortedParentsFirst, taken } from '../../src/parse/rest/tree.js'

const URL_OF_LIST =
  'https://town.example/wp-json/buddypress/v1/activity?group_id=1&per_page=100&page=1&display_comments=threaded'

interface Reply {
  id: number
  /** What the database names, which may be anything. */
  parent: number
  /** Index of the reply that the answer nests it in; -1: the opening post. */
  under: number
}

/** An object of the API: 1 is the opening post. `comments` is its last field. */
const activity = (id: number, parent: number, comments: object[] = []) => ({
  id,
  user_id: 2,
  component: id === 1 ? 'groups' : 'activity',
  type: id === 1 ? 'activity_update' : 'activity_comment',
  title: '',
  content: { rendered: `<p>${id}</p>` },
  date: '2026-01-01T00:00:00',
  link: 'https://town.example/x',
  primary_item_id: 1,
  secondary_item_id: parent,
  comments,
})

const captureOf = (thread: string): Capture => ({
  request: { url: URL_OF_LIST },
  url: URL_OF_LIST,
  status: 200,
  headers: {},
  body: new TextEncoder().encode(`[${thread}]`),
  capturedAt: '2026-01-02T00:00:00.000Z',
})

/** An answer with one thread, nested as told, whatever the named parents are. */
function answer(replies: readonly Reply[]): Capture {
  const objects = [activity(1, 0), ...replies.map(({ id, parent }) => activity(id, parent))]
  for (const [at, { under }] of replies.entries()) objects[under + 1]?.comments.push(objects[at + 1] as object)
  return captureOf(JSON.stringify(objects[0]))
}

const hostile = fc
  .array(fc.record({ id: fc.integer({ min: 2, max: 40 }), parent: fc.integer({ min: 0, max: 45 }), under: fc.nat() }), {
    maxLength: 30,
  })
  .map(rows => rows.map((row, at): Reply => ({ ...row, under: (row.under % (at + 1)) - 1 })))

describe('a thread out of REST', () => {
  it('holds each reply once, behind its parent, and no circle, whatever the answer names', () => {
    fc.assert(
      fc.property(hostile, replies => {
        const { posts, wall } = parse(answer(replies))
        expect(wall).toBeNull()
        expect(posts.map(post => post.id).sort()).toEqual(
          [...new Set(['1', ...replies.map(({ id }) => String(id))])].sort(),
        )
        const seen = new Set<string>()
        for (const post of posts) {
          if (post.parentId !== null && post.id !== '1') expect(posts.some(({ id }) => id === post.parentId)).toBe(true)
          if (post.parentNamed) expect(seen.has(post.parentId ?? '')).toBe(true)
          seen.add(post.id)
        }
        for (const post of posts)
          expect(chainEnds(post.id, new Map(posts.map(one => [one.id, one.parentId])))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('names the true parent wherever it is there', () => {
    const tree = fc
      .array(fc.nat(), { minLength: 1, maxLength: 60 })
      .map(picks => picks.map((pick, at): Reply => ({ id: at + 2, parent: (pick % (at + 1)) + 1, under: -1 })))
    fc.assert(
      fc.property(tree, replies => {
        const { posts } = parse(answer(replies))
        const parents = new Map(posts.map(post => [post.id, post.parentId]))
        for (const { id, parent } of replies) expect(parents.get(String(id))).toBe(String(parent))
      }),
    )
  })

  it('may be 5,000 replies deep', () => {
    // JSON.stringify() is recursive, so the answer is written from the inside.
    let thread = ''
    for (let id = 5001; id > 0; id--) thread = JSON.stringify(activity(id, id - 1)).replace(/\]}$/, () => `${thread}]}`)
    const { posts } = parse(captureOf(thread))
    expect([posts.length, posts.at(-1)?.parentId]).toEqual([5001, '5000'])
  })

  it('may be 130,000 replies wide, which are too many for the arguments of one call', () => {
    const comments = Array.from({ length: 130_000 }, (_, at) => activity(at + 2, 1))
    const tree = activityTree(activityOf(activity(1, 0, comments)) as Activity)
    expect(tree.replies.length).toBe(130_000)
    // What is read is let go: objects, replies and posts of so many would be in memory together.
    expect(comments).toEqual([])
    expect([...taken(tree)].slice(0, 2).map(({ activity: { id } }) => id)).toEqual(['2', '3'])
    expect(tree.replies).toEqual([])
  })
})

describe('a flat list', () => {
  it('has a reply that names no parent, because its row is damaged, below the opening post', () => {
    const list = `${JSON.stringify(activity(8, 1))},${JSON.stringify({ ...activity(9, 1), secondary_item_id: {} })}`
    const { posts } = parse({ ...captureOf(list), request: { url: URL_OF_LIST.replace('threaded', 'stream') } })
    const replies = posts.map(({ id, threadId, parentId, parentNamed }) => [id, threadId, parentId, parentNamed])
    expect(replies).toEqual([
      ['8', '1', '1', true],
      ['9', '1', '1', undefined],
    ])
  })

  it('of 130,000 replies, each before its parent, is sorted, and may hold a circle', () => {
    const rows = Array.from({ length: 130_000 }, (_, at) => ({ id: String(at), parentId: String(at + 1) }))
    expect(sortedParentsFirst(rows)).toEqual(rows.toReversed())
    const circle = [...rows, { id: '130000', parentId: '0' }]
    expect(sortedParentsFirst(circle).length).toBe(130_001)
  })
})

function chainEnds(id: string, parents: ReadonlyMap<string, string | null | undefined>): boolean {
  let at: string | null | undefined = id
  for (let steps = 0; at != null; steps++) {
    if (steps > parents.size) return false
    at = parents.get(at)
  }
  return true
}
