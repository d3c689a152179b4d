import { wordsOf } from './words.js'

/** How the texts write some words: what is written in small letters most of the time is a word, and no name. */
export class CaseCounts {
  private readonly counts = new Map<string, { small: number; capital: number }>()

  constructor(words: Iterable<string>, texts: Iterable<string>) {
    for (const word of words) this.counts.set(word, { small: 0, capital: 0 })
    if (this.counts.size > 0) for (const text of texts) this.count(text)
  }

  /** `least`: how often it must be in small letters. */
  isCommon(word: string, least: number): boolean {
    const { small, capital } = this.counts.get(word) ?? { small: 0, capital: 0 }
    return small >= least && small > 2 * capital
  }

  private count(text: string): void {
    for (const { key, start } of wordsOf(text)) {
      const count = this.counts.get(key)
      if (!count || text[start - 1] === '@' || text[start - 1] === '/') continue
      const letter = text[start] ?? ''
      // Most scripts have one kind of letters only.
      if (letter !== letter.toLowerCase()) count.capital++
      else if (letter !== letter.toUpperCase()) count.small++
    }
  }
}
