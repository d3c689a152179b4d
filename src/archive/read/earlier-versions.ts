import type { EarlierVersion } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { MEMBER_COLUMNS, type MemberColumns, storedAuthor } from './rows.js'

interface VersionRow extends MemberColumns {
  heading: string | null
  html: string
  text: string
  first_seen_at: Instant
  replaced_at: Instant
}

const VERSIONS = `SELECT revisions.heading, revisions.html, revisions.text, revisions.replaced_at, posts.first_seen_at, ${MEMBER_COLUMNS}
  FROM posts JOIN sites ON sites.id = posts.site_id JOIN revisions ON revisions.post_id = posts.id
  LEFT JOIN members ON members.id = revisions.member_id
  WHERE sites.url = ? AND posts.site_post_id = ? ORDER BY revisions.id`

/** The versions of a post before the present one, oldest first. `site`: base URL; `post`: the site's own id. */
export function earlierVersions(sql: Statements, site: string, post: string): EarlierVersion[] {
  // After a merge, row ids are no longer in order of time.
  const rows = sql.rows<VersionRow>(VERSIONS, site, post)
  rows.sort((a, b) => Date.parse(a.replaced_at) - Date.parse(b.replaced_at))
  return rows.map((row, at) => ({
    ...{ heading: row.heading, html: row.html, text: row.text, author: storedAuthor(row) },
    since: rows[at - 1]?.replaced_at ?? row.first_seen_at,
    until: row.replaced_at,
  }))
}
