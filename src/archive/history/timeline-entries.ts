import type { StoredAuthor, StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { HistoryEntry, PostEntry, TextVersion } from '../../model/reports/history.js'
import type { NameHistory } from './name-history.js'
import type { PostTimeline, StatusChange } from './post-timelines.js'

/** The events of one post. */
export function postEntries(post: StoredPost, timeline: PostTimeline, names: NameHistory): PostEntry[] {
  const of = (at: Instant) => ({ at, post, author: authorThen(post, timeline, names, at) })
  const [first, ...later] = timeline.versions
  const entries: PostEntry[] = first ? [{ ...of(timeline.firstSeenAt), kind: 'seen', version: first }] : []
  for (const [at, after] of later.entries()) {
    const before = timeline.versions[at] as TextVersion
    entries.push({ ...of(after.since), kind: 'edited', before, after, between: [before.lastSeenAt, after.since] })
  }
  for (const change of timeline.statusChanges) entries.push({ ...of(change.at), ...statusEntry(change) })
  if (timeline.missedAt !== null) entries.push({ ...of(timeline.missedAt), kind: 'missed' })
  return entries
}

function statusEntry({ kind, reason, lastSeenAt, missedAt }: StatusChange) {
  if (kind === 'gone') return { kind, reason, lastSeenAt, missedAt } as const
  return kind === 'back' ? ({ kind } as const) : ({ kind: 'other', name: kind, reason } as const)
}

/** The author of the post, with the names of that time. */
export const authorThen = (
  post: StoredPost,
  { member }: PostTimeline,
  names: NameHistory,
  at: Instant,
): StoredAuthor | null => post.author && names.at({ member, group: null }, post.author, at)

/** Sorts entries by time; entries of the same capture by kind (renames first, tombstones last), then by the date of the post. */
export function inTime(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const keyed = entries.map(entry => ({ entry, at: Date.parse(entry.at) }))
  return keyed.sort((a, b) => a.at - b.at || byKind(a.entry, b.entry) || byPost(a.entry, b.entry)).map(key => key.entry)
}

const RANKS = ['renamed', 'seen', 'back', 'edited', 'missed', 'gone', 'other']

const byKind = (a: HistoryEntry, b: HistoryEntry) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind)

function byPost(a: HistoryEntry, b: HistoryEntry): number {
  if (a.kind === 'renamed' || b.kind === 'renamed' || a.post === b.post) return 0
  const [one, other] = [a.post, b.post].map(({ when }) => when.from ?? when.to ?? '9') as [string, string]
  return one < other ? -1 : one > other ? 1 : Number(a.post.id) - Number(b.post.id) || (a.post.id < b.post.id ? -1 : 1)
}
