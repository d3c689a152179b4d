/** A person of a site, by all that names her. Two rows may be one person: a page without an id, say, and one with it. */
export interface KnownPerson {
  /** Base URLs of the site: the present one first, then those from before it moved. */
  sites: readonly string[]
  /** The site's own id; null: no page showed it. */
  id: string | null
  slugs: readonly string[]
  names: readonly string[]
  /** Addresses of the profile. */
  urls: readonly string[]
  /** Words of links in texts that lead to the profile: a name, or not. */
  linkWords?: readonly string[]
}

/** What takes the place of the names of an erased member, also in URLs and behind an @. It is nobody's name. */
export const ERASED = 'forgotten-member'
