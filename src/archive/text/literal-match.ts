import type { Words } from '../../model/query/query.js'
import { UNSPACED } from '../schema/v4.js'

/** Scripts without spaces: words of theirs, and other words that stand right beside them, are found letter by letter. */

const HOLDS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')
const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]`

export const isUnspaced = (text: string): boolean => HOLDS_UNSPACED.test(text)

/** A word without letters, such as an emoji: no index knows it. */
export const isSymbol = (text: string): boolean => !/[\p{L}\p{N}\p{Co}]/u.test(text)

/** What stands between blanks. */
export const splitOnSpace = (text: string): string[] => text.split(/\s+/).filter(word => word !== '')

/** Where these words stand in a text, whatever the white space between them, and not in the midst of another word of letters. */
export function literalMatches({ text, isStart }: Omit<Words, 'kind'>): RegExp {
  const inside = splitOnSpace(text)
    .map(word => word.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'))
    .join('\\s+')
  const first = new RegExp(`^${LETTER}`, 'u').test(text) ? `(?<!${LETTER})` : ''
  const last = !isStart && new RegExp(`${LETTER}$`, 'u').test(text) ? `(?!${LETTER})` : ''
  return new RegExp(first + inside + last, 'giu')
}
