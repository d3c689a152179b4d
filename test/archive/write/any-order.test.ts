import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { look, readings, steady, tablesOf, world } from '../merge/changing-site.js'
import { archiveOf, exported, faultsIn } from '../merge/merging.js'
import { rows } from '../shelf.js'

/** What happened to groups, members and posts, in the site's own ids. */
const EVENTS = `SELECT events.kind, post.site_post_id, groups.site_group_id, members.site_member_id, events.field, events.before, events.after, CASE WHEN ? THEN events.at END AS at
  FROM events LEFT JOIN posts AS post ON post.id = events.post_id LEFT JOIN groups ON groups.id = events.group_id
  LEFT JOIN members ON members.id = events.member_id ORDER BY 1, 2, 3, 4, 5, events.at`

/** `isDated`: each reading shows all names, so that it is known when each was first shown. */
const contentOf = (file: string, isDated: boolean) => ({
  tables: tablesOf(file),
  events: rows(file, EVENTS, Number(isDated)),
  posts: exported(file),
})

describe('captures of one archive', () => {
  it('give the same rows, history and export in whatever order they come', () => {
    const shuffled = readings.chain(list =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    )
    fc.assert(
      fc.property(world.map(steady), shuffled, (site, [list, other]) => {
        fc.pre(
          site.lives.every(life => life.authorChanged === 99 && life.edits.length === 0) ||
            list.every(one => !one.shortens),
        )
        const [inTime, inAny] = [list, other].map(all =>
          archiveOf(
            'all',
            all.map(one => look(site, one)),
          ),
        ) as [string, string]
        const isDated = list.every(one => !one.isNameless && !one.isGroupless)
        expect(contentOf(inAny, isDated)).toEqual(contentOf(inTime, isDated))
        expect(faultsIn(inAny)).toEqual([])
      }),
      { numRuns: Number(process.env['ORDER_RUNS'] ?? 60) },
    )
  }, 600_000)
})
