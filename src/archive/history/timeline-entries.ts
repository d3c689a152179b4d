import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { HistoryEntry, PostEntry, RenameEntry, TextVersion } from '../../model/reports/history.js'
import type { ThreadPlace } from '../read/thread-posts.js'
import { type PastTexts, withTexts } from './past-texts.js'
import { type PostEvent, type PostTimeline, type TimelineVersion, versionAt } from './post-timelines.js'
import type { ThreadPast } from './thread-past.js'

/** An event of a post, without its texts. */
interface EntryPlace extends Pick<ThreadPlace, 'id' | 'siteId' | 'size'> {
  at: Instant
  kind: PostEntry['kind']
  /** Index of the version that was seen, or of the event. */
  index: number
  /** Date of the post at that time, for the order. */
  date: Instant | null
}

export type Entry = EntryPlace | RenameEntry

type DatedPlace = Pick<ThreadPlace, 'id' | 'siteId' | 'size' | 'from' | 'to'>

/** The events of one post: its versions, then what happened to it. */
export function entryPlaces(one: DatedPlace, timeline: PostTimeline): EntryPlace[] {
  const { id, siteId, size } = one
  const { versions, events, missedAt } = timeline
  const place = (at: Instant, kind: PostEntry['kind'], index: number) => {
    const date = dateAt(one, timeline, at)
    return { id, siteId, size, at, kind, index, date }
  }
  return [
    ...versions.map(({ since }, index) => place(since, index === 0 ? 'seen' : 'edited', index)),
    ...events.map((event, index) => place(event.at, kindOf(event), index)),
    ...(missedAt === null ? [] : [place(missedAt, 'missed', 0)]),
  ]
}

function dateAt(one: DatedPlace, timeline: PostTimeline, then: Instant): Instant | null {
  const { when, until } = versionAt(timeline, then)
  // The present date is in memory already, with the place.
  const { from, to } = until === null ? one : when
  return from ?? to
}

/** The event in this place, with the texts of its post. */
export function entryOf({ at, kind, id, index }: EntryPlace, texts: PastTexts): PostEntry {
  const { versions, events } = texts.timeline(id)
  const entry = { at, post: withVersion(texts.post(id), texts.versionAt(id, at)) }
  if (kind === 'missed') return { ...entry, kind }
  if (kind !== 'seen' && kind !== 'edited') return { ...entry, ...eventKeys(events[index] as PostEvent) }
  const after = texts.version(id, versions[index] as TimelineVersion, at)
  if (kind === 'seen') return { ...entry, kind, version: after }
  const before = texts.version(id, versions[index - 1] as TimelineVersion, at)
  return { ...entry, kind, before, after, between: [before.lastSeenAt, at] }
}

const kindOf = ({ kind }: PostEvent): PostEntry['kind'] =>
  kind === 'gone' || kind === 'moved' || kind === 'back' ? kind : 'other'

function eventKeys({ kind, reason, last_seen_at, missedAt, field, before, after }: PostEvent) {
  if (kind === 'gone') return { kind, reason, lastSeenAt: last_seen_at, missedAt } as const
  if (kind === 'moved') return { kind, field: field ?? '', before, after } as const
  return kind === 'back' ? ({ kind } as const) : ({ kind: 'other', name: kind, reason } as const)
}

/** The post as it was in this version. */
export const withVersion = (
  post: StoredPost,
  { heading, html, text, author, when, parent }: TextVersion,
): StoredPost => ({ ...post, heading, html, text, author, when, parentId: parent })

/** Sorts entries by time; entries of the same capture by kind (renames first, tombstones last), then by the date of the post. */
export function inTime(entries: readonly Entry[]): Entry[] {
  const times = new Map<Instant, number>()
  for (const { at } of entries) if (!times.has(at)) times.set(at, Date.parse(at))
  const byTime = (a: Entry, b: Entry) => (times.get(a.at) ?? 0) - (times.get(b.at) ?? 0)
  return entries.toSorted((a, b) => byTime(a, b) || byKind(a, b) || byPost(a, b))
}

const RANKS = ['renamed', 'seen', 'back', 'moved', 'edited', 'missed', 'gone', 'other']

const byKind = (a: Entry, b: Entry) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind)

function byPost(a: Entry, b: Entry): number {
  if (a.kind === 'renamed' || b.kind === 'renamed' || a.id === b.id) return 0
  const [one, other] = [a.date ?? '9', b.date ?? '9']
  const [id, otherId] = [a.siteId, b.siteId]
  return one < other ? -1 : one > other ? 1 : Number(id) - Number(otherId) || (id < otherId ? -1 : 1)
}

/** Events in a row. Their texts are read in batches while they are walked. */
export class Entries implements Iterable<HistoryEntry> {
  constructor(
    private readonly past: Pick<ThreadPast, 'sql' | 'names'>,
    private readonly all: readonly Entry[],
  ) {}

  get length(): number {
    return this.all.length
  }

  /** The first `count` of them, from the end if `reverse`. */
  first(count: number | undefined, reverse: boolean): Entries {
    const all = reverse ? this.all.toReversed() : this.all
    return new Entries(this.past, all.slice(0, count))
  }

  *[Symbol.iterator](): Generator<HistoryEntry> {
    const places = withTexts(
      this.past,
      this.all.filter(entry => entry.kind !== 'renamed'),
    )
    for (const entry of this.all) {
      if (entry.kind === 'renamed') yield entry
      else {
        const { value } = places.next()
        if (value) yield entryOf(value[0], value[1])
      }
    }
  }
}
