import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Member, Post } from '../../../src/model/discussion.js'
import { exactly } from '../../../src/model/time.js'
import { GARDENERS, group, member, page, post } from '../shelf.js'
import { archiveOf, copyOf, dumpOf, exported, faultsIn, type Look, merged, mergeInto } from './merging.js'

/** What one post of the invented site goes through, in hours. */
interface Life {
  born: number
  edits: number[]
  deleted: number | null
  hidden: boolean
  parent: number
}

interface World {
  lives: Life[]
  renamed: number
}

/** One reading of it. */
interface Reading {
  hour: number
  reader: 'visitor' | 'session'
  /** The site shortens texts, gives dates as intervals, names parents, shows no name of the author. */
  shortens: boolean
  isVague: boolean
  names: boolean
  nameless: boolean
  ofThread: boolean
}

const hour = fc.integer({ min: 1, max: 40 })

const life: fc.Arbitrary<Life> = fc.record({
  born: fc.integer({ min: 0, max: 20 }),
  edits: fc.array(hour, { maxLength: 3 }),
  deleted: fc.option(hour, { nil: null, freq: 2 }),
  hidden: fc.boolean(),
  parent: fc.nat(3),
})

const world: fc.Arbitrary<World> = fc.record({
  lives: fc
    .array(life, { minLength: 1, maxLength: 4 })
    .map(lives => lives.map(one => ({ ...one, edits: [...one.edits].sort((a, b) => a - b) }))),
  renamed: hour,
})

const reading: fc.Arbitrary<Reading> = fc.record({
  ...{ hour, reader: fc.constantFrom('visitor' as const, 'session' as const) },
  ...{
    shortens: fc.boolean(),
    isVague: fc.boolean(),
    names: fc.boolean(),
    nameless: fc.boolean(),
    ofThread: fc.boolean(),
  },
})

/** Readings of one archive, in time. */
const readings = fc
  .uniqueArray(reading, { minLength: 1, maxLength: 3, selector: one => one.hour })
  .map(list => list.sort((a, b) => a.hour - b.hour))

const OPENING: Life = { born: 0, edits: [], deleted: null, hidden: false, parent: 0 }
const isThere = ({ born, deleted }: Life, at: number) => born <= at && (deleted === null || at < deleted)

function look({ lives, renamed }: World, how: Reading): Look {
  const all = [OPENING, ...lives]
  const author = member(how.nameless ? null : 'ada', {
    id: '2',
    ...(how.nameless ? { name: null } : { name: how.hour < renamed ? 'Ada' : 'Ada King' }),
  })
  const shown = all
    .map((one, n) => ({ one, n }))
    .filter(({ one }) => isThere(one, how.hour) && (!one.hidden || how.reader === 'session'))
    .map(({ one, n }) => view(one, n, how, all, author))
  const care = group('gardeners', { id: '1', name: how.hour < renamed ? 'Gardeners' : 'All Gardeners' })
  const groups = { group: how.names ? care : GARDENERS }
  return { page: page(shown, groups), hour: how.hour, reader: how.reader, settles: how.ofThread, parser: 'test 0' }
}

function view(one: Life, n: number, how: Reading, all: readonly Life[], author: Member): Post {
  const edit = one.edits.filter(at => at <= how.hour).length
  const text = `Post ${n + 1}, a text that is long enough. Version ${edit}`
  const words = how.shortens && n > 0 ? `Post ${n + 1}, a text…` : text
  const parent = n === 0 ? null : parentOf(one, n, how, all)
  const written = new Date(Date.UTC(2025, 0, 1, one.born)).toISOString().replace('.000Z', 'Z')
  return post(`${n + 1}`, parent, {
    ...{ threadId: '1', author, group: undefined, text: words, html: `<p>${words}</p>`, truncated: words !== text },
    ...(how.names && n > 0 && { parentNamed: true as const }),
    when: how.isVague
      ? { from: '2024-12-31T00:00:00Z', to: `2025-01-02T${how.hour % 24 < 10 ? '0' : ''}${how.hour % 24}:00:00Z` }
      : exactly(written),
  })
}

/** Its parent, or the opening post where that is not there (as the site has it). */
function parentOf(one: Life, n: number, how: Reading, all: readonly Life[]): string {
  const parent = all[one.parent]
  return parent && one.parent < n && isThere(parent, how.hour) && !parent.hidden ? `${one.parent + 1}` : '1'
}

const lookAt = (one: World, list: readonly Reading[]) => list.map(how => look(one, how))

it('in any order and any grouping, the same comes out; again, and nothing is new', () => {
  fc.assert(
    fc.property(world, fc.tuple(readings, readings, readings), (one, lists) => {
      const [a, b, c] = lists.map((list, n) => archiveOf('abc'[n] ?? '', lookAt(one, list))) as [string, string, string]
      const all = merged(a, b, c)
      const expected = exported(all)
      expect(faultsIn(all)).toEqual([])
      expect(exported(merged(c, a, b))).toBe(expected)
      expect(exported(merged(merged(a, b), c))).toBe(expected)
      expect(exported(merged(a, merged(c, b)))).toBe(expected)
      const before = dumpOf(all)
      expect(mergeInto(all, b, copyOf(all, 'copy.db'), a).changed).toBe(false)
      expect(dumpOf(all)).toEqual(before)
    }),
    { numRuns: Number(process.env['MERGE_RUNS'] ?? 8) },
  )
}, 120_000)
