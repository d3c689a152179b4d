import { authorRecord, groupRecord } from '../../export/record.js'
import type { Change, PostChange, PostInContext, Renamed, Wording } from '../../model/reports/changes.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { Period } from '../options/period.js'
import { cell, shortened, tabRow } from '../text/columns.js'
import { arrow, type Brush, type Colour, type Paint } from '../text/paint.js'
import { authorName, groupName, minute } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { dateKeys, jsonDocument, records } from './json-document.js'
import { movedWords, versionWords } from './post-words.js'
import { spokenFacts } from './spoken/facts.js'

const BRUSHES: Record<Change['kind'], Colour> = {
  new: 'green',
  edited: 'magenta',
  gone: 'red',
  back: 'cyan',
  moved: 'cyan',
  renamed: 'magenta',
}

/** Below this width, in columns, a date has no year and no time. */
const NARROW = 60
/** Below this width, the words have a line of their own. */
const NARROWEST = 40

/** Changes on a terminal, a line each that is never wider than the window. Group and author are left out where it is narrow. */
export function* changeLines(changes: Iterable<Change>, width: number, paint: Paint): Generator<string> {
  for (const change of changes) {
    if (paint.spoken) {
      yield* spokenChange(change, paint)
      continue
    }
    const kind = paint[BRUSHES[change.kind]](cell(change.kind, 8))
    const date = width < NARROW ? change.at.slice(5, 10) : minute(change.at)
    const [columns, words] = change.kind === 'renamed' ? nameWords(change, paint) : postWords(change, width, paint.dim)
    const room = Math.max(8, width < NARROWEST ? width : width - date.length - 10 - columns.length)
    const head = `${paint.dim(date)} ${kind} ${columns.text}`
    if (width < NARROWEST) yield* [head.replace(/ +/g, ' ').trimEnd(), `  ${shortened(words, room - 2)}`]
    else yield `${head}${shortened(words, room)}`
  }
}

function spokenChange(change: Change, paint: Paint): Generator<string> {
  const facts = { Change: change.kind, Time: minute(change.at) }
  if (change.kind === 'renamed') return spokenFacts({ ...facts, Name: nameWords(change, paint)[1] })
  const { id, group, author } = change.post
  const place = { Post: terminalLine(id), Group: group && groupName(group), Author: authorName(author) }
  return spokenFacts({ ...facts, ...place, Text: wordsOf(change) })
}

interface Cells {
  text: string
  /** In columns. */
  length: number
}

function postWords(change: PostChange, width: number, dim: Brush): [Cells, string] {
  const { post } = change
  const idWidth = Math.max(6, Math.min(14, post.id.length))
  const groupWidth = width < 110 ? 0 : 17
  const nameWidth = width < 70 ? 0 : 15
  const id = cell(terminalLine(post.id), idWidth, 'right')
  const group = groupWidth > 0 ? ` ${cell(post.group ? groupName(post.group) : '', groupWidth - 1)}` : ''
  const name = nameWidth > 0 ? ` ${cell(authorName(post.author), nameWidth - 1)}` : ''
  return [{ text: `${dim(`${id}${group}`)}${name} `, length: idWidth + groupWidth + nameWidth + 1 }, wordsOf(change)]
}

function wordsOf(change: PostChange): string {
  const { heading, text } = change.post
  const words = terminalLine(heading || text) || '(no words)'
  if (change.kind === 'gone') return `(${goneWords(change.reason)}) ${words}`
  if (change.kind === 'moved') return `(${movedWords(change)}) ${words}`
  if (change.kind !== 'edited') return words
  const [what] = versionWords(change.before, change.after)
  if (what) return `(${what}) ${terminalLine(change.after.heading || change.after.text)}`
  const [before, after] = [change.before, change.after].map(({ heading, text }) => terminalLine(heading || text))
  return before === after ? `(links or pictures) ${words}` : fromChange(before ?? '', after ?? '')
}

const SHORT_REASONS: Record<string, string> = {
  'absent from a complete thread': 'absent',
  'its thread is gone': 'with its thread',
}

const goneWords = (reason: string | null): string =>
  SHORT_REASONS[reason ?? ''] ?? terminalLine(reason ?? 'reason unknown')

/** The new text from shortly before the first difference, because the beginning of a long text does not show the edit. */
function fromChange(before: string, after: string): string {
  const [a, b] = [[...before], [...after]]
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  const start = same < 30 ? 0 : same - 15
  return `${start > 0 ? '…' : ''}${b.slice(start).join('') || '(no words)'}`
}

const nameWords = ({ member, group, field, before, after }: Renamed, paint: Paint): [Cells, string] => {
  const who = member ? 'member ' : group ? 'group ' : ''
  return [{ text: '', length: 0 }, terminalLine(`${who}${field}: ${before}${arrow(paint)}${after}`)]
}

/** For scripts: time, kind, group, thread, post, author, why or what, before, after, URL. */
export function* changeRows(changes: Iterable<Change>): Generator<string> {
  for (const change of changes) yield tabRow(change.kind === 'renamed' ? nameCells(change) : postCells(change))
}

function nameCells(change: Renamed): string[] {
  const { at, kind, member, group, field, before, after } = change
  const who = member ? authorName(member) : ''
  return [at, kind, group?.slug ?? '', '', '', who, field, before, after, addressOf(change) ?? '']
}

/** The address of the post, or of whoever has another name now. */
export function addressOf(change: Change): string | null {
  if (change.kind !== 'renamed') return change.post.url
  const { member, group, field, after } = change
  return member?.url ?? group?.url ?? (field === 'site' ? after : null)
}

/** Why or which field, before, after. */
export function whyCells(change: PostChange): [string, string, string] {
  const { post } = change
  if (change.kind === 'gone') return [change.reason ?? '', post.text, '']
  if (change.kind === 'moved') return [change.field, change.before ?? '', change.after ?? '']
  if (change.kind !== 'edited') return ['', '', post.text]
  return [versionWords(change.before, change.after).join(', '), change.before.text, change.after.text]
}

function postCells(change: PostChange): (string | null)[] {
  const { at, kind, post } = change
  const [why, before, after] = whyCells(change)
  return [
    at,
    kind,
    post.group?.slug ?? '',
    post.thread.id,
    post.id,
    authorName(post.author),
    why,
    before,
    after,
    knownAddress(post.url),
  ]
}

/** `threadkeep.changes/1`: docs/schema/changes-1.json. */
export const changesJson = ({ since, until }: Period, changes: Iterable<Change>): Generator<string> =>
  jsonDocument('changes', { since, until, changes: records(changes, changeRecord) })

const changeRecord = (change: Change): object => (change.kind === 'renamed' ? renameRecord(change) : postChange(change))

function postChange(change: PostChange): object {
  const { at, kind, post } = change
  const { site, group, thread } = post
  return {
    at,
    kind,
    site: knownAddress(site),
    group: groupRecord(group),
    thread: { id: thread.id, url: knownAddress(thread.url), title: thread.title },
    post: postRecord(post),
    ...(kind === 'edited' ? { before: wordingRecord(change.before), after: wordingRecord(change.after) } : {}),
    ...(kind === 'moved' ? { field: change.field, before: change.before, after: change.after } : {}),
    ...(kind === 'gone' ? { reason: change.reason, last_seen_at: change.lastSeenAt } : {}),
  }
}

const wordingRecord = ({ author, when, heading, text }: Wording): object => ({
  author: authorRecord(author),
  ...dateKeys(when),
  heading,
  text,
})

/** Keys as in `threadkeep.post/1`. */
const postRecord = (post: PostInContext): object => ({
  id: post.id,
  parent: post.parent?.id ?? null,
  type: post.type,
  author: authorRecord(post.author),
  ...dateKeys(post.when),
  heading: post.heading,
  text: post.text,
  url: knownAddress(post.url),
  status: post.status,
})

const renameRecord = ({ at, kind, site, member, group, field, before, after }: Renamed): object => ({
  at,
  kind,
  site: knownAddress(site),
  member: authorRecord(member),
  group: groupRecord(group),
  field,
  before,
  after,
})
