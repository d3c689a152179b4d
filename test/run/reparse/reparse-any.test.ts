import { copyFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newFile } from '../outside.js'
import { allRows, archived, edit, ROUTES, reread, synced, village } from './reread.js'

/** What a worse parser may have left in each column, whatever it is. */
const COLUMNS = {
  text: fc.string(),
  html: fc.string(),
  title: fc.string(),
  heading: fc.option(fc.string()),
  content_hash: fc.string(),
  type: fc.string(),
  edited: fc.constantFrom(0, 1),
  truncated: fc.constantFrom(0, 1),
  url: fc.webUrl(),
  privacy: fc.option(fc.constant('public')),
  parent_id: fc.constantFrom(null, 1, 2, 3),
  member_id: fc.constantFrom(null, 1, 2),
  group_id: fc.constantFrom(null, 1),
  posted_from: fc.constantFrom(null, '2020-01-01T00:00:00Z'),
  posted_to: fc.constantFrom(null, '2030-01-01T00:00:00Z'),
  claimed: fc.constantFrom(null, 1, 99),
  whole_view_at: fc.constantFrom(null, '2020-01-01T00:00:00Z'),
  position: fc.constantFrom(null, 0, 7),
  parser: fc.constantFrom('', 'legacy 0.0.1', 'rest 0.0.1'),
} as const

const harm = fc.array(
  fc.constantFrom(...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])).chain(column =>
    fc.record({
      column: fc.constant(column),
      value: COLUMNS[column] as fc.Arbitrary<unknown>,
      post: fc.integer({ min: 1, max: 6 }),
    }),
  ),
  { minLength: 1, maxLength: 12 },
)

describe.each(ROUTES.filter(({ via }) => via !== 'ajax'))('whatever is wrong in the posts ($pack by $via)', way => {
  it('reads as it should when the captures are read again', async () => {
    const community = village()
    const { one, later } = await archived(way, community)
    later(40)
    edit(community, 3, '<p>Shorter.</p>\n')
    await synced(one)
    const held = allRows(one.file)
    await fc.assert(
      fc.asyncProperty(harm, async harms => {
        const file = newFile()
        copyFileSync(one.file, file)
        const db = new Sqlite(file)
        for (const { column, value, post } of harms) {
          // What repeated answers had told of an interval is in the interval alone.
          if (way.via === 'page' && column.startsWith('posted_')) continue
          const table = column === 'claimed' || column === 'whole_view_at' ? 'threads' : 'posts'
          db.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(value, post)
        }
        db.close()
        await reread(file)
        expect(allRows(file)).toEqual(held)
      }),
      { numRuns: 15 },
    )
  })
})
