import { isExact, narrow } from '../../model/time.js'
import { betterText, textOf, textSeenAt } from './merge-texts.js'
import type { MergePostRow, PostInArchive } from './post-rows.js'
import { better, earlier, later, type Precedence, pickKnown } from './precedence.js'

export interface MergedPost {
  row: MergePostRow
  /** The archive whose text was kept. */
  text: PostInArchive
}

/**
 * Merges two rows of one post. The result does not depend on which is `a`. `isGone` decides for a post that is live in one archive
 * and gone in the other.
 */
export function mergedPost(a: PostInArchive, b: PostInArchive, isGone: () => boolean): MergedPost {
  const text = betterText(a, b)
  const [read, other] = a.row.status === 'unread' ? [b, a] : [a, b]
  // A post that is known only from its replies has no values of its own.
  if (other.row.status === 'unread' && read.row.status !== 'unread')
    return { row: { ...read.row, ...views(a, b), ...checkedAt(a, b) }, text: read }
  const row = {
    ...a.row,
    ...relations(a, b),
    ...latestValues(a, b),
    ...dates(a.row, b.row),
    ...textOf(text),
    text_seen_at: textSeenAt(a, b, text),
    ...sightings(a.row, b.row),
    ...presence(a.row, b.row, isGone),
    ...views(a, b),
    ...checkedAt(a, b),
  }
  return { row, text }
}

type Part = Partial<MergePostRow>

const pick = (a: PostInArchive, b: PostInArchive, marks: (one: PostInArchive) => readonly Precedence[]): MergePostRow =>
  better(a, b, marks).row

/** Thread and parent. A parent that the site named beats one from the nesting of a page, which beats none. */
function relations(a: PostInArchive, b: PostInArchive): Part {
  const hasPlace = (one: PostInArchive) => one.natural.parent !== null || one.natural.thread === one.activity_id
  const placedAt = ({ row }: PostInArchive) => row.parent_seen_at ?? row.last_seen_at
  const best = better(a, b, one => [one.row.parent_named, hasPlace(one), placedAt(one), one.natural.parent])
  const { parent_id, parent_named } = best.row
  const { thread_id } = pick(a, b, one => [one.row.last_seen_at, one.natural.thread])
  const { shown_at } = pick(a, b, one => [one.row.shown_at !== null, one.row.last_seen_at, one.row.shown_at])
  const isRecorded = a.row.parent_seen_at !== null || b.row.parent_seen_at !== null
  const isLast = placedAt(best) === later(a.row.last_seen_at, b.row.last_seen_at)
  return { thread_id, parent_id, parent_named, parent_seen_at: isRecorded || !isLast ? placedAt(best) : null, shown_at }
}

/** Values of the later reading; a value that it lacks comes from the earlier one. */
function latestValues(a: PostInArchive, b: PostInArchive): Part {
  const latest = (of: (one: PostInArchive) => Precedence) =>
    pick(a, b, one => [of(one) !== null, one.row.last_seen_at, of(one)])
  return {
    group_id: latest(one => one.natural.group).group_id,
    member_id: latest(one => one.natural.member).member_id,
    privacy: latest(one => one.row.privacy).privacy,
    topic: latest(one => one.row.topic).topic,
    type: latest(one => one.row.type).type,
    url: pick(a, b, ({ row }) => [row.url.includes('/p/'), row.last_seen_at, row.url]).url,
    edited: a.row.edited === 1 ? 1 : b.row.edited,
    own_page_key: latest(one => one.row.own_page_key).own_page_key,
  }
}

function dates(a: MergePostRow, b: MergePostRow): Part {
  const whens = [a, b].map(row => ({ from: row.posted_from, to: row.posted_to }))
  // `narrow` keeps its first argument if the dates contradict each other: make that independent of the order of the archives.
  const [first, second] = whens.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)) as [When, When]
  const when = narrow(first, second)
  return { posted_from: when.from, posted_to: when.to, posted_at: isExact(when) ? when.from : null }
}

type When = { from: string | null; to: string | null }
const sortKey = ({ from, to }: When) => `${from ?? ''} ${to ?? '~'}`

function sightings(a: MergePostRow, b: MergePostRow): Part {
  const [first, last] = [a.first_seen_at <= b.first_seen_at ? a : b, a.last_seen_at >= b.last_seen_at ? a : b]
  return {
    first_seen_at: first.first_seen_at,
    first_run_id: first.first_run_id,
    last_seen_at: last.last_seen_at,
    last_run_id: last.last_run_id,
    last_capture_id: last.last_capture_id,
  }
}

/** A post that was sightings after it was missed is not missing. */
function presence(a: MergePostRow, b: MergePostRow, isGone: () => boolean): Part {
  const gone = [a, b].filter(row => row.status === 'gone')
  const last = later(a.last_seen_at, b.last_seen_at)
  const missed = [a, b].map(row => row.missed_at)
  const [one = null, other = null] = missed
  if (gone.length === 0 || (gone.length === 1 && !isGone())) {
    const [still = null, alsoStill = null] = missed.map(at => (at !== null && at > last ? at : null))
    return { status: 'live', missed_at: pickKnown(earlier, still, alsoStill), gone_at: null, gone_reason: null }
  }
  const { gone_at, gone_reason } = gone.reduce((x, y) => better(x, y, row => [row.gone_at, row.gone_reason]))
  return { status: 'gone', missed_at: pickKnown(earlier, one, other), gone_at, gone_reason }
}

/** The last whole view. A view in a stream wins: a page of the thread also shows posts that do not belong to it. */
function views(a: PostInArchive, b: PostInArchive): Part {
  const view = pick(a, b, ({ row }) => [row.whole_view_in === 'stream', row.whole_view_at, row.claimed])
  const { claimed, whole_view_at, whole_view_in, view_capture_id } = view
  return { claimed, whole_view_at, whole_view_in, view_capture_id }
}

const checkedAt = (a: PostInArchive, b: PostInArchive): Part => ({
  checked_at: pickKnown(later, a.row.checked_at, b.row.checked_at),
})
