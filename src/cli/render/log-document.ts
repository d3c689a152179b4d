import { authorRecord, groupRecord } from '../../export/record.js'
import type { StoredPost } from '../../model/archive.js'
import type { HistoryEntry, PostEntry, TextVersion } from '../../model/reports/history.js'
import { knownDate } from '../../model/time.js'
import type { ResolvedPost } from '../options/resolve-post.js'
import { terminalJson } from '../text/terminal-text.js'

/** `threadkeep.log/1`, entry by entry: docs/schema/log-1.json. */
export function* logDocument(named: ResolvedPost, entries: Iterable<HistoryEntry>): Generator<string> {
  yield* document('log', { ...placeKeys(named) }, 'entries', entries, entryRecord)
}

/** A head, and a list whose items are made one after the other. */
export function* document<T>(
  name: string,
  head: object,
  key: string,
  items: Iterable<T>,
  record: (item: T) => object,
): Generator<string> {
  yield `${terminalJson({ schema: `threadkeep.${name}/1`, ...head }).slice(0, -1)},"${key}":[`
  let comma = ''
  for (const item of items) {
    yield `${comma}\n${terminalJson(record(item))}`
    comma = ','
  }
  yield ']}\n'
}

export const placeKeys = ({ place, alone }: ResolvedPost) => ({
  site: place.site,
  thread: place.thread,
  post: alone ? place.id : null,
  url: place.url,
})

function entryRecord(entry: HistoryEntry): object {
  const { at, kind } = entry
  if (entry.kind !== 'renamed')
    return { at, kind, ...postKeys(entry.post), author: authorRecord(entry.author), ...ownKeys(entry) }
  const { member, group, field, before, after } = entry
  return { at, kind, member: authorRecord(member), group: groupRecord(group), field, before, after }
}

export const postKeys = (post: StoredPost) => ({ post: post.id, parent: post.parentId, url: post.url })

function ownKeys(entry: PostEntry): object {
  switch (entry.kind) {
    case 'seen': {
      const { when } = entry.post
      return { posted_at: knownDate(when), posted_between: [when.from, when.to], text: textRecord(entry.version) }
    }
    case 'edited':
      return { between: entry.between, before: textRecord(entry.before), after: textRecord(entry.after) }
    case 'gone':
      return { reason: entry.reason, last_seen_at: entry.lastSeenAt, first_missed_at: entry.missedAt }
    case 'other':
      return { name: entry.name, reason: entry.reason }
    default:
      return {}
  }
}

/** A text of a post, with its number: what `diff --from` and `--to` take. */
export const textRecord = ({ number, since, heading, text, html, capture }: TextVersion) => ({
  number,
  since,
  heading,
  text,
  html,
  capture,
})
