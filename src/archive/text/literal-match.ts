import type { Words } from '../../model/query/query.js'
import { UNSPACED } from '../schema/v1.js'

/*
 * FTS5 cannot find words in scripts without spaces, nor words of other scripts right beside them: these are matched as literal text.
 */

const HOLDS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')
const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]`

export const isUnspaced = (text: string): boolean => HOLDS_UNSPACED.test(text)

/** True for a word without letters and digits, such as an emoji: the full-text index does not contain it. */
export const isSymbol = (text: string): boolean => !/[\p{L}\p{N}\p{Co}]/u.test(text)

export const splitOnSpace = (text: string): string[] => text.split(/\s+/).filter(word => word !== '')

/** Matches these words in a text, with any white space between them, but not inside a longer word of a script with spaces. */
export function literalMatches({ text, isStart }: Omit<Words, 'kind'>): RegExp {
  const inside = splitOnSpace(text)
    .map(word => word.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'))
    .join('\\s+')
  const first = new RegExp(`^${LETTER}`, 'u').test(text) ? `(?<!${LETTER})` : ''
  const last = !isStart && new RegExp(`${LETTER}$`, 'u').test(text) ? `(?!${LETTER})` : ''
  return new RegExp(first + inside + last, 'giu')
}
