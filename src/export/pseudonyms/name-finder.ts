import { isCommonWord } from './common-words.js'
import { endingsOf, isGap, type Word, wordsOf } from './words.js'

/** What takes the place of a person's names. */
export interface Pseudonym {
  /** `Member 017` */
  name: string
  /** `member-017`: in addresses, as an id, and behind an @. */
  slug: string
}

/** For a name that several people have: whose it is here, nobody can tell. */
export const SOMEBODY: Pseudonym = { name: '[name]', slug: 'name' }

/** A name in a text: UTF-16 offsets, `end` excluded. */
export interface NameMatch {
  start: number
  end: number
  who: Pseudonym
}

interface Node {
  /** Null: no name goes on here, which is so for most of 100,000 nodes. */
  next: Map<string, Node> | null
  who: Pseudonym | null
}

/**
 * Finds all names at once: one walk through the words of a text, a lookup for each, whatever the number of names. Words of scripts without
 * spaces are searched letter by letter.
 */
export class NameFinder {
  private readonly first = new Map<string, Node>()
  /** Names in scripts without spaces by their first letter, longest first. */
  private readonly letters = new Map<string, [string, Pseudonym][]>()

  /** A name of several words is one wherever they are side by side. What two people share becomes `SOMEBODY`. */
  add(name: string, who: Pseudonym): void {
    const words = [...wordsOf(name)]
    for (const { key, isUnspaced } of words) if (isUnspaced && [...key].length > 1) this.addLetters(key, who)
    let next = this.first
    for (const [at, { key }] of words.entries()) {
      const node = next.get(key) ?? { next: null, who: null }
      next.set(key, node)
      if (at === words.length - 1) node.who = joined(node.who, who)
      else next = node.next ??= new Map()
    }
  }

  private addLetters(key: string, who: Pseudonym): void {
    const first = [...key][0] ?? ''
    const known = this.letters.get(first) ?? []
    const same = known.find(([name]) => name === key)
    if (same) same[1] = joined(same[1], who)
    else known.push([key, who])
    this.letters.set(
      first,
      known.sort(([a], [b]) => b.length - a.length),
    )
  }

  /** Names of one word, in small letters. */
  *words(): Generator<string> {
    for (const [word, { who }] of this.first) if (who) yield word
  }

  /** In their order; none overlaps another. */
  matches(text: string): NameMatch[] {
    const words = new WordsAhead(text)
    const found: NameMatch[] = []
    for (let word = words.at(0); word; word = words.at(0)) {
      const isBegun = word.start < (found.at(-1)?.end ?? 0)
      const length = isBegun ? 0 : this.longest(words, text, found)
      if (length === 0) this.within(word, text, found)
      words.skip(Math.max(1, length))
    }
    return found
  }

  /** Number of words of the longest name that begins with the next word. */
  private longest(words: WordsAhead, text: string, found: NameMatch[]): number {
    let known: Map<string, Node> | null = this.first
    let best: { length: number; end: number; who: Pseudonym } | null = null
    let end = 0
    for (let next = 0; known !== null; next++) {
      const word = words.at(next)
      const node: Node | undefined = word && known.get(word.key)
      if (!word || !node || (next > 0 && !isGap(text.slice(end, word.start)))) break
      end = word.end
      if (node.who) best = { length: next + 1, end, who: node.who }
      known = node.next
    }
    if (best) found.push({ start: words.at(0)?.start ?? 0, end: best.end, who: best.who })
    return best?.length ?? 0
  }

  /** A name with an ending, or in letters without spaces. */
  private within(word: Word, text: string, found: NameMatch[]): void {
    if (word.isUnspaced) this.amongLetters(word, text, found)
    for (const { name, ending } of endingsOf(word.key, text.slice(word.start, word.end))) {
      const who = isCommonWord(name) ? null : this.first.get(name)?.who
      if (!who) continue
      found.push({ start: word.start, end: word.end - ending, who })
      return
    }
  }

  /** Also beyond the word: a name may have spaces within. What the name before this one has taken is left out. */
  private amongLetters({ start, end }: Word, text: string, found: NameMatch[]): void {
    for (let at = Math.max(start, found.at(-1)?.end ?? 0); at < end; ) {
      const match = this.lettersAt(text, at)
      if (match) found.push(match)
      at = match?.end ?? at + 1
    }
  }

  private lettersAt(text: string, start: number): NameMatch | null {
    for (const [name, who] of this.letters.get(text[start] ?? '') ?? []) {
      const end = text.startsWith(name, start) ? start + name.length : endOfSpaced(name, text, start)
      if (end !== null) return { start, end, who }
    }
    return null
  }
}

/** Shortest name that may have spaces or dots within: two letters beside a space are often two words. */
const LEAST_SPACED = 3
const SEPARATOR = /[\s\u00b7\u2027\u30fb\uff65]/

/** Where a name ends that begins here, with one separator or none after each of its letters; null: it is not here. */
function endOfSpaced(name: string, text: string, start: number): number | null {
  if (name.length < LEAST_SPACED) return null
  let at = start
  for (const [index, letter] of [...name].entries()) {
    if (index > 0 && SEPARATOR.test(text[at] ?? '')) at++
    if (!text.startsWith(letter, at)) return null
    at += letter.length
  }
  return at
}

const joined = (known: Pseudonym | null, who: Pseudonym): Pseudonym =>
  known === null || known.slug === who.slug ? who : SOMEBODY

/** The words of a text from the present one on, read as far as a name goes. */
class WordsAhead {
  private readonly words: Iterator<Word, undefined>
  private readonly read: Word[] = []

  constructor(text: string) {
    this.words = wordsOf(text)
  }

  /** The word that is so many words ahead; undefined: the text ends before. */
  at(ahead: number): Word | undefined {
    while (this.read.length <= ahead) {
      const { value } = this.words.next()
      if (!value) return undefined
      this.read.push(value)
    }
    return this.read[ahead]
  }

  skip(count: number): void {
    this.read.splice(0, count)
  }
}
