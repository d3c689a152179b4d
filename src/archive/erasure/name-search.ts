import { handleMark, type Mark, type Marks, pathMark, phraseMark, wordMark } from './name-marks.js'
import { decodeMarkup, decodeUrls, type TextRange, type Word, wordsOf } from './tokens.js'

/** Whether a text names a member. Tags may separate the words of a name: it is searched with its tags and without. */
export function containsName(text: string, marks: Marks): boolean {
  const memoizedMarks = memoized(marks)
  for (const _ of namesIn(text, memoizedMarks)) return true
  return text.includes('<') && containsPhrase(text, memoizedMarks)
}

/** Whether a body contains one of the phrases or words outside its tags. */
export function containsPhrase(body: string, marks: Marks): boolean {
  const { text } = decodeUrls(decodeMarkup(body.replace(/<[^<>]*>/g, ' ')).text)
  for (const _ of phrasesIn(wordsOf(text), marks)) return true
  return false
}

/** The text with `replacement` for every name. */
export function redactNames(text: string, marks: Marks, replacement: string): string {
  const ranges = [...namesIn(text, memoized(marks))].sort((a, b) => a.start - b.start || b.end - a.end)
  let out = ''
  let from = 0
  for (const { start, end } of ranges) {
    if (end <= from) continue
    if (start >= from) out += text.slice(from, start) + replacement
    from = end
  }
  return out + text.slice(from)
}

/** A quick test before `containsName`: false only if the text contains no mark. */
export function mayContainName(text: string, { fragments }: Marks): boolean {
  const lower = text.toLowerCase()
  return fragments === undefined || fragments.some(fragment => lower.includes(fragment))
}

/** The same test as an SQL condition, with the values of its placeholders. */
export function mayContainNameSql(column: string, { fragments }: Marks): { sql: string; values: readonly string[] } {
  if (fragments === undefined || fragments.length === 0) return { sql: '1', values: [] }
  return { sql: `(${fragments.map(() => `instr(lower(${column}), ?)`).join(' OR ')})`, values: fragments }
}

/** Hashing a mark is slower than a lookup: each mark is hashed once for a text. */
function memoized(marks: Marks): Marks {
  const results = new Map<Mark, boolean>()
  const lookUp = (mark: Mark): boolean => {
    const found = marks.has(mark)
    results.set(mark, found)
    return found
  }
  return { ...marks, has: mark => results.get(mark) ?? lookUp(mark) }
}

/** Ranges of the text, not in order. They may overlap. */
function* namesIn(text: string, marks: Marks): Generator<TextRange> {
  const markup = decodeMarkup(text)
  for (const range of slugsIn(markup.text, marks)) yield markup.sourceRange(range)
  const plain = decodeUrls(markup.text)
  for (const range of phrasesIn(wordsOf(plain.text), marks)) yield markup.sourceRange(plain.sourceRange(range))
}

const PATH = /(?<![^/\\\s"'<>?#&,;)])([^/\\\s"'<>?#&,;)]+\/)(?=([^/\\\s"'<>?#&,;)]+))/g
const HANDLES = [
  /(?<=@)[\p{L}\p{N}_.%-]+/gu,
  // Fields of the REST API and of other JSON.
  /(?<="(?:\w*login|\w*nicename|mention_name|username|slug)"\s*:\s*")[^"]+/g,
]

/** Slugs in profile URLs, in mentions and in JSON. Percent signs are decoded in the slug alone: an escaped delimiter does not end it. */
function* slugsIn(text: string, { has }: Marks): Generator<TextRange> {
  for (const { index, 1: folder = '', 2: segment = '' } of text.matchAll(PATH)) {
    const start = index + folder.length
    const slug = segment.replace(/(?<![.:!])[.:!]+$/, '')
    if (has(pathMark(folder.slice(0, -1), slug))) yield { start, end: start + slug.length }
  }
  for (const pattern of HANDLES)
    for (const { 0: handle, index: start } of text.matchAll(pattern)) {
      const slug = handle.replace(/(?<![.-])[.-]+$/, '')
      if (has(handleMark(slug))) yield { start, end: start + slug.length }
    }
}

function* phrasesIn(words: Iterable<Word>, { lengths, has, starts }: Marks): Generator<TextRange> {
  for (const next of windows(words, Math.max(2, ...lengths))) {
    const [word, second] = next
    if (!word) return
    if (has(wordMark(word.text))) yield word
    if (starts && !starts.has(`${word.text} ${second?.text}`.toLowerCase())) continue
    for (const length of lengths) {
      const last = next[length - 1]
      if (last && has(phraseMark(next.slice(0, length).map(({ text }) => text))))
        yield { start: word.start, end: last.end }
    }
  }
}

/** For each word: it and the words after it, `size` in all, fewer at the end. */
function* windows(words: Iterable<Word>, size: number): Generator<readonly Word[]> {
  const open: Word[] = []
  for (const word of words) {
    open.push(word)
    if (open.length < size) continue
    yield open
    open.shift()
  }
  for (; open.length > 0; open.shift()) yield open
}
