import { authorRecord, groupRecord } from '../../export/record.js'
import type { StoredPost } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import type { HistoryEntry, PostEntry, RenameEntry, TextVersion } from '../../model/reports/history.js'
import { isSameContent } from '../../model/reports/versions.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ResolvedPost } from '../options/resolve.js'
import { shortened, tabRow } from '../text/columns.js'
import { arrow, type Brush, joined, type Paint, PLAIN } from '../text/paint.js'
import {
  authorName,
  groupName,
  isUnknownTime,
  minute,
  noWords,
  seenWords,
  whenWords,
  writerFacts,
} from '../text/phrases.js'
import { isolated, terminalLine } from '../text/terminal-text.js'
import { abridged, marked, noteOf, textDiff, wholeText } from '../text/text-diff.js'
import { wrapped } from '../text/wrapped.js'
import { dateKeys, jsonDocument, records } from './json-document.js'
import { movedWords, versionWords } from './post-words.js'

/** Events for people: a line with time, kind, post and author, then what was written or changed, indented. */
export function* logLines(entries: Iterable<HistoryEntry>, width: number, paint: Paint): Generator<string> {
  for (const entry of entries) {
    const id = entry.kind === 'renamed' ? [] : [`${paint.spoken ? 'post ' : ''}${terminalLine(entry.post.id)}`]
    const head = [
      paint.dim(seenWords(entry.at, entry.kind === 'seen' ? entry.version.seenBy : null)),
      brushOf(entry, paint)(kindOf(entry).padEnd(7)),
      ...id,
      joined(factsOf(entry, paint), paint),
    ]
    const [first = '', ...rest] = wrapped(head.join('  '), Math.max(12, width - INDENT.length))
    yield first
    for (const line of rest) yield `${INDENT}${line}`
    for (const line of bodyOf(entry, Math.max(12, width - INDENT.length), paint)) yield `${INDENT}${line}`
  }
}

const INDENT = '    '

const kindOf = (entry: HistoryEntry): string => (entry.kind === 'other' ? terminalLine(entry.name) : entry.kind)

function brushOf({ kind }: HistoryEntry, paint: Paint): Brush {
  if (kind === 'gone' || kind === 'missed') return paint.red
  if (kind === 'edited') return paint.magenta
  return kind === 'seen' || kind === 'back' ? paint.green : paint.cyan
}

function factsOf(entry: HistoryEntry, paint: Paint): string[] {
  return entry.kind === 'renamed' ? renamedFacts(entry, paint) : [...writerFacts(entry.post), ...detailsOf(entry)]
}

/** The facts besides time, kind, post and author. */
function detailsOf(entry: PostEntry): string[] {
  switch (entry.kind) {
    case 'seen':
      return [`written ${whenWords(entry.post.when)}`]
    case 'edited':
      return [
        `after ${entry.between[0] === null ? 'an unknown time' : minute(entry.between[0])}`,
        ...versionWords(entry.before, entry.after),
      ]
    case 'moved':
      return [movedWords(entry)]
    case 'missed':
      return ['not found where it was; not proven to be gone']
    case 'gone':
      return goneWords(entry)
    case 'back':
      return []
    case 'other':
      return entry.reason === null ? [] : [terminalLine(entry.reason)]
  }
}

function goneWords({ at, reason, lastSeenAt, missedAt }: Extract<PostEntry, { kind: 'gone' }>): string[] {
  const missed = missedAt !== null && missedAt !== at ? [`first missed ${minute(missedAt)}`] : []
  const seen = lastSeenAt === null ? [] : [`last seen ${minute(lastSeenAt)}`]
  return [...(reason === null ? [] : [terminalLine(reason)]), ...seen, ...missed]
}

/** The present name is shown, except with a change of the name itself. */
function renamedFacts({ member, group, field, before, after }: RenameEntry, paint: Paint): string[] {
  const change = `${terminalLine(field)}: ${isolated(terminalLine(before))}${arrow(paint)}${isolated(terminalLine(after))}`
  if (!member && !group) return [change]
  const name = field === 'name' ? '' : ` ${member ? authorName(member) : group ? groupName(group) : ''}`
  return [`${group ? 'group' : 'member'}${name}`, change]
}

function bodyOf(entry: HistoryEntry, room: number, paint: Paint): string[] {
  if (entry.kind === 'seen')
    return [shortened(terminalLine(wholeText(entry.version)), room) || paint.dim(noWords(entry.post))]
  if (entry.kind !== 'edited' || isSameContent(entry.before, entry.after)) return []
  const diff = textDiff(entry.before, entry.after, terminalLine)
  const note = noteOf(diff)
  const lines = wrapped(marked(abridged(diff.parts), paint), room)
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), paint.dim('…')] : lines
  return note === null ? shown : [paint.dim(note), ...shown]
}

const MOST_LINES = 6

/** For scripts: time, kind, id, author, details, text, URL. Only edits are shortened. */
export function* logRows(entries: Iterable<HistoryEntry>): Generator<string> {
  for (const entry of entries) yield tabRow([timeOf(entry), kindOf(entry), ...cellsOf(entry)])
}

/** In full, as the archive has it. */
function timeOf(entry: HistoryEntry): string {
  const by = entry.kind === 'seen' ? entry.version.seenBy : null
  return isUnknownTime(entry.at) && by !== null ? `before ${by}` : entry.at
}

function cellsOf(entry: HistoryEntry): (string | null | undefined)[] {
  if (entry.kind !== 'renamed')
    return [entry.post.id, writerFacts(entry.post)[0], rowDetails(entry), wordsOf(entry), knownAddress(entry.post.url)]
  const { field, before, after, member, group } = entry
  return ['', authorOrGroup(entry), `${field}: ${before} → ${after}`, '', (member ?? group)?.url]
}

const authorOrGroup = ({ member, group }: RenameEntry) => (group ? groupName(group) : member ? authorName(member) : '')

/** Details for programs, with full times. */
function rowDetails(entry: PostEntry): string {
  if (entry.kind === 'seen') return `written ${intervalOf(entry.post.when)}`
  if (entry.kind === 'edited')
    return [`after ${entry.between[0] ?? '?'}`, ...versionWords(entry.before, entry.after)].join(', ')
  if (entry.kind !== 'gone') return detailsOf(entry).join(', ')
  return [entry.reason ?? '', entry.lastSeenAt && `last seen ${entry.lastSeenAt}`].filter(Boolean).join(', ')
}

const intervalOf = ({ from, to }: When): string =>
  from === null && to !== null ? `before ${to}` : `${from ?? '?'}${from === to ? '' : `/${to ?? '?'}`}`

function wordsOf(entry: PostEntry): string {
  if (entry.kind === 'seen') return wholeText(entry.version)
  if (entry.kind !== 'edited' || isSameContent(entry.before, entry.after)) return ''
  return marked(abridged(textDiff(entry.before, entry.after, terminalLine).parts), PLAIN)
}

/** `threadkeep.log/1`: docs/schema/log-1.json. */
export const logDocument = (named: ResolvedPost, entries: Iterable<HistoryEntry>): Generator<string> =>
  jsonDocument('log', { ...placeKeys(named), entries: records(entries, entryRecord) })

export const placeKeys = ({ place, alone }: ResolvedPost) => ({
  site: knownAddress(place.site),
  thread: place.thread,
  post: alone ? place.id : null,
  url: knownAddress(place.url),
})

function entryRecord(entry: HistoryEntry): object {
  const { at, kind } = entry
  if (entry.kind !== 'renamed')
    return { at, kind, ...postKeys(entry.post), author: authorRecord(entry.post.author), ...ownKeys(entry) }
  const { member, group, field, before, after } = entry
  return { at, kind, member: authorRecord(member), group: groupRecord(group), field, before, after }
}

export const postKeys = (post: StoredPost) => ({ post: post.id, parent: post.parentId, url: knownAddress(post.url) })

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
