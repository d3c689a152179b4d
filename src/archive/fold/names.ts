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
  /** When a reading last showed both name and slug; null: none did. */
  named_at: Instant | null
}

/**
 * The name that was seen later wins. Names are taken together, from a reading that showed both name and slug; a missing one never wins. Names
 * that differ only in what WordPress makes of typed quotes and dashes are the same.
 */
export function foldNames<Row extends NamedRow>(a: Row, b: Row): Row {
  const best = better(a, b, byName)
  const rest = best === a ? b : a
  return {
    ...a,
    native: a.native ?? b.native,
    slug: best.slug ?? rest.slug,
    name: isSameName(best.name, rest.name) ? plainer(best.name, rest.name) : (best.name ?? rest.name),
    url: best.url ?? rest.url,
    first_seen_at: earlier(a.first_seen_at, b.first_seen_at),
    last_seen_at: later(a.last_seen_at, b.last_seen_at),
    named_at: best.named_at,
  }
}

/** What a reading shows of a group besides its names. */
interface GroupDetails {
  status: 'public' | 'private' | 'hidden' | null
  description: string | null
  /** When a reading last showed one of both; null: none did. */
  described_at: Instant | null
}

export const detailsOf = ({ status, description, described_at }: GroupDetails): GroupDetails => ({
  ...{ status, description, described_at },
})

/** Status and description are those that were seen later; a missing one never wins. */
export function foldDetails(a: GroupDetails, b: GroupDetails): GroupDetails {
  const best = better(a, b, row => [row.described_at, row.status, row.description])
  const rest = best === a ? b : a
  return {
    status: best.status ?? rest.status,
    description: best.description ?? rest.description,
    described_at: best.described_at,
  }
}

const byName = ({ named_at, name, slug, url }: NamedRow) => [
  ...[named_at, name !== null, slug !== null, slug],
  // Both forms of one name must lose against, or beat, a third name together.
  ...[name && untexturize(name), name, url],
]

export const isSameName = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && untexturize(a) === untexturize(b))

const plainer = (a: string | null, b: string | null): string | null =>
  better(a, b, name => [name !== null && isTyped(name), name])

/** What WordPress' `wptexturize` makes of typed characters: curled quotes, long dashes, ellipses, signs of multiplication. */
const CURLED = /[“”„″‘’‚′–—…×™]/

const isTyped = (name: string): boolean => !CURLED.test(name)

/** One form of a name, for comparisons: as it was typed, with one mark where people type two or three for one. */
const untexturize = (name: string): string =>
  name
    .replace(/[“”„″]|``|''/g, '"')
    .replace(/[‘’‚′]/g, "'")
    .replace(/-{2,3}|[–—]/g, '-')
    .replaceAll('…', '...')
    .replace(/(?<=\d)×(?=\d)/g, 'x')
    .replace(/ ?(?:™|\(tm\))/gi, ' (tm)')

/**
 * The name to keep of a stored and a newly read one. Some views print names with curly quotes and long dashes (`wptexturize`, in
 * BuddyBoss' sentences), others print them as typed: both are the same name, and the typed form is kept.
 */
export const preferPlain = (kept: string | null, seen: string | null): string | null =>
  kept !== null && seen !== null && isSameName(kept, seen) && isTyped(kept) ? kept : seen
