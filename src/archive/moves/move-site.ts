import type { Attachment, Instant, Link } from '../../model/discussion.js'
import { afterMoves, restBelow, type SiteMove, siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { OPTIONS, storedJson, TASK } from '../schema/stored-json.js'
import { frontierKey } from '../sync/frontier-key.js'
import { contentHash } from '../text/content-hash.js'
import { withStrings } from './site-moves.js'

/** The run that moves a site, for the event. */
export interface MoveLog {
  run: number
  at: Instant
}

/**
 * Gives a site another address: the site itself, its groups, members, posts, links, targets and open requests. Rows keep their ids, and
 * captures keep the addresses from which they came. Call it inside a transaction. `log`: absent for the temporary copy of an archive.
 * Does nothing if the archive does not have the site.
 */
export function moveSite(sql: Statements, move: SiteMove, log?: MoveLog): void {
  const site = sql.one<number>('SELECT id FROM main.sites WHERE key = ?', siteKey(move.from))
  if (site === undefined) return
  const others = sql.rows<{ url: string }>('SELECT url FROM main.sites WHERE id <> ?', site).map(({ url }) => url)
  const change = afterMoves([move], others)
  dropEmptySite(sql, move.to)
  const linking = linkingTo(sql, site, move.to)
  moveRows(sql, site, change)
  sql.update('main.sites', site, { key: siteKey(move.to), url: move.to })
  for (const post of linking) hashAgain(sql, post, move.to)
  for (const { id, url } of targetsOf(sql, change)) moveTarget(sql, id, url, change)
  if (log)
    sql.insert('events', {
      at: log.at,
      kind: 'moved',
      field: 'site',
      before: move.from,
      after: move.to,
      run_id: log.run,
    })
}

/** A page of the new address may have been seen before, without a post or a group. */
function dropEmptySite(sql: Statements, url: string): void {
  const site = sql.one<number>('SELECT id FROM main.sites WHERE key = ?', siteKey(url))
  if (site === undefined) return
  sql.run('DELETE FROM main.events WHERE member_id IN (SELECT id FROM main.members WHERE site_id = ?)', site)
  sql.run('DELETE FROM main.members WHERE site_id = ?', site)
  sql.run('DELETE FROM main.sites WHERE id = ?', site)
}

/** Targets of the site. `change`: gives an address of the site its new form. */
export const targetsOf = (sql: Statements, change: (url: string) => string): { id: number; url: string }[] =>
  sql
    .rows<{ id: number; url: string }>('SELECT id, url FROM main.targets ORDER BY id')
    .filter(one => change(one.url) !== one.url)

/** The URL columns of the rows of a site, except for captures. */
const COLUMNS = {
  groups: { of: 'site_id = ?', columns: ['url'] },
  members: { of: 'site_id = ?', columns: ['url', 'avatar_url'] },
  posts: { of: 'site_id = ?', columns: ['url'] },
  links: { of: 'post_id IN (SELECT id FROM main.posts WHERE site_id = ?)', columns: ['url'] },
  attachments: { of: 'post_id IN (SELECT id FROM main.posts WHERE site_id = ?)', columns: ['url'] },
}

function moveRows(sql: Statements, site: number, change: (url: string) => string): void {
  sql.db.function('moved_url', url => (typeof url === 'string' ? change(url) : url))
  for (const [table, { of, columns }] of Object.entries(COLUMNS))
    for (const column of columns)
      sql.run(
        `UPDATE main.${table} SET ${column} = moved_url(${column}) WHERE ${of} AND ${column} IS NOT moved_url(${column})`,
        site,
      )
  sql.run(MOVE_FILES, site, site)
}

/** An address that is taken stays: the file is known under both. */
const MOVE_FILES = `UPDATE OR IGNORE main.media SET url = moved_url(url) WHERE url IS NOT moved_url(url) AND id IN (
  SELECT media_id FROM main.media_uses WHERE post_id IN (SELECT id FROM main.posts WHERE site_id = ?)
    OR member_id IN (SELECT id FROM main.members WHERE site_id = ?))`

/** Posts from before the move with a link or an attachment at the new address: it now leads to the site itself, which a content hash leaves out. */
function linkingTo(sql: Statements, site: number, url: string): Set<number> {
  const key = siteKey(url)
  const rows = ['links', 'attachments'].flatMap(table =>
    sql.rows<{ id: number; url: string }>(
      `SELECT post_id AS id, url FROM main.${table} WHERE instr(url, ?) > 0 AND post_id IN (SELECT id FROM main.posts WHERE site_id = ?)`,
      key.slice(0, -1),
      site,
    ),
  )
  return new Set(rows.filter(row => restBelow(row.url, url) !== null).map(({ id }) => id))
}

function hashAgain(sql: Statements, id: number, url: string): void {
  const post = sql.row<{ text: string; heading: string | null }>(
    'SELECT text, heading FROM main.posts WHERE id = ?',
    id,
  )
  const links = sql.rows<Link>('SELECT kind, url, text FROM main.links WHERE post_id = ? ORDER BY id', id)
  const attachments = sql.rows<Attachment>(
    'SELECT kind, url, name FROM main.attachments WHERE post_id = ? ORDER BY id',
    id,
  )
  if (post) sql.update('main.posts', id, { content_hash: contentHash({ ...post, links, attachments }, url) })
}

/** A target that has the new address already gives way: only this one was read. */
function moveTarget(sql: Statements, target: number, url: string, change: (url: string) => string): void {
  const other = sql.one<number>('SELECT id FROM main.targets WHERE url = ?', change(url))
  if (other !== undefined) {
    sql.run('DELETE FROM main.frontier WHERE target_id = ?', other)
    sql.run('DELETE FROM main.targets WHERE id = ?', other)
  }
  sql.update('main.targets', target, { url: change(url) })
  moveLeftOut(sql, target, change)
  for (const { id, task: json } of sql.rows<{ id: number; task: string }>(TASKS, target)) {
    const task = withStrings(storedJson(TASK, json, 'frontier.task'), () => true, change)
    sql.update('main.frontier', id, { key: frontierKey(task), task: JSON.stringify(task) })
  }
}

/** The groups that the user took off the target. */
function moveLeftOut(sql: Statements, target: number, change: (url: string) => string): void {
  const json = sql.one<string>('SELECT options FROM main.targets WHERE id = ?', target) ?? '{}'
  const { without, ...options } = storedJson(OPTIONS, json, 'targets.options')
  if (without)
    sql.update('main.targets', target, { options: JSON.stringify({ ...options, without: without.map(change) }) })
}

const TASKS = 'SELECT id, task FROM main.frontier WHERE target_id = ?'
