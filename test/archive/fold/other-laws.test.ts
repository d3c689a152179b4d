import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldDates } from '../../../src/archive/fold/dates.js'
import { foldNames, type NamedRow } from '../../../src/archive/fold/names.js'
import { foldThreads } from '../../../src/archive/fold/threads.js'
import { foldEarlierVersions, type Version } from '../../../src/archive/fold/versions.js'
import type { ThreadStateRow } from '../../../src/archive/schema/tables/posts.js'
import { at } from './post-states.js'

const RUNS = Number(process.env['FOLD_RUNS'] ?? 1000)

/** Whichever comes first, in whatever grouping, however often. */
function isSemilattice<Row>(rows: fc.Arbitrary<[Row, Row, Row]>, fold: (a: Row, b: Row) => Row): void {
  fc.assert(
    fc.property(rows, ([a, b, c]) => {
      expect(fold(a, b)).toEqual(fold(b, a))
      expect(fold(fold(a, b), c)).toEqual(fold(a, fold(b, c)))
      expect(fold(a, a)).toEqual(a)
      expect(fold(fold(a, b), b)).toEqual(fold(a, b))
    }),
    { numRuns: RUNS },
  )
}

const three = <Row>(one: fc.Arbitrary<Row>): fc.Arbitrary<[Row, Row, Row]> => fc.tuple(one, one, one)
const hour = fc.integer({ min: 1, max: 9 })
const orNull = <To>(value: number | null, to: (value: number) => To): To | null => (value === null ? null : to(value))
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: null })

it('dates: intervals that hold the true date, and exact dates that need not agree', () => {
  const bound = fc.integer({ min: 0, max: 9 })
  const interval = fc
    .tuple(maybe(bound), maybe(bound))
    .map(([before, after]) => ({ from: orNull(before, one => at(20 - one)), to: orNull(after, one => at(20 + one)) }))
  const exact = hour.map(day => ({ from: at(day), to: at(day) }))
  isSemilattice(three(fc.oneof(interval, exact)), foldDates)
})

it('what readings have shown of a thread', () => {
  const view = fc.record({
    claimed: fc.integer({ min: 1, max: 4 }),
    whole_view_at: hour.map(at),
    whole_view_in: fc.constantFrom('stream' as const, 'permalink' as const),
    view_capture_id: fc.constant(1),
  })
  const none = { claimed: null, whole_view_at: null, whole_view_in: null, view_capture_id: null }
  const thread: fc.Arbitrary<ThreadStateRow> = fc
    .tuple(fc.option(view, { nil: none }), maybe(hour.map(at)))
    .map(([shown, checked_at]) => ({ id: 1, ...shown, told_replies: null, told_capture_id: null, checked_at }))
  isSemilattice(three(thread), foldThreads)
})

describe('names', () => {
  const NAMES = [['Ada'], ["Ada's", 'Ada’s'], ['Bea']] as const
  /** Renamed at hours 4 and 7; some views curl the quotes, some show only the slug, some neither. */
  const named: fc.Arbitrary<NamedRow> = fc
    .record({
      ...{ native: fc.constantFrom(null, '7'), first: hour, last: hour, shown: maybe(hour) },
      curls: fc.nat(1),
      slug: fc.boolean(),
    })
    .map(({ native, first, last, shown, curls, slug: hasSlug }) => {
      const forms = shown === null ? null : NAMES[shown < 4 ? 0 : shown < 7 ? 1 : 2]
      const slug = forms ? forms[0].toLowerCase() : hasSlug ? 'ada' : null
      return {
        ...{
          id: 1,
          site_id: 1,
          native,
          slug,
          name: forms ? (forms[curls] ?? forms[0]) : null,
          url: slug && `/${slug}/`,
        },
        ...{ first_seen_at: at(Math.min(first, last)), last_seen_at: at(Math.max(first, last, shown ?? 0)) },
        named_at: orNull(shown, at),
      }
    })

  it('of a group or member', () => isSemilattice(three(named), foldNames))
})

describe('earlier versions', () => {
  /** What one archive has read of a text that changes at these hours: each version with when it was first and last read. */
  const history = fc.uniqueArray(hour, { minLength: 1, maxLength: 5 }).map(hours => [...hours].sort((a, b) => a - b))

  function versions(edits: readonly number[], hours: readonly number[]): Version[] {
    const list: Version[] = []
    for (const read of hours) {
      const text = `text ${edits.filter(edit => edit < read).length}`
      const last = list.at(-1)
      if (last?.text === text) last.last_seen_at = at(read)
      else {
        if (last) Object.assign(last, { replaced_at: at(read), replaced_by_id: read })
        list.push(version(text, read))
      }
    }
    return list
  }

  const version = (text: string, read: number): Version => ({
    ...{ heading: null, html: text, text, content_hash: text, member_id: 1, parent_id: null, group_id: null },
    ...{ posted_at: null, posted_from: null, posted_to: null, text_capture_id: read, last_seen_at: at(read) },
    ...{ readAt: at(read), replaced_at: null, replaced_by_id: null },
  })

  /** The state after the fold: the earlier versions, then the present one. */
  function fold(a: Version[], b: Version[]): Version[] {
    const [one, other] = [a.at(-1), b.at(-1)] as [Version, Version]
    const isSame = one.content_hash === other.content_hash
    const [first, seen] = [[one, other].sort((x, y) => (x.readAt < y.readAt ? -1 : 1)), later(one, other)]
    const present = isSame ? { ...(first[0] as Version), last_seen_at: seen.last_seen_at } : seen
    return [...foldEarlierVersions(a, b, present), present]
  }

  const later = (a: Version, b: Version): Version => ((a.last_seen_at ?? '') >= (b.last_seen_at ?? '') ? a : b)

  it('of a text that never comes back', () => {
    const edits = fc.uniqueArray(hour, { maxLength: 3 }).map(list => list.map(edit => edit + 0.5).sort((a, b) => a - b))
    const states = fc
      .tuple(edits, three(history))
      .map(([at, lists]) => lists.map(list => versions(at, list)) as [Version[], Version[], Version[]])
    isSemilattice(states, fold)
  })
})
