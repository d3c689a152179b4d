import { UsageError } from '../../model/errors.js'
import type { SiteRename } from '../../model/reports/targets.js'
import { afterMoves, isAddress, moveShownBy, restBelow, type SiteMove, siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { targetsOf } from './move-site.js'

/** Base URL of the site of the archive that holds this URL; null: none does. */
export function siteOfUrl(sql: Statements, url: string): string | null {
  const sites = sql.rows<{ url: string }>('SELECT url FROM main.sites ORDER BY length(key) DESC')
  return sites.find(site => restBelow(url, site.url) !== null)?.url ?? null
}

/**
 * The site that moves if one address is renamed to another: both are the same page, below two bases. Null: no site moves, because the
 * archive holds none at the old address, or both addresses are of one site, such as the front page and the directory of groups.
 * @throws UsageError if the archive holds both sites, or the pages differ.
 */
export function planSiteRename(sql: Statements, from: string, to: string): SiteRename | null {
  const site = isAddress(from) ? siteOfUrl(sql, from) : null
  if (site === null || !isAddress(to)) return null
  const move = moveShownBy(from, to, site)
  if (restBelow(to, site) !== null && (move === null || holdsBelow(sql, move.to))) return null
  if (move) return siteRename(sql, move)
  throw new UsageError(
    `${from} and ${to} are not the same page at two addresses.`,
    `Give the address of the same page before and after the move, such as the front pages: threadkeep targets rename ${site} ${new URL('/', to).href}`,
  )
}

/** A site may move into a sub-directory of its own. A folder that holds pages of the site is none. */
const holdsBelow = (sql: Statements, folder: string): boolean =>
  ['groups', 'members', 'posts'].some(
    table => sql.one(`SELECT 1 FROM main.${table} WHERE instr(url, ?) > 0 LIMIT 1`, siteKey(folder)) !== undefined,
  )

/** @throws UsageError if the archive holds both sites: then they may be two communities. */
export function siteRename(sql: Statements, move: SiteMove): SiteRename {
  const [id, other] = [move.from, move.to].map(url =>
    sql.one<number>('SELECT id FROM main.sites WHERE key = ?', siteKey(url)),
  )
  const count = (table: string, site: number | undefined) =>
    sql.one<number>(`SELECT count(*) FROM main.${table} WHERE site_id = ?`, site) ?? 0
  const [groups, members, posts] = ['groups', 'members', 'posts'].map(table => count(table, id)) as [
    number,
    number,
    number,
  ]
  if (other !== undefined && count('posts', other) + count('groups', other) > 0)
    throw bothHeld(move, posts, count('posts', other))
  const others = sql.rows<{ url: string }>('SELECT url FROM main.sites WHERE id IS NOT ?', id).map(({ url }) => url)
  const change = afterMoves([move], others)
  return {
    kind: 'site',
    ...move,
    groups,
    posts,
    members,
    targets: targetsOf(sql, change).map(({ url }) => ({ from: url, to: change(url) })),
  }
}

const bothHeld = ({ from, to }: SiteMove, posts: number, others: number): UsageError =>
  new UsageError(
    `The archive holds ${from} (${posts} posts) and ${to} (${others} posts), each with its own rows, so the first cannot become the second.`,
    'If they are one community, take a backup of this file from before the new address was archived, rename the site there, and sync it. Otherwise keep them as they are.',
  )
