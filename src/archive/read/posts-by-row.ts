import type { EarlierVersion, StoredAuthor, StoredPost } from '../../model/archive.js'
import type { Attachment, Instant, Link } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import {
  MEMBER_COLUMNS,
  POSTS,
  type PostCells,
  type PostDetails,
  type PostRow,
  postRow,
  storedAuthor,
  storedPost,
} from './rows.js'

/** The posts in these rows, in this order, with attachments, links and readers. */
export function storedPosts(sql: Statements, rows: readonly number[]): StoredPost[] {
  const ids = JSON.stringify(rows)
  const details = detailsOf(sql, ids)
  // One object for each member, not for each post.
  const authors = new Map<number | null, StoredAuthor | null>()
  const posts = new Map<number, StoredPost>()
  for (const cells of sql.cells<PostCells>(POSTS, ids)) {
    const row = postRow(cells)
    const author = authors.get(row.member_row) ?? storedAuthor(row)
    authors.set(row.member_row, author)
    posts.set(row.id, storedPost(row, author, details.get(row.id)))
  }
  return rows.map(row => posts.get(row) as StoredPost)
}

function detailsOf(sql: Statements, ids: string): Map<number, PostDetails> {
  const details = new Map<number, PostDetails>()
  const of = (id: number): PostDetails => {
    const found = details.get(id) ?? { attachments: [], links: [] }
    details.set(id, found)
    return found
  }
  for (const { post_id, ...attachment } of sql.rows<OfPost<Attachment>>(ATTACHMENTS, ids))
    of(post_id).attachments.push(attachment)
  for (const { post_id, ...link } of sql.rows<OfPost<Link>>(LINKS, ids)) of(post_id).links.push(link)
  const sightings = wasMerged(sql) ? sql.rows<OfPost<{ reader: string }>>(SIGHTINGS, ids) : []
  for (const { post_id, reader } of sightings) {
    const post = of(post_id)
    post.seenBy = [...(post.seenBy ?? []), reader]
  }
  return details
}

type OfPost<Detail> = Detail & { post_id: number }

const OF_POSTS = 'WHERE post_id IN (SELECT value FROM json_each(?))'

const ATTACHMENTS = `SELECT post_id, kind, url, name FROM attachments ${OF_POSTS} ORDER BY id`

const LINKS = `SELECT post_id, kind, url, text FROM links ${OF_POSTS} ORDER BY id`

const SIGHTINGS = `SELECT post_id, reader FROM sightings ${OF_POSTS} ORDER BY post_id, reader`

/** Readers are shown after a merge only: other archives usually have one reader. */
const wasMerged = (sql: Statements): boolean => sql.one<number>('SELECT count(*) FROM archives') !== 0

type VersionRow = Pick<PostRow, 'heading' | 'html' | 'text' | 'member_row' | 'member_native' | 'member_slug'> &
  Pick<PostRow, 'member_name' | 'member_url' | 'first_seen_at'> & { replaced_at: Instant }

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
