import { knownDate } from '../../model/time.js'
import { REVISIONS, type RevisionRow } from '../schema/tables/history.js'
import { POSTS } from '../schema/tables/posts.js'
import { foldDates } from './dates.js'
import { better, compare, later, pickKnown } from './precedence.js'
import { type PostState, type PostValues, whenOf } from './state.js'
import { isFull } from './texts.js'

/** A present or earlier version of a post. */
export type Version = Omit<RevisionRow, 'id' | 'post_id' | 'replaced_at'> & {
  readAt: string
  /** Null: the present version of its state. */
  replaced_at: string | null
}

/** Columns of a version that it takes over from its post, as they are. */
type Shared = Exclude<keyof RevisionRow & keyof PostValues, 'last_seen_at'>

const SHARED = Object.keys(REVISIONS.columns).filter(
  (name): name is Shared => name in POSTS.columns && name !== 'id' && name !== 'last_seen_at',
)

/** What a version is, by the row of its post: its text with author, date, parent and group. */
export function versionValues(row: PostValues): Pick<RevisionRow, Shared | 'last_seen_at'> {
  const values = Object.fromEntries(SHARED.map(name => [name, row[name]])) as Pick<RevisionRow, Shared>
  return { ...values, last_seen_at: row.text_seen_at }
}

/** The present version as a list of one; empty if its text is shortened, unless `evenShortened`. */
export const versionsOf = ({ row, natural }: PostState, evenShortened: boolean): Version[] =>
  (evenShortened || isFull(row)) && natural.readAt !== null
    ? [
        {
          ...versionValues(row),
          ...{ readAt: natural.readAt, replaced_at: null, replaced_by_id: null },
        },
      ]
    : []

/** The present version. If only its author changed, it began with the capture that replaced the earlier version, not with the first reading of its text. */
export const presentOf = (state: PostState, earlier: readonly Version[], evenShortened: boolean): Version[] =>
  versionsOf(state, evenShortened).map(present =>
    earlier
      .filter(one => one.content_hash === present.content_hash && keyOf(one) !== keyOf(present))
      .reduce(begunBy, present),
  )

const begunBy = (present: Version, before: Version): Version =>
  before.replaced_at === null || before.replaced_at <= present.readAt
    ? present
    : { ...present, readAt: before.replaced_at, text_capture_id: before.replaced_by_id }

/** Two versions are the same if they have the same text and the same author. */
export const keyOf = ({ content_hash, member_id }: Pick<Version, 'content_hash' | 'member_id'>): string =>
  `${content_hash} ${member_id}`

/**
 * All versions of both states except the present one, oldest first. The n-th occurrence of a version in one state is the n-th in the
 * other: an edit that both have read is listed once, and a text that was restored and replaced again is listed twice.
 */
export function foldEarlierVersions(
  a: readonly Version[],
  b: readonly Version[],
  present: Version | undefined,
): Version[] {
  const keys = new Set([...a, ...b].map(keyOf))
  const all = [...keys].flatMap(key => paired(ofKey(a, key), ofKey(b, key)))
  // Its own occurrence says when it was first read: a text that changed its author only was read before.
  const now =
    present &&
    all
      .filter(version => keyOf(version) === keyOf(present))
      .sort(byTime)
      .at(-1)
  return replaced(all.filter(version => version !== now).sort(byTime), now, present)
}

const ofKey = (versions: readonly Version[], key: string): Version[] =>
  versions.filter(version => keyOf(version) === key).sort(byTime)

/** Oldest first; of one time, the present version of a state last. */
const byTime = (a: Version, b: Version): number => compare(timesOf(a), timesOf(b))

const timesOf = (one: Version) => [one.readAt, keyOf(one), one.replaced_at === null, one.replaced_at]

/** Pairs the n-th occurrences, and keeps the earlier reading of each pair. */
const paired = (a: readonly Version[], b: readonly Version[]): Version[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => earliest(a[at], b[at]))

/** As it was first read; it was seen until the later, and replaced at the earlier of both times. */
function earliest(a: Version | undefined, b: Version | undefined): Version {
  if (!a || !b) return (a ?? b) as Version
  const first = better(a, b, version => [-Date.parse(version.readAt), version.html, version.heading])
  const when = foldDates(whenOf(a), whenOf(b))
  const { replaced_at, replaced_by_id } = better(a, b, byReplacement)
  const dates = { posted_at: knownDate(when), posted_from: when.from, posted_to: when.to }
  return {
    ...first,
    ...dates,
    last_seen_at: pickKnown(later, a.last_seen_at, b.last_seen_at),
    replaced_at,
    replaced_by_id,
  }
}

const byReplacement = ({ replaced_at: at, replaced_by_id: by }: Version) => [
  at !== null,
  -Date.parse(at ?? ''),
  by !== null,
]

/** A version was replaced when either state read the next one, or found that it was no more. It was not seen after that. */
function replaced(versions: readonly Version[], now: Version | undefined, present: Version | undefined): Version[] {
  return versions.map((version, at) => {
    const last = now && now.readAt > version.readAt ? now : present
    const { replaced_at, replaced_by_id } = better(version, byNext(version, versions[at + 1] ?? last), byReplacement)
    const until = replaced_at ?? version.readAt
    const seen = version.last_seen_at
    return {
      ...version,
      replaced_at: until,
      replaced_by_id,
      last_seen_at: seen !== null && seen > until ? until : seen,
    }
  })
}

/** The next version may have been read before this one, if its text was restored: then it replaced this one when it was last seen. */
function byNext(version: Version, next: Version | undefined): Version {
  const isLater = next !== undefined && next.readAt > version.readAt
  const replaced_at = isLater ? next.readAt : version.replaced_at === null ? (next?.last_seen_at ?? null) : null
  return { ...version, replaced_at, replaced_by_id: isLater ? next.text_capture_id : null }
}
