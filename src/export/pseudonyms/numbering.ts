import { hash } from 'node:crypto'
import type { KnownPerson } from '../../model/people/known-person.js'
import type { NumberedMember, PseudonymKey } from '../../model/people/pseudonyms.js'
import { siteKey } from '../../model/urls.js'

/** Makes hashes with the secret of a key; 32 hexadecimal digits. */
export type Hash = (...parts: readonly string[]) => string

/** HMAC by its definition (RFC 2104): for tens of thousands of short texts, objects of Node's own would hold 50 MB. */
export const hashWith = ({ secret }: Pick<PseudonymKey, 'secret'>): Hash => {
  const key = Buffer.alloc(BLOCK)
  Buffer.from(secret, 'base64').copy(key)
  const [inner, outer] = [0x36, 0x5c].map(pad => key.map(byte => byte ^ pad)) as [Uint8Array, Uint8Array]
  return (...parts) => {
    const digest = hash('sha256', Buffer.concat([inner, Buffer.from(parts.join('\n'))]), 'buffer')
    return hash('sha256', Buffer.concat([outer, digest])).slice(0, 32)
  }
}

/** Bytes of a block of SHA-256. A longer key than the 32 bytes of ours would have to be hashed first. */
const BLOCK = 64

export const foldSlug = (slug: string): string => decoded(slug).normalize('NFKC').toLowerCase()

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** An entry of the key while people are numbered; 0: a new one, which has no number yet. */
interface Entry {
  number: number
  keys: Set<string>
}

/**
 * The number of each of these people, and the key with those who are new. Who was numbered before keeps the number, also after a rename, a
 * move of the site, or once a page has shown the id. `isTaken`: numbers that would make a name that somebody has.
 */
export function numberPeople(
  key: PseudonymKey,
  people: readonly KnownPerson[],
  isTaken: (number: number) => boolean = () => false,
): { key: PseudonymKey; numbers: number[] } {
  const hashed = hashWith(key)
  const entries: Entry[] = key.members.map(({ number, keys }) => ({ number, keys: new Set(keys) }))
  const byKey = new Map(entries.flatMap(entry => [...entry.keys].map(one => [one, entry] as const)))
  const found = people.map(person => {
    const keys = keysOf(person, hashed)
    const entry = entryOf(keys, byKey) ?? newEntry(entries)
    for (const one of keys) {
      entry.keys.add(one)
      if (!byKey.has(one)) byKey.set(one, entry)
    }
    return entry
  })
  giveNumbers(entries, isTaken)
  const members = entries.map(memberOf).sort((a, b) => a.number - b.number)
  return { key: { ...key, members }, numbers: found.map(({ number }) => number) }
}

const memberOf = ({ number, keys }: Entry): NumberedMember => ({ number, keys: [...keys] })

function newEntry(entries: Entry[]): Entry {
  const entry = { number: 0, keys: new Set<string>() }
  entries.push(entry)
  return entry
}

/** `i…` of an id, `s…` of a slug, `n…` of a name, which counts only where nothing else is known: two members may have one name. */
function keysOf({ sites, id, slugs, names }: KnownPerson, hashed: Hash): string[] {
  const isNameOnly = id === null && slugs.length === 0
  return sites
    .map(siteKey)
    .flatMap(site => [
      ...(id === null ? [] : [`i${hashed(site, 'id', id)}`]),
      ...slugs.map(slug => `s${hashed(site, 'slug', foldSlug(slug))}`),
      ...(isNameOnly ? names.map(name => `n${hashed(site, 'name', name.normalize('NFKC').trim().toLowerCase())}`) : []),
    ])
}

/** By the id; else by a slug, unless the entry has another id: slugs are given to others. */
function entryOf(keys: readonly string[], byKey: ReadonlyMap<string, Entry>): Entry | undefined {
  const hasId = keys.some(isOfId)
  for (const one of keys) {
    const entry = byKey.get(one)
    if (entry && (isOfId(one) || !hasId || ![...entry.keys].some(isOfId))) return entry
  }
  return undefined
}

const isOfId = (key: string): boolean => key.startsWith('i')

/** New entries get the next numbers in the order of their hashes, which tells nothing of who joined first. */
function giveNumbers(entries: readonly Entry[], isTaken: (number: number) => boolean): void {
  let last = entries.reduce((most, { number }) => Math.max(most, number), 0)
  const news = entries.filter(({ number }) => number === 0)
  news.sort((a, b) => (firstKey(a) < firstKey(b) ? -1 : 1))
  for (const entry of news) {
    do last++
    while (isTaken(last))
    entry.number = last
  }
}

const firstKey = ({ keys }: Entry): string => [...keys][0]?.slice(1) ?? ''
