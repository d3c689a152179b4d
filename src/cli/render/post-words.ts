import type { StoredPost } from '../../model/archive.js'
import type { Attachment, When } from '../../model/discussion.js'
import { MIRROR_TYPES } from '../../model/forum/posts.js'
import type { Move, TextVersion } from '../../model/reports/history.js'
import { isOtherAuthor } from '../../model/reports/versions.js'
import type { Paint } from '../text/paint.js'
import { authorName, count, whenWords, writerFacts } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

/** Who wrote a post and when, then `more`, then the marks of what is unusual about it. */
export function headFacts(post: StoredPost, more: readonly string[], paint: Paint): string[] {
  const facts = [
    ...writerFacts(post).map(name => paint.bold(name)),
    paint.dim(paint.link(whenWords(post.when), post.url)),
    ...more,
  ]
  if (!DISCUSSION.includes(post.type)) facts.push(terminalLine(post.type))
  if (post.edited || post.revisions > 0) facts.push(paint.magenta(editedWords(post)))
  if (post.truncated) facts.push(paint.magenta('shortened by the site'))
  if (post.status === 'gone') facts.push(paint.red('gone from the site'))
  return facts
}

const DISCUSSION = ['activity_update', 'activity_comment', 'topic', 'reply', ...MIRROR_TYPES] as readonly string[]

const editedWords = ({ revisions }: StoredPost) =>
  revisions > 0 ? `edited, ${count(revisions, 'earlier text')} kept` : 'edited'

export const attachmentWords = ({ kind, name, url }: Attachment): string =>
  terminalLine(`[${kind}] ${name ?? ''} ${url}`)

type Frame = Pick<TextVersion, 'author' | 'when'> & Partial<Pick<TextVersion, 'parent'>>

/** What a new version changed besides the text. A date that became known more exactly has not changed. */
export function versionWords(before: Frame, after: Frame): string[] {
  const changed = (what: string, from: string, to: string) => `${what} changed from ${from} to ${to}`
  const author = isOtherAuthor(before.author, after.author)
  const [above, aboveNow] = [before.parent ?? null, after.parent ?? null]
  return [
    ...(author ? [changed('author', authorName(before.author), authorName(after.author))] : []),
    ...(isWithin(after.when, before.when) ? [] : [changed('date', whenWords(before.when), whenWords(after.when))]),
    ...(above !== null && aboveNow !== null && above !== aboveNow
      ? [changed('parent', terminalLine(above), terminalLine(aboveNow))]
      : []),
  ]
}

const isWithin = (a: When, b: When): boolean => (a.from ?? '') >= (b.from ?? '') && (a.to ?? '9999') <= (b.to ?? '9999')

/** `from group bees to no group`. */
export function movedWords(move: Move): string {
  const field = terminalLine(move.field)
  const [from, to] = [move.before, move.after].map(name =>
    name === null ? `no ${field}` : `${field} ${terminalLine(name)}`,
  )
  return `from ${from} to ${to}`
}
