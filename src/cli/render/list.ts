import { authorRecord, groupRecord } from '../../export/record.js'
import type { GroupSummary, ThreadSummary } from '../../model/archive.js'
import { isExact } from '../../model/time.js'
import { knownAddress } from '../../model/unknown-site.js'
import { cell, shortened, tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import {
  addressLine,
  addressWords,
  completenessWords,
  count,
  dateCell,
  day,
  figure,
  goneWords,
  groupName,
  whenWords,
  writerFacts,
} from '../text/phrases.js'
import { isolated, terminalLine } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'
import { dateKeys, jsonDocument, records } from './json-document.js'
import { spokenFacts } from './spoken/facts.js'
import { coloured } from './summary.js'

const MEMBERS_ONLY = 'members only'

/** A group on a terminal: two lines, or three if its name is long, which is never cut. */
export function* groupLines(group: GroupSummary, width: number, paint: Paint): Generator<string> {
  if (paint.spoken) return yield* spokenGroup(group, paint)
  const last = group.lastPostAt === null ? '' : paint.dim(`  last post ${day(group.lastPostAt)}`)
  const held = coloured(group.completeness.state, completenessWords(group.completeness), paint)
  const state = group.access === 'members' ? paint.magenta(MEMBERS_ONLY) : held
  const said = `${count(group.threads, 'thread')}, ${count(group.posts, 'post')}${goneWords(group.gonePosts)}`
  const facts = `${said}  ${state}${last}`
  const name = groupName(group)
  const isShort = textWidth(name) + textWidth(facts) + 2 <= width
  yield* isShort ? [`${paint.bold(name)}  ${facts}`] : [paint.bold(name), `  ${facts}`]
  yield addressLine(group.url, paint)
}

const spokenGroup = (group: GroupSummary, paint: Paint) =>
  spokenFacts({
    Group: groupName(group),
    Threads: group.threads,
    Posts: `${figure(group.posts)}${goneWords(group.gonePosts)}`,
    Held: group.access === 'members' ? MEMBERS_ONLY : completenessWords(group.completeness, paint),
    'Last post': group.lastPostAt && day(group.lastPostAt),
    Address: terminalLine(addressWords(group.url)),
  })

/** In a narrow window the author's column is left out. */
const authorWidth = (width: number) => (width < 96 ? 0 : width < 120 ? 14 : 20)

/** Below this width there are no columns for replies and completeness; below half of it none for the date. */
const NARROW = 60

export function threadHead(width: number, paint: Paint): string {
  if (width < NARROW) return paint.dim(`${narrowCells(cell('ID', 7, 'right'), cell('DATE', 11), width)}TITLE`)
  const author = authorWidth(width)
  const columns = ['  ', cell('ID', 7, 'right'), cell('DATE', 11), cell('REPLIES', 7, 'right'), cell('HELD', 14)]
  return paint.dim(`${columns.join(' ')} ${author ? `${cell('AUTHOR', author)} ` : ''}TITLE`)
}

/** A thread on a terminal: one line that is never wider than the window; for ears, a line for each fact. */
export function* summaryLines(thread: ThreadSummary, width: number, paint: Paint): Generator<string> {
  if (paint.spoken) yield* spokenSummary(thread, paint)
  else yield threadLine(thread, width, paint)
}

const spokenSummary = (thread: ThreadSummary, paint: Paint) =>
  spokenFacts({
    Thread: terminalLine(thread.id),
    Title: isolated(terminalLine(thread.title)),
    Author: writerFacts(thread).join(''),
    Date: whenWords(thread.when),
    Replies: thread.replies,
    Held: thread.status === 'gone' ? 'gone from the site' : completenessWords(thread.completeness, paint),
  })

const narrowCells = (id: string, date: string, width: number): string =>
  width < NARROW / 2 ? `${id} ` : `${id} ${date} `

/** What is not complete says so before the title. */
function narrowLine(thread: ThreadSummary, width: number, paint: Paint): string {
  const id = cell(terminalLine(thread.id), Math.max(7, Math.min(17, thread.id.length)), 'right')
  const before = narrowCells(id, dateOf(thread).padEnd(11), width)
  const held = thread.completeness.state === 'complete' && thread.status !== 'gone' ? '' : `${heldWords(thread)}: `
  const room = width - before.length - held.length
  return `${before}${paintHeld(thread, held, paint)}${shortened(terminalLine(thread.title), Math.max(4, room))}`
}

const paintHeld = ({ status, completeness }: ThreadSummary, held: string, paint: Paint): string =>
  status === 'gone' ? paint.red(held) : coloured(completeness.state, held, paint)

function threadLine(thread: ThreadSummary, width: number, paint: Paint): string {
  if (width < NARROW) return narrowLine(thread, width, paint)
  const author = authorWidth(width)
  const id = cell(terminalLine(thread.id), Math.max(7, Math.min(17, thread.id.length)), 'right')
  const held = cell(heldWords(thread), 14)
  const before = `   ${id} ${dateOf(thread).padEnd(11)} ${cell(String(thread.replies), 7, 'right')} `
  const name = author ? `${cell(writerFacts(thread).join(''), author)} ` : ''
  const room = width - before.length - held.length - 1 - (author ? author + 1 : 0)
  return `${before.replace(id, () => paint.link(id, thread.url))}${paintHeld(thread, held, paint)} ${name}${shortened(terminalLine(thread.title), Math.max(8, room))}`
}

/** `gone`, or the completeness. */
const heldWords = ({ status, completeness }: ThreadSummary): string =>
  status === 'gone' ? 'gone' : completenessWords(completeness)

function dateOf({ when }: ThreadSummary): string {
  if (when.from !== null) return `${isExact(when) ? '' : '~'}${day(when.from)}`
  return when.to === null ? 'unknown' : `before ${day(when.to)}`
}

/** For scripts, when stdout is not a terminal: slug, name, threads, posts, completeness or `members only`, last post, URL. */
export function* groupRows(groups: Iterable<GroupSummary>): Generator<string> {
  for (const { slug, name, threads, posts, access, completeness, lastPostAt, url } of groups) {
    const held = access === 'members' ? MEMBERS_ONLY : completenessWords(completeness)
    yield tabRow([slug, name, threads, posts, held, lastPostAt, knownAddress(url)])
  }
}

/** For scripts: id, date, replies, completeness, group, author, title, URL. */
export function* threadTabRows(threads: Iterable<ThreadSummary>): Generator<string> {
  for (const thread of threads) {
    const { id, when, replies, group, title, url } = thread
    yield tabRow([
      id,
      dateCell(when),
      replies,
      heldWords(thread),
      group?.slug,
      writerFacts(thread)[0],
      title,
      knownAddress(url),
    ])
  }
}

/** `threadkeep.list/1`: docs/schema/list-1.json. */
export const listJson = (groups: Iterable<GroupSummary>, threads: Iterable<ThreadSummary>): Generator<string> =>
  jsonDocument('list', { groups: records(groups, summaryOfGroup), threads: records(threads, summaryOfThread) })

const summaryOfGroup = (group: GroupSummary) => ({
  site: knownAddress(group.site),
  ...groupRecord(group),
  status: group.status,
  access: group.access,
  threads: group.threads,
  posts: group.posts,
  gone_posts: group.gonePosts,
  completeness: group.completeness,
  last_post_at: group.lastPostAt,
})

const summaryOfThread = (thread: ThreadSummary) => ({
  site: knownAddress(thread.site),
  group: groupRecord(thread.group),
  id: thread.id,
  url: knownAddress(thread.url),
  title: thread.title,
  type: thread.type,
  author: authorRecord(thread.author),
  ...dateKeys(thread.when),
  last_post_at: thread.lastPostAt,
  replies: thread.replies,
  status: thread.status,
  gone_posts: thread.gonePosts,
  completeness: thread.completeness,
})
