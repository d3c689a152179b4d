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
