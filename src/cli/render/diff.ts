import { authorRecord } from '../../export/record.js'
import type { Instant } from '../../model/discussion.js'
import { isSameContent } from '../../model/reports/versions.js'
import type { ResolvedPost } from '../options/resolve.js'
import { arrow, joined, type Paint } from '../text/paint.js'
import { addressLine, authorName, minute, seenWords, whenWords } from '../text/phrases.js'
import { terminalLine, terminalLines } from '../text/terminal-text.js'
import { marked, noteOf, type Text, textDiff, wholeText } from '../text/text-diff.js'
import type { DiffPart } from '../text/word-diff.js'
import { wrapped } from '../text/wrapped.js'
import type { DiffChange } from './diff-changes.js'
import { jsonDocument, records } from './json-document.js'
import { placeKeys, postKeys, textRecord } from './log.js'
import { versionWords } from './post-words.js'

/** Changes for people: a line that names the post, then the words that changed, indented. */
export function* diffLines(changes: Iterable<DiffChange>, width: number, paint: Paint): Generator<string> {
  let isFirst = true
  for (const change of changes) {
    if (!isFirst) yield ''
    isFirst = false
    yield* wrapped(headOf(change, paint), width)
    yield addressLine(change.post.url, paint)
    for (const line of bodyOf(change, Math.max(12, width - INDENT.length), paint)) yield line && `${INDENT}${line}`
  }
}

const INDENT = '    '

function headOf(change: DiffChange, paint: Paint): string {
  const { post, kind } = change
  const { author } = 'after' in change ? change.after : change.before
  const brush = { edited: paint.magenta, new: paint.green, gone: paint.red, back: paint.green }[kind]
  return joined(
    [
      brush(kind),
      `${paint.spoken ? 'post ' : ''}${terminalLine(post.id)}`,
      paint.bold(authorName(author)),
      ...factsOf(change, paint),
    ],
    paint,
  )
}

function factsOf(change: DiffChange, paint: Paint): string[] {
  switch (change.kind) {
    case 'edited': {
      const { before, after } = change
      const texts = `text ${before.number} of ${seenWords(before.since, before.seenBy)}${arrow(paint)}text ${after.number} of ${seenWords(after.since, after.seenBy)}`
      return [texts, ...versionWords(before, after)]
    }
    case 'new':
      return [`written ${whenWords(change.after.when)}`, `seen ${seenWords(change.after.since, change.after.seenBy)}`]
    case 'gone':
      return [minute(change.goneAt), ...(change.reason === null ? [] : [terminalLine(change.reason)])]
    case 'back':
      return [minute(change.backAt)]
  }
}

function bodyOf(change: DiffChange, room: number, paint: Paint): string[] {
  if (change.kind === 'edited') {
    if (isSameContent(change.before, change.after)) return []
    const diff = textDiff(change.before, change.after, printable)
    const note = noteOf(diff)
    return [...(note === null ? [] : [paint.dim(note)]), ...wrapped(marked(diff.parts, paint), room)]
  }
  if (change.kind === 'back') return wrapped(printable(wholeText(change.after)), room)
  const [op, text]: [DiffPart['op'], Text] =
    change.kind === 'new' ? ['added', change.after] : ['removed', change.before]
  return wrapped(marked([{ op, text: printable(wholeText(text)) }], paint), room)
}

const printable = (text: string): string => terminalLines(text).trim()

/** `threadkeep.diff/1`: docs/schema/diff-1.json. */
export const diffJson = (
  named: ResolvedPost,
  since: Instant | null,
  changes: Iterable<DiffChange>,
): Generator<string> => jsonDocument('diff', { ...placeKeys(named), since, changes: records(changes, changeRecord) })

function changeRecord(change: DiffChange): object {
  const { author } = 'after' in change ? change.after : change.before
  const keys = { kind: change.kind, ...postKeys(change.post), author: authorRecord(author) }
  switch (change.kind) {
    case 'edited': {
      const { of, parts } = textDiff(change.before, change.after)
      return { ...keys, from: textRecord(change.before), to: textRecord(change.after), of, words: parts }
    }
    case 'new':
      return { ...keys, to: textRecord(change.after) }
    case 'gone':
      return {
        ...keys,
        from: textRecord(change.before),
        gone_at: change.goneAt,
        reason: change.reason,
        last_seen_at: change.lastSeenAt,
      }
    case 'back':
      return { ...keys, to: textRecord(change.after), back_at: change.backAt }
  }
}
