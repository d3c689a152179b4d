import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredThread } from '../../../src/model/archive.js'
import type { Post } from '../../../src/model/discussion.js'
import { exactly } from '../../../src/model/time.js'
import { BEES, BEN } from '../rewritten.js'
import { GARDENERS, page, post, type Shelf, shelf } from '../shelf.js'

/** Readings that contradict each other: each id anywhere, opening or a reply, in any group, by anybody. */
const IDS = ['1', '2', '3', '4', '5']
const id = fc.constantFrom(...IDS)
const reading = fc
  .record({
    id,
    thread: id,
    parent: fc.option(id, { nil: null }),
    group: fc.constantFrom(GARDENERS, BEES, null, undefined),
    author: fc.constantFrom({}, BEN, { author: null }),
    month: fc.integer({ min: 1, max: 9 }),
    text: fc.constantFrom('a', 'b'),
    comment: fc.boolean(),
  })
  .map(({ id, thread, parent, group, author, month, text, comment }): Post => {
    const isReply = thread !== id && parent !== null
    const type = isReply || comment ? 'activity_comment' : 'activity_update'
    const when = exactly(`2025-0${month}-01T00:00:00Z`)
    return post(id, isReply ? parent : null, {
      threadId: isReply ? thread : id,
      ...{ group, type, when, text },
      ...author,
    })
  })
const pages = fc.array(fc.array(reading, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })

const idsOf = (threads: Iterable<StoredThread | null>): string[] =>
  [...threads].flatMap(thread => (thread ? [...thread.posts].map(node => node.post.id) : [])).sort()

const held = (one: Shelf, condition = 'true') =>
  one
    .sql<{ id: string }>(`SELECT site_post_id AS id FROM posts WHERE status <> 'unread' AND ${condition} ORDER BY id`)
    .map(row => row.id)
    .sort()

describe('whatever a site says', () => {
  it('every post that is held is listed, shown and exported once, and its past is shown', () => {
    fc.assert(
      fc.property(pages, readings => {
        const one = shelf()
        for (const posts of readings) one.save(page(posts))
        const { reader, history } = one.archive
        expect(idsOf(reader.threads({}))).toEqual(held(one))
        const listed = [...reader.threadSummaries({})].map(thread => thread.id)
        expect(listed.sort()).toEqual(
          one
            .sql<{ id: string }>('SELECT site_post_id AS id FROM posts WHERE id = thread_id')
            .map(row => row.id)
            .sort(),
        )
        for (const name of held(one)) {
          const [place] = history.find(name)
          if (!place) throw new Error(`no ${name}`)
          expect(idsOf([...reader.threads({ threads: [name] })])).toContain(name)
          expect(idsOf([history.threadAt(place, '2026-02-01T00:00:00Z')])).toContain(name)
          const [first, ...later] = history.entries(place, true)
          expect([first?.kind, later.some(({ kind }) => kind === 'seen')]).toEqual(['seen', false])
          for (const hour of readings.keys()) {
            const then = new Date(Date.UTC(2026, 0, 1, hour + 1)).toISOString()
            const seen = held(one, `site_post_id = '${name}' AND first_seen_at <= '${then}'`)
            expect(idsOf([history.threadAt(place, then)]).filter(shown => shown === name)).toEqual(seen)
          }
        }
        one.close()
      }),
      { numRuns: 20 },
    )
  })
})
