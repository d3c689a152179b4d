import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldPosts } from '../../../src/archive/fold/post.js'
import type { PostState } from '../../../src/archive/fold/state.js'
import { isAnotherPost } from '../../../src/archive/fold/texts.js'
import { contentHash } from '../../../src/archive/text/content-hash.js'
import { SITE } from '../shelf.js'
import { type PostReading, type PostWorld, postReading, postWorld, readState, stateOf } from './post-states.js'

const RUNS = Number(process.env['FOLD_RUNS'] ?? 500)

/** It was missed after all sightings. */
const isGone = (a: PostState, b: PostState) => () => {
  const [gone, live] = a.row.status === 'gone' ? [a, b] : [b, a]
  return (gone.row.gone_at ?? '') > [gone.row.last_seen_at, live.row.last_seen_at].reduce((x, y) => (x > y ? x : y))
}

const fold = (a: PostState, b: PostState): PostState => stateOf(foldPosts(a, b, isGone(a, b)).row)

/** Every column; of the row ids of captures and runs only what they say: when its text was read. */
const columns = ({ row, natural }: PostState) => {
  const { last_capture_id: _, first_run_id: __, last_run_id: ___, text_capture_id: ____, ...rest } = row
  return { ...rest, readAt: natural.readAt }
}

const holds = (law: (a: PostState, b: PostState, c: PostState) => void) =>
  fc.assert(
    fc.property(postWorld, fc.tuple(postReading, postReading, postReading), (world, list) => {
      law(...(list.map(one => readState(world, one)) as [PostState, PostState, PostState]))
    }),
    { numRuns: RUNS },
  )

describe('what becomes of states of one post', () => {
  it('does not depend on which of two comes first', () => {
    holds((a, b) => expect(columns(fold(a, b))).toEqual(columns(fold(b, a))))
  })

  it('does not depend on the grouping of three', () => {
    holds((a, b, c) => expect(columns(fold(fold(a, b), c))).toEqual(columns(fold(a, fold(b, c)))))
  })

  it('is nothing new if one of them comes again', () => {
    holds((a, b) => {
      expect(columns(fold(a, a))).toEqual(columns(a))
      expect(columns(fold(fold(a, b), b))).toEqual(columns(fold(a, b)))
      expect(columns(fold(a, fold(a, b)))).toEqual(columns(fold(a, b)))
    })
  })
})

/** As `readingOf` completes a view that has no titles. */
function completed(read: PostState, kept: PostState): PostState {
  const { heading } = kept.row
  return heading === null || read.row.forgotten === 1 || read.row.heading !== null || isAnotherPost(kept, read)
    ? read
    : { ...read, row: { ...read.row, ...titled(read, heading) } }
}

const titled = ({ row: { text } }: PostState, heading: string) => ({
  heading,
  content_hash: contentHash({ text, heading, links: [], attachments: [] }, SITE),
})

describe('readings of one archive', () => {
  /** As the archive has it after the captures before. */
  const inOrder = (world: PostWorld, list: readonly PostReading[]) =>
    list
      .map((one, n) => {
        const { row, natural } = readState(world, one)
        return { row, natural: { ...natural, order: n + 1 } }
      })
      .reduce((kept, read) => {
        const { row } = foldPosts(kept, completed(read, kept), () => false)
        return { row, natural: { ...stateOf(row).natural, order: read.natural.order } }
      })

  it('that are folded in the order of their captures give what the same readings of several archives give', () => {
    const live = postReading.map(one => ({ ...one, missed: null, gone: null }))
    const list = fc
      .uniqueArray(live, { minLength: 1, maxLength: 6, selector: ({ hour }) => hour })
      .map(all => all.sort((a, b) => a.hour - b.hour))
    // A view without titles that shows a new text leaves the title that its own archive has: another archive can't know of it.
    const worlds = postWorld.map(world => ({ ...world, heading: world.heading && world.edits.length === 0 }))
    fc.assert(
      fc.property(worlds, list, (world, readings) => {
        const merged = readings.map(one => readState(world, one)).reduce(fold)
        expect(columns(inOrder(world, readings))).toEqual(columns(merged))
      }),
      { numRuns: RUNS },
    )
  })
})
