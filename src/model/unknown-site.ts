import type { When } from './discussion.js'
import { DAY_MS } from './time.js'

/**
 * Base URL of a community whose address nobody knows, such as the one of a text dump (RFC 2606 reserves `.invalid`). Addresses below it
 * only tell rows apart: no output shows one as an address.
 */
export const UNKNOWN_SITE = 'http://unknown.invalid/'

export const isUnknownAddress = (url: string): boolean => url.startsWith(UNKNOWN_SITE)

/** The address as outputs show it; null: it is not known. */
export const knownAddress = (url: string): string | null => (isUnknownAddress(url) ? null : url)

/** True for an id that threadkeep has made for a post or member of a text. The ids of sites are numbers. */
export const isMadeId = (id: string): boolean => /^x[0-9a-f]{16}$/.test(id)

/** The id that a site has given; null: it has given none. */
export const siteIdOf = (id: string | null): string | null => (id === null || isMadeId(id) ? null : id)

/** Characters of the id of an opening post that come from its words; the other four are its day. */
const WORDS = 13

/**
 * The id of an opening post of a text: the made id of its words, with the day in the middle of its interval (days since 1970, as four
 * hexadecimal digits; `ffff`: not known).
 */
export function openingId(words: string, { from, to }: When): string {
  const day = from === null || to === null ? 0xffff : Math.floor((Date.parse(from) + Date.parse(to)) / 2 / DAY_MS)
  return words.slice(0, WORDS) + (day & 0xffff).toString(16).padStart(4, '0')
}

/** The least and the greatest id of opening posts with the same words, at any time. */
export const idsWithWordsOf = (id: string): [string, string] => [
  `${id.slice(0, WORDS)}0000`,
  `${id.slice(0, WORDS)}ffff`,
]
