import type { KnownPerson } from '../../model/people/known-person.js'
import type { Statements } from '../database/statements.js'
import { SiteMoves } from '../moves/site-moves.js'
import { linkedPeople } from './linked-people.js'

interface PersonRow {
  row: number
  site: string
  id: string | null
  slug: string | null
  name: string | null
  url: string | null
}

const MEMBERS = `SELECT members.id AS row, sites.url AS site, site_member_id AS id, slug, members.name AS name, members.url AS url
  FROM members JOIN sites ON sites.id = members.site_id ORDER BY members.id`

const EARLIER = `SELECT member_id AS row, field, before, after FROM events
  WHERE kind = 'renamed' AND member_id IS NOT NULL AND field IN ('slug', 'name', 'url')`

/** Members with their present and earlier names, then people who are known only by links in texts. Of erased members only the id. */
export function* knownPeople(sql: Statements): Generator<KnownPerson> {
  const moves = new SiteMoves(sql)
  const earlier = earlierNames(sql)
  const linked = linkedPeople(sql, moves)
  for (const { row, site, id, slug, name, url } of sql.rows<PersonRow>(MEMBERS)) {
    const former = (field: string): string[] => earlier.get(`${row} ${field}`) ?? []
    const known = {
      slugs: named(slug, former('slug')),
      names: named(name, former('name')),
      urls: named(url, former('url')),
    }
    const linkWords = known.slugs.flatMap(one => linked.take(site, one)?.words ?? [])
    if (known.slugs.length + known.names.length > 0 || id !== null)
      yield { sites: moves.addressesOf(site), id, ...known, ...(linkWords.length > 0 && { linkWords }) }
  }
  for (const { site, slug, url, words } of linked.rest())
    yield { sites: moves.addressesOf(site), id: null, slugs: [slug], names: [], urls: [url], linkWords: words }
}

/** Values before and after each rename, by row and field. */
function earlierNames(sql: Statements): Map<string, string[]> {
  const names = new Map<string, string[]>()
  type Event = { row: number; field: string; before: string | null; after: string | null }
  for (const { row, field, before, after } of sql.rows<Event>(EARLIER))
    names.set(`${row} ${field}`, [...(names.get(`${row} ${field}`) ?? []), before ?? '', after ?? ''])
  return names
}

const named = (present: string | null, former: readonly string[]): string[] => [
  ...new Set([present ?? '', ...former].filter(text => text.trim() !== '')),
]
