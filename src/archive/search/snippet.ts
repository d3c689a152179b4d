import { foldLetters } from '../../model/fold.js'
import type { Words } from '../../model/query/query.js'
import type { Piece } from '../../model/reports/search.js'
import { isSymbol, isUnspaced, literalMatches } from '../text/literal-match.js'

type Range = readonly [from: number, to: number]

/** The part of a text that is searched for matches, and the greatest number of matches. */
const LIMITS = { characters: 200_000, matches: 500 }

/** About `width` characters around the place with most matches, on one line. */
export function snippetOf(whole: string, words: readonly Words[], width: number): Piece[] {
  const text = whole.slice(0, LIMITS.characters)
  const ranges = mergedRanges(words.flatMap(one => rangesOf(text, one)))
  const [from, to] = windowOf(text, ranges, width)
  const pieces: Piece[] = from > 0 ? [{ text: '…', match: false }] : []
  let at = from
  for (const [start, end] of ranges.filter(([start, end]) => start >= from && end <= to)) {
    pieces.push({ text: text.slice(at, start), match: false }, { text: text.slice(start, end), match: true })
    at = end
  }
  pieces.push({ text: text.slice(at, to), match: false })
  if (to < whole.length) pieces.push({ text: '…', match: false })
  return oneLine(pieces)
}

/** Whether the words are in a text. */
export const holds = (text: string, words: Words): boolean => rangesOf(text, words).length > 0

function rangesOf(text: string, words: Words): Range[] {
  const letterByLetter = isSymbol(words.text) || isUnspaced(words.text)
  const found = letterByLetter ? [] : tokenRanges(text, words)
  if (!letterByLetter && !isUnspaced(text)) return found
  for (const match of text.matchAll(literalMatches(words))) {
    if (found.length >= LIMITS.matches) break
    found.push([match.index, match.index + match[0].length])
  }
  return found
}

/** A token of FTS5's tokenizer unicode61. */
const TOKEN = /[\p{L}\p{N}\p{M}\p{Co}]+/gu

function tokenRanges(text: string, { text: wanted, isStart }: Words): Range[] {
  const terms = (wanted.match(TOKEN) ?? []).map(foldLetters)
  const recent: { term: string; from: number }[] = []
  const found: Range[] = []
  for (const match of text.matchAll(TOKEN)) {
    recent.push({ term: foldLetters(match[0]), from: match.index })
    if (recent.length > terms.length) recent.shift()
    const [first] = recent
    if (first && matchesTerms(recent, terms, isStart)) found.push([first.from, match.index + match[0].length])
    if (found.length === LIMITS.matches) break
  }
  return found
}

const matchesTerms = (tokens: readonly { term: string }[], terms: readonly string[], isStart: boolean): boolean =>
  tokens.length === terms.length &&
  terms.every((term, at) =>
    isStart && at === terms.length - 1 ? tokens[at]?.term.startsWith(term) : tokens[at]?.term === term,
  )

function mergedRanges(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)]
    else merged.push([from, to])
  }
  return merged
}

/** The window that begins a little before a match and holds most matches. */
function windowOf(text: string, ranges: readonly Range[], width: number): Range {
  if (text.length <= width) return [0, text.length]
  const lead = Math.floor(width / 4)
  let best: Range = [0, 0]
  let mostMatches = 0
  for (const [at, [from, to]] of ranges.entries()) {
    const start = from <= width - lead && to <= width ? 0 : from - lead
    const end = Math.max(start + width, to)
    let matches = 0
    for (let next = at; next < ranges.length && (ranges[next]?.[1] ?? 0) <= end; next++) matches++
    if (matches > mostMatches) [best, mostMatches] = [[start, Math.min(end, text.length)], matches]
  }
  return mostMatches === 0 ? [0, atWhiteSpace(text, width, -1)] : atWordBoundaries(text, best, ranges)
}

/** Moves both ends to white space nearby, but never into a match. */
function atWordBoundaries(text: string, [from, to]: Range, ranges: readonly Range[]): Range {
  const inside = ranges.filter(([start, end]) => start >= from && end <= to)
  const start = from === 0 ? 0 : Math.min(atWhiteSpace(text, from, 1), inside[0]?.[0] ?? from)
  return [start, to >= text.length ? text.length : Math.max(atWhiteSpace(text, to, -1), inside.at(-1)?.[1] ?? to)]
}

/** The next white space in this direction within 20 characters, else `at`, but never inside a surrogate pair. */
function atWhiteSpace(text: string, at: number, step: 1 | -1): number {
  for (let n = 0; n < 20; n++) {
    if (/\s/.test(text[at + n * step] ?? '')) return at + n * step
  }
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + step : at
}

/** Collapses white space to single spaces, and removes it from both ends. */
function oneLine(pieces: Piece[]): Piece[] {
  const line = pieces.map(piece => ({ ...piece, text: piece.text.replace(/\s+/g, ' ') })).filter(one => one.text !== '')
  const [first, last] = [line[0], line.at(-1)]
  if (first) first.text = first.text.trimStart()
  if (last) last.text = last.text.trimEnd()
  return line.filter(({ text }) => text !== '')
}
