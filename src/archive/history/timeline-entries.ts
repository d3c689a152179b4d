import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { HistoryEntry, PostEntry, TextVersion } from '../../model/reports/history.js'
import type { PostEvent } from './post-timelines.js'
import type { PastPost, ThreadPast } from './thread-past.js'

/** The events of one post. */
export function postEntries(past: ThreadPast, one: PastPost): PostEntry[] {
  const { firstSeenAt, versions, events, missedAt } = one.timeline
  const of = (at: Instant) => ({ at, post: withVersion(one.post, past.versionAt(one, at)) })
  const entries: PostEntry[] = versions.map((version, at) => {
    const after = past.version(version, version.since)
    const earlier = versions[at - 1]
    if (!earlier) return { ...of(firstSeenAt), kind: 'seen', version: after }
    const before = past.version(earlier, version.since)
    return { ...of(version.since), kind: 'edited', before, after, between: [before.lastSeenAt, version.since] }
  })
  for (const event of events) entries.push({ ...of(event.at), ...eventKeys(event) })
  if (missedAt !== null) entries.push({ ...of(missedAt), kind: 'missed' })
  return entries
}

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
export function inTime(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const keyed = entries.map(entry => ({ entry, at: Date.parse(entry.at) }))
  return keyed.sort((a, b) => a.at - b.at || byKind(a.entry, b.entry) || byPost(a.entry, b.entry)).map(key => key.entry)
}

const RANKS = ['renamed', 'seen', 'back', 'moved', 'edited', 'missed', 'gone', 'other']

const byKind = (a: HistoryEntry, b: HistoryEntry) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind)

function byPost(a: HistoryEntry, b: HistoryEntry): number {
  if (a.kind === 'renamed' || b.kind === 'renamed' || a.post.id === b.post.id) return 0
  const [one, other] = [a.post, b.post].map(({ when }) => when.from ?? when.to ?? '9') as [string, string]
  return one < other ? -1 : one > other ? 1 : Number(a.post.id) - Number(b.post.id) || (a.post.id < b.post.id ? -1 : 1)
}
