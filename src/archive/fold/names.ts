import type { Instant } from '../../model/discussion.js'
import { better, earlier, later } from './precedence.js'

/** Names of a group or member. `native` is the site's own id. */
export interface NamedRow {
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
 * The name that was seen later wins; a missing name never does. Names that differ only in curled quotes are the same. If only one
 * row has a name, `last_seen_at` is its time: the other row was not seen under that name.
 */
export function mergedNames<Row extends NamedRow>(a: Row, b: Row): Row {
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
  a === b || (a !== null && b !== null && untexturize(a) === untexturize(b))

const plainer = (a: string | null, b: string | null): string | null =>
  better(a, b, name => [name !== null && name === untexturize(name), name])

/** Reverts the curly quotes, long dashes and ellipses of WordPress' `wptexturize`. */
export const untexturize = (name: string): string =>
  name
    .replace(/[“”„″]/g, '"')
    .replace(/[‘’‚′]/g, "'")
    .replace(/[–—]/g, '-')
    .replaceAll('…', '...')

/**
 * The name to keep of a stored and a newly read one. Some views print names with curly quotes and long dashes (`wptexturize`, in
 * BuddyBoss' sentences), others print them as typed: both are the same name, and the typed form is kept.
 */
export const preferPlain = (kept: string | null, seen: string | null): string | null =>
  kept !== null && seen !== null && isSameName(kept, seen) && kept === untexturize(kept) ? kept : seen
