import { decoded, segments } from '../../model/addresses.js'
import { ERASED } from '../../model/people/known-person.js'
import { linkedSlug } from '../../model/people/profile-address.js'
import type { Statements } from '../database/statements.js'
import type { SiteMoves } from '../moves/site-moves.js'

/** A member as links in texts name her. */
interface LinkedPerson {
  /** Base URL of the site. */
  site: string
  slug: string
  /** Address of the first link. */
  url: string
  /** Words of the links, at most `MOST_WORDS`. */
  words: string[]
}

/** Different words of links to one profile that are kept, and the longest of them: no name is longer. */
const MOST_WORDS = 20
const LONGEST = 60

const LINKS = `SELECT sites.url AS site, links.kind, links.url, substr(links.text, 1, ${LONGEST + 1}) AS words
  FROM links JOIN posts ON posts.id = links.post_id JOIN sites ON sites.id = posts.site_id ORDER BY links.id`

interface LinkRow {
  site: string
  kind: string
  url: string
  words: string
}

/** Who is mentioned, or linked to a profile of a site of the archive. In memory is one entry a profile. */
export function linkedPeople(sql: Statements, moves: SiteMoves): LinkedPeople {
  const folders = sql
    .column<string>('SELECT url FROM sites')
    .flatMap(site => moves.addressesOf(site).map(address => ({ site, folder: withoutScheme(address) })))
    .sort((a, b) => b.folder.length - a.folder.length)
  const people = new LinkedPeople()
  for (const { site, kind, url, words } of sql.each<LinkRow>(LINKS)) {
    if (!URL.canParse(url)) continue
    const home = folders.find(({ folder }) => withoutScheme(url).startsWith(folder))?.site
    const slug = linkedSlug(segments(url)) ?? (kind === 'mention' ? segments(url).at(-1) : null)
    if (slug && slug !== ERASED && (home || kind === 'mention')) people.add({ site: home ?? site, slug, url, words })
  }
  return people
}

const withoutScheme = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '')

/** By site and slug. */
class LinkedPeople {
  private readonly known = new Map<string, LinkedPerson>()

  add({ site, slug, url, words }: Omit<LinkedPerson, 'words'> & { words: string }): void {
    const key = keyOf(site, slug)
    const person = this.known.get(key) ?? { site, slug, url, words: [] }
    this.known.set(key, person)
    const name = words.trim()
    const isNew = name !== '' && name.length <= LONGEST && !name.startsWith('@') && !person.words.includes(name)
    if (isNew && person.words.length < MOST_WORDS) person.words.push(name)
  }

  /** Takes each person once; undefined: no link has the name of the person. */
  take(site: string, slug: string): LinkedPerson | undefined {
    const person = this.known.get(keyOf(site, slug))
    this.known.delete(keyOf(site, slug))
    return person
  }

  rest(): Iterable<LinkedPerson> {
    return this.known.values()
  }
}

const keyOf = (site: string, slug: string): string => `${site} ${decoded(slug).toLowerCase()}`
