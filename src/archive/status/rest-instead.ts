import { activityIdOf } from '../../model/addresses.js'
import { isDirectoryUrl } from '../../model/directories.js'
import type { Goal } from '../../model/task.js'
import { siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { siteOfUrl } from '../moves/plan-rename.js'
import { locate } from './target-subject.js'

/** What REST can read in place of a page, and a request for posts that the REST of the site has answered. */
export interface RestInstead {
  goal: Goal
  /** Base URL of the site. */
  site: string
  /** URL of the request. */
  answered: string
}

/** By what the archive holds; null: it does not know this page, or has nothing from the REST of its site. */
export function restInstead(sql: Statements, url: string): RestInstead | null {
  const site = siteOfUrl(sql, url)
  const goal = site === null ? null : goalAt(sql, url, site)
  if (site === null || !goal) return null
  for (const row of sql.each<{ url: string }>(ANSWERED))
    if (siteOfUrl(sql, row.url) === site) return { goal, site, answered: row.url }
  return null
}

/** An address of which nothing is known must not lead to the whole site. */
function goalAt(sql: Statements, home: string, site: string): Goal | null {
  const thread = activityIdOf(home)
  if (thread !== null) return { kind: 'thread', home, id: thread }
  const found = locate(sql, home)
  if (found?.kind === 'group') return groupGoal(sql, home, found.row)
  const isSite = siteKey(home) === siteKey(site) || isDirectoryUrl(home, site)
  return found?.kind === 'site' && isSite ? { kind: 'site', home } : null
}

const groupGoal = (sql: Statements, home: string, row: number | null): Goal | null => {
  const group = sql.row<{ slug: string; id: string | null }>(
    'SELECT slug, site_group_id AS id FROM groups WHERE id = ?',
    row,
  )
  return group ? { kind: 'group', home, ...group } : null
}

/** Only lists of posts by REST say how replies are shown. */
const ANSWERED = "SELECT url FROM captures WHERE url LIKE '%display_comments=%' AND wall IS NULL ORDER BY id DESC"
