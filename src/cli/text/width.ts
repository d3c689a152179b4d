import { createRequire } from 'node:module'

/** ASCII, Latin, Cyrillic and typographic punctuation. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u024f\u0400-\u0482\u048a-\u052f\u2013\u2014\u2018-\u201e\u2026\u20ac]*$/

/** True: each code unit is one column wide. */
export const isNarrow = (text: string): boolean => NARROW.test(text)

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences begin with one
const COLOURS = /\x1b\[[\d;]*m/g

/** Columns that `text` takes on a terminal, without its colours: 漢 and 🦋 take two. */
export function textWidth(text: string): number {
  const words = text.replace(COLOURS, '')
  return isNarrow(words) ? words.length : library().default(words)
}

let loadedLibrary: typeof import('string-width') | undefined

/** Loaded for the first text that needs it: its patterns of emoji take a quarter of the time in which a short command starts. */
function library(): typeof import('string-width') {
  loadedLibrary ??= createRequire(import.meta.url)('string-width') as typeof import('string-width')
  return loadedLibrary
}

let loadedSegmenter: Intl.Segmenter | undefined

/** The letters of `text` as a reader counts them. */
export function letters(text: string): Iterable<{ segment: string }> {
  loadedSegmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return loadedSegmenter.segment(text)
}
