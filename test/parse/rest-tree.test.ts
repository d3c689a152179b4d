import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/model/capture.js'
import { parse } from '../../src/parse/index.js'

const URL_OF_LIST =
  'https://town.example/wp-json/buddypress/v1/activity?group_id=1&per_page=100&page=1&display_comments=threaded'

interface Reply {
  id: number
  /** What the database names, which may be anything. */
  parent: number
  /** Index of the reply that the answer nests it in; -1: the opening post. */
  under: number
}

/** An answer with one thread, nested as told, whatever the named parents are. */
function answer(replies: readonly Reply[]): Capture {
  const objects = [{ id: 1, parent: 0 }, ...replies].map(({ id, parent }, at) => ({
    ...{
      id,
      user_id: 2,
      title: '',
      content: { rendered: `<p>${id}</p>` },
      date: '2026-01-01T00:00:00',
      link: 'https://town.example/x',
    },
    ...(at === 0
      ? { component: 'groups', type: 'activity_update' }
      : { component: 'activity', type: 'activity_comment' }),
    ...{ primary_item_id: 1, secondary_item_id: parent, comments: [] as object[] },
  }))
  for (const [at, { under }] of replies.entries()) objects[under + 1]?.comments.push(objects[at + 1] as object)
  const body = new TextEncoder().encode(JSON.stringify([objects[0]]))
  return {
    request: { url: URL_OF_LIST },
    url: URL_OF_LIST,
    status: 200,
    headers: {},
    body,
    capturedAt: '2026-01-02T00:00:00.000Z',
  }
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

  it('may be 2,000 replies deep', () => {
    const chain = Array.from({ length: 2000 }, (_, at): Reply => ({ id: at + 2, parent: at + 1, under: at - 1 }))
    const { posts } = parse(answer(chain))
    expect([posts.length, posts.at(-1)?.parentId]).toEqual([2001, '2000'])
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
