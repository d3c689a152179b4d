import type { When } from '../../model/discussion.js'
import type { Move, TextVersion } from '../../model/reports/history.js'
import { isOtherAuthor } from '../../model/versions.js'
import { authorName, whenWords } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

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
