import type { PostNode, StoredPost, StoredThread } from '../../model/archive.js'
import type { Attachment } from '../../model/discussion.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ShownStatus } from '../exporter.js'
import { isShown } from '../shown.js'
import { cleanLine, cleanText, closed, isolated } from '../text.js'
import type { ZonedClock } from '../words/clock.js'
import { RunningDates } from '../words/dates.js'
import { authorName, groupName } from '../words/names.js'
import { threadTitle } from '../words/title.js'

/** A post in the text of its thread. */
interface Passage {
  node: PostNode
  /** What the text has before the body: the line that says who wrote it, when, and in answer to what; of the first post also the title. */
  before: string
  /** The words of the post, never empty: what a selection of the post covers. */
  body: string
}

/**
 * The text of a thread, post by post, with line feeds only. The same thread gives the same text, so that the positions that were counted in
 * one walk are right in another. It ends with a line feed.
 */
export function* passagesOf(thread: StoredThread, status: ShownStatus, clock: ZonedClock): Generator<Passage> {
  const dates = new RunningDates(clock)
  const path: number[] = []
  let above = headOf(thread, clock, status)
  for (const node of thread.posts) {
    const parent = node.depth > 0 ? (path[node.depth - 1] ?? null) : null
    path.length = node.depth
    path[node.depth] = node.position + 1
    if (!isShown(node.post, status)) continue
    yield { node, before: `${above}${lineOf(node, parent, thread.id, dates)}\n`, body: bodyOf(node.post) }
    above = '\n\n'
  }
}

/** Number of code points: what positions count. The text has no half of a surrogate pair. */
export function codePoints(text: string): number {
  const pairs = text.match(/[\uD800-\uDBFF]/g)
  return text.length - (pairs?.length ?? 0)
}

function headOf(thread: StoredThread, clock: ZonedClock, status: ShownStatus): string {
  const place = [thread.group && isolated(groupName(thread.group)), knownAddress(thread.url)].filter(Boolean)
  return `${[threadTitle(thread, clock, status), cleanLine(place.join(', '))].filter(Boolean).join('\n')}\n\n`
}

/** `#3 Anna, 28 October 2026, 12:00, answers #1` */
function lineOf({ post, position }: PostNode, parent: number | null, thread: string, dates: RunningDates): string {
  const isDetached = parent === null && post.parentId !== null && position > 0
  const answers = parent !== null ? `answers #${parent}` : isDetached ? detached(post, thread) : null
  const gone = post.status === 'gone' ? 'gone from the site' : null
  const parts = [`#${position + 1} ${isolated(authorName(post))}`, dates.words(post.when), answers, gone]
  return parts.filter(part => part !== null).join(', ')
}

const detached = ({ parentId }: StoredPost, thread: string): string =>
  parentId === thread ? 'answers the opening post' : 'answers a post that is not held'

function bodyOf(post: StoredPost): string {
  if (post.forgotten) return '[erased]'
  const words = [post.heading ?? '', post.text].map(text => cleanText(text).trim()).filter(Boolean)
  const body = [closed(words.join('\n\n')), ...post.attachments.map(fileLine)].filter(Boolean).join('\n')
  return body === '' ? '[no text]' : body
}

const fileLine = ({ kind, name, url }: Attachment): string => `[${kind}: ${cleanLine(name || url)}]`
