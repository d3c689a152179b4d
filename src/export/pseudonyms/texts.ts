import type { Addresses } from './addresses.js'
import { type Pseudonym, SOMEBODY } from './name-finder.js'
import type { Pseudonyms } from './pseudonyms.js'

/** A part of a text, and what takes its place. UTF-16 offsets, `end` excluded. */
export interface Replacement {
  start: number
  end: number
  by: string
}

/** Names that only one post uses: the words of its links to profiles. */
type LocalNames = ReadonlyMap<string, Pseudonym>

const NO_LOCAL: LocalNames = new Map()

/** Addresses, e-mail addresses, and `@slug`, which are more than the words in them. An e-mail address is only looked for from its first letter: else a long run of letters would take minutes. */
const SPECIAL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|https?:\/\/[^\s<>"]+|@[\p{L}\p{N}_.%-]*[\p{L}\p{N}]/giu

/** What follows an address in a sentence. */
const AFTER_ADDRESS = ".,;:!?)]'’"

/** Finds what is to be replaced in plain texts: names, `@slug`, and names in addresses. */
export class Texts {
  constructor(
    private readonly people: Pseudonyms,
    private readonly addresses: Addresses,
  ) {}

  covered(text: string, site: string, local: LocalNames = NO_LOCAL): string {
    return replaced(text, this.replacements(text, site, local))
  }

  /** In their order; none overlaps another. */
  replacements(text: string, site: string, local: LocalNames): Replacement[] {
    const found: Replacement[] = []
    let from = 0
    if (text.includes('@') || text.includes('://'))
      for (const { 0: special, index } of text.matchAll(SPECIAL)) {
        const by = this.special(special, site)
        if (by === null) continue
        this.among(text, from, index, local, found)
        found.push({ start: index, end: index + special.length, by })
        from = index + special.length
      }
    this.among(text, from, text.length, local, found)
    return found
  }

  private special(special: string, site: string): string | null {
    if (special.startsWith('@')) return this.handle(special, site)
    return special.includes('://') ? this.address(special) : this.email(special)
  }

  /** Whole: with a pseudonym in the place of a name, the rest of it would still lead to her. Null: it names nobody. */
  private email(special: string): string | null {
    const who = this.people.finder.matches(special)[0]?.who
    return who ? `[e-mail of ${who.name}]`.replace(` of ${SOMEBODY.name}`, '') : null
  }

  private handle(special: string, site: string): string | null {
    const who = this.people.ofSlug(site, special.slice(1))
    return who && `@${who.slug}`
  }

  /** Also an address without names, which is not searched for words. */
  private address(special: string): string | null {
    let length = special.length
    while (AFTER_ADDRESS.includes(special[length - 1] ?? ' ')) length--
    const [address, end] = [special.slice(0, length), special.slice(length)]
    const covered = this.addresses.cover(address, address)
    return covered === null ? null : (new URL(address).href === covered ? address : covered) + end
  }

  private among(text: string, from: number, to: number, local: LocalNames, found: Replacement[]): void {
    const part = from === 0 && to === text.length ? text : text.slice(from, to)
    const own = local.size === 0 ? [] : localMatches(part, local)
    let at = 0
    for (const { start, end, by } of own) {
      this.names(part.slice(at, start), from + at, text, found)
      found.push({ start: from + start, end: from + end, by })
      at = end
    }
    this.names(at === 0 ? part : part.slice(at), from + at, text, found)
  }

  private names(part: string, offset: number, text: string, found: Replacement[]): void {
    if (part === '') return
    for (const { start, end, who } of this.people.finder.matches(part)) {
      const isHandle = text[offset + start - 1] === '@'
      found.push({ start: offset + start, end: offset + end, by: isHandle ? who.slug : who.name })
    }
  }
}

function localMatches(text: string, local: LocalNames): Replacement[] {
  const words = [...local.keys()].sort((a, b) => b.length - a.length).map(escaped)
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return [...text.matchAll(pattern)].map(({ 0: name, index }) => {
    const who = local.get(name)
    return { start: index, end: index + name.length, by: (name.startsWith('@') ? `@${who?.slug}` : who?.name) ?? '' }
  })
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

export function replaced(text: string, replacements: readonly Replacement[]): string {
  if (replacements.length === 0) return text
  let out = ''
  let from = 0
  for (const { start, end, by } of replacements) {
    out += text.slice(from, start) + by
    from = end
  }
  return out + text.slice(from)
}
