import { isNameWord } from '../pseudonyms/common-words.js'
import type { Pseudonyms } from '../pseudonyms/pseudonyms.js'
import type { Word } from '../pseudonyms/words.js'

/** Words that were searched already. */
const MOST_KNOWN = 20_000

/** Shortest name that is looked for within words. */
const LEAST = 4

/** Names of members that texts still have: alone, because they are common words too, or within longer words. */
export class LeftNames {
  private readonly alone: ReadonlySet<string>
  private readonly byStart = new Map<string, string[]>()
  private readonly known = new Map<string, string | null>()

  constructor(people: Pick<Pseudonyms, 'left' | 'finder'>) {
    this.alone = new Set(people.left.filter(isNameWord))
    for (const name of people.finder.words()) {
      if (name.length < LEAST) continue
      const start = name.slice(0, LEAST)
      this.byStart.set(start, [...(this.byStart.get(start) ?? []), name])
    }
  }

  /** A name that is also a word, as the text has it with a capital letter; null: it is none. */
  aloneIn(text: string, { key, start, end }: Word): string | null {
    const word = text.slice(start, end)
    return this.alone.has(key) && (word[0] ?? '') !== word[0]?.toLowerCase() ? word : null
  }

  /** The name that is a part of this word; null: none. */
  within({ key }: Pick<Word, 'key'>): string | null {
    if (key.length <= LEAST) return null
    const known = this.known.get(key)
    if (known !== undefined) return known
    const found = this.search(key)
    if (this.known.size < MOST_KNOWN) this.known.set(key, found)
    return found
  }

  private search(key: string): string | null {
    for (let at = 0; at + LEAST <= key.length; at++) {
      const names = this.byStart.get(key.slice(at, at + LEAST))
      const found = names?.find(name => name.length < key.length && key.startsWith(name, at))
      if (found !== undefined) return found
    }
    return null
  }
}
