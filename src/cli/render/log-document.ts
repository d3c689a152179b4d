import { authorRecord, groupRecord } from '../../export/record.js'
import type { StoredPost } from '../../model/archive.js'
import type { HistoryEntry, PostEntry, TextVersion } from '../../model/reports/history.js'
import type { ResolvedPost } from '../options/resolve-post.js'
import { dateKeys, jsonDocument, records } from './json-document.js'

/** `threadkeep.log/1`: docs/schema/log-1.json. */
export const logDocument = (named: ResolvedPost, entries: Iterable<HistoryEntry>): Generator<string> =>
  jsonDocument('log', { ...placeKeys(named), entries: records(entries, entryRecord) })

export const placeKeys = ({ place, alone }: ResolvedPost) => ({
  site: place.site,
  thread: place.thread,
  post: alone ? place.id : null,
  url: place.url,
})

function entryRecord(entry: HistoryEntry): object {
  const { at, kind } = entry
  if (entry.kind !== 'renamed')
    return { at, kind, ...postKeys(entry.post), author: authorRecord(entry.post.author), ...ownKeys(entry) }
  const { member, group, field, before, after } = entry
  return { at, kind, member: authorRecord(member), group: groupRecord(group), field, before, after }
}

export const postKeys = (post: StoredPost) => ({ post: post.id, parent: post.parentId, url: post.url })

function ownKeys(entry: PostEntry): object {
  switch (entry.kind) {
    case 'seen':
      return { ...dateKeys(entry.post.when), text: textRecord(entry.version) }
    case 'edited':
      return { between: entry.between, before: textRecord(entry.before), after: textRecord(entry.after) }
    case 'gone':
      return { reason: entry.reason, last_seen_at: entry.lastSeenAt, first_missed_at: entry.missedAt }
    case 'moved':
      return { field: entry.field, before: entry.before, after: entry.after }
    case 'other':
      return { name: entry.name, reason: entry.reason }
    default:
      return {}
  }
}

/** A version of a post, with its number for `diff --from` and `--to`. */
export const textRecord = (version: TextVersion) => {
  const { number, since, author, when, parent, group, heading, text, html, capture } = version
  const frame = { author: authorRecord(author), ...dateKeys(when), parent, group: groupRecord(group) }
  return { number, since, ...frame, heading, text, html, capture }
}
