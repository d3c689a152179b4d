import type { Attachment } from '../../model/discussion.js'
import type { Value } from './column.js'

/**
 * What spreadsheets take for the beginning of a formula, also in the wide and small forms that they change into ASCII, and after blanks and
 * invisible characters that they leave out; and the controls with which a cell could begin in their place. `'*`: so that a cell which begins
 * with `'` already differs from a guarded one, and the guard can be taken off again.
 */
const FORMULA = /^'*(?:[\t\r\n]|[\p{Cc}\p{Cf}\p{Z}]*[=+\-@|＝＋－＠｜﹢﹣﹦﹫−])/u

/** The text with `'` before it, if a spreadsheet would run it as a formula. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** Takes the guard off: `unguarded(guarded(text))` is `text`. */
export const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text)

/** A value as the text of a cell; empty: null, and lists without items. Only texts can be guarded, so that numbers and times never change. */
export function cellText(value: Value, guard: boolean): string {
  if (value === null) return ''
  if (typeof value === 'string') return guard ? guarded(value) : value
  return typeof value === 'object' ? listText(value) : String(value)
}

/** JSON, as in `jsonl`. */
const listText = (files: readonly Attachment[]): string =>
  files.length === 0 ? '' : JSON.stringify(files.map(({ kind, url, name }) => ({ kind, url, name })))
