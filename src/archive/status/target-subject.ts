import { activityIdOf, addressKey, ancestors, isActivityTab, segments } from '../../model/addresses.js'
import { forumId, forumPostIn, isForumUrl } from '../../model/forum/posts.js'
import type { TargetStatus } from '../../model/reports/archive-status.js'
import { isAddress, restBelow } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { recordedMoves } from '../moves/site-moves.js'
import { TOPIC_AT, topicAddress } from '../query/mirrors.js'

type Subject = Pick<TargetStatus, 'kind' | 'name'>

/** What a URL turned out to be. */
interface Located {
  kind: NonNullable<Subject['kind']>
  name: string | null
  /** Row id of the site, group, member or opening post; a forum: of its group, null if it is of the site. */
  row: number | null
  /** Row id of the site. */
  site: number
}

/** What the page of a target turned out to be, by what the archive holds. */
export function subjectOf(sql: Statements, url: string): Subject {
  const { kind, name } = locate(sql, url) ?? { kind: null, name: null }
  return { kind, name }
}

/** The same with row ids; null: the archive knows no such site. */
export function locate(sql: Statements, url: string): Located | null {
  const site = isAddress(url) ? siteOf(sql, url) : undefined
  if (!site) return null
  const found: Found = threadAt(sql, site.id, url) ??
    topicAt(sql, site.id, url) ??
    groupAt(sql, site.id, url) ??
    memberAt(sql, site.id, url) ??
    forumAt(sql, site.id, url) ?? { kind: 'site', name: site.name, row: site.id }
  return { ...found, site: site.id }
}

type Found = Omit<Located, 'site'>

/** The last move of the site of this target. */
export function lastMoveOf(sql: Statements, url: string): TargetStatus['moved'] {
  const move = recordedMoves(sql).findLast(({ to }) => isAddress(url) && restBelow(url, to) !== null)
  return move ? { from: move.from, at: move.at } : null
}

interface SiteRow {
  id: number
  url: string
  name: string | null
}

const siteOf = (sql: Statements, url: string): SiteRow | undefined =>
  sql
    .rows<SiteRow>('SELECT id, url, name FROM sites ORDER BY length(key) DESC')
    .find(site => restBelow(url, site.url) !== null)

interface NamedRow {
  row: number
  name: string | null
}

function threadAt(sql: Statements, site: number, url: string): Found | null {
  const id = activityIdOf(url)
  const row = sql.row<NamedRow>(
    'SELECT id AS row, title AS name FROM posts WHERE site_id = ? AND site_post_id = ? AND id = thread_id',
    site,
    id,
  )
  return id !== null && row ? { kind: 'thread', ...row } : null
}

/** A topic of a forum, or one of its replies. */
function topicAt(sql: Statements, site: number, url: string): Found | null {
  const number = forumPostIn(url)
  const sqlText = `SELECT root.id AS row, root.title AS name FROM posts JOIN posts AS root ON root.id = posts.thread_id
    WHERE posts.site_id = ? AND ${number === null ? TOPIC_AT : 'posts.site_post_id = ?'}`
  const row = sql.row<NamedRow>(sqlText, site, number === null ? topicAddress(url) : forumId(number))
  return row ? { kind: 'thread', ...row } : null
}

/** The forum of a group, or of the site. */
function forumAt(sql: Statements, site: number, url: string): Found | null {
  if (!isForumUrl(url) && !segments(url).some(part => /^forums?$/.test(part))) return null
  const home = ancestors(url).at(-2)
  const group = home === undefined ? null : groupAt(sql, site, home)
  return { kind: 'forum', name: group?.name ?? null, row: group?.row ?? null }
}

function groupAt(sql: Statements, site: number, url: string): Found | null {
  const row = sql.row<NamedRow>(
    'SELECT id AS row, name FROM groups WHERE site_id = ? AND address_key(url) = ?',
    site,
    addressKey(url),
  )
  return row ? { kind: 'group', ...row } : null
}

/** A member is read by the stream: `/members/anna/activity/`. */
function memberAt(sql: Statements, site: number, url: string): Found | null {
  const own = isActivityTab(url) ? ancestors(url).at(-2) : url
  const sqlText = 'SELECT id AS row, name FROM members WHERE site_id = ? AND url IS NOT NULL AND address_key(url) = ?'
  const row = own === undefined ? undefined : sql.row<NamedRow>(sqlText, site, addressKey(own))
  return row ? { kind: 'member', ...row } : null
}
