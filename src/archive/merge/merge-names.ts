import type { Instant } from '../../model/discussion.js'
import { typed } from '../write/entity-writer.js'
import { better, earlier, later } from './precedence.js'

/** A group or a member; `native` is the site's own id. */
export interface Named {
  id: number
  site_id: number
  native: string | null
  slug: string | null
  name: string | null
  url: string | null
  first_seen_at: Instant
  last_seen_at: Instant
}

/**
 * A name that is not told takes none away; else the one that was seen later. Quotes that a view has curled are no other name. Who
 * lost the name was not seen under it, so that the time stays that of the name.
 */
export function joinedNames<Row extends Named>(a: Row, b: Row): Row {
  const best = better(a, b, row => [
    row.name !== null,
    row.slug !== null,
    row.last_seen_at,
    row.slug,
    row.name,
    row.url,
  ])
  const rest = best === a ? b : a
  const tellsAsMuch = (a.name === null) === (b.name === null) && (a.slug === null) === (b.slug === null)
  return {
    ...a,
    native: a.native ?? b.native,
    slug: best.slug ?? rest.slug,
    name: isSameName(best.name, rest.name) ? plainer(best.name, rest.name) : (best.name ?? rest.name),
    url: best.url ?? rest.url,
    first_seen_at: earlier(a.first_seen_at, b.first_seen_at),
    last_seen_at: tellsAsMuch ? later(a.last_seen_at, b.last_seen_at) : best.last_seen_at,
  }
}

export const isSameName = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && typed(a) === typed(b))

const plainer = (a: string | null, b: string | null): string | null =>
  better(a, b, name => [name !== null && name === typed(name), name])
