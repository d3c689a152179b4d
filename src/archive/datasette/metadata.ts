import type { ArchiveMetadata, TableMetadata } from '../../model/reports/datasette.js'
import type { Statements } from '../database/statements.js'
import type { Table } from '../schema/describe.js'
import { TABLES, VIEWS } from '../schema/tables/index.js'

const SEARCH = 'posts_fts'

/** Common queries. Datasette stops queries after one second, so these read indexes only, or few rows. */
const QUERIES: ArchiveMetadata['queries'] = {
  months: {
    title: 'Posts by month; for dates that are intervals, by the start of the interval',
    sql: `SELECT substr(posted_from, 1, 7) AS month, count(*) AS posts FROM posts
WHERE posted_from IS NOT NULL AND status <> 'unread' GROUP BY month ORDER BY month`,
  },
  people: {
    title: 'People by number of posts',
    sql: `SELECT members.name, members.slug, counted.posts
FROM (SELECT member_id, count(*) AS posts FROM posts WHERE member_id IS NOT NULL GROUP BY member_id) AS counted
JOIN members ON members.id = counted.member_id ORDER BY counted.posts DESC, members.id`,
  },
  gone: {
    title: 'Posts that are gone from the site',
    sql: `SELECT posts.id, posts.gone_at, posts.gone_reason, members.name AS author, posts.text, posts.url
FROM posts LEFT JOIN members ON members.id = posts.member_id WHERE posts.status <> 'live' AND posts.status = 'gone' ORDER BY posts.gone_at DESC`,
  },
  edited: {
    title: 'Edited posts: each earlier text with its author and date, next to the present one',
    sql: `SELECT posts.id, revisions.replaced_at, members.name AS author, revisions.posted_from, revisions.text AS earlier, posts.text AS present, posts.url
FROM revisions JOIN posts ON posts.id = revisions.post_id LEFT JOIN members ON members.id = revisions.member_id ORDER BY revisions.replaced_at DESC`,
  },
}

/** Metadata for the tables and views of an archive. Tables that other programs have added are left out. */
export function metadataOf(sql: Statements): ArchiveMetadata {
  const names = sql.rows<{ name: string }>("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
  const HIDDEN: TableMetadata = { hidden: true }
  const ofSearch = names.map(({ name }) => name).filter(name => name === SEARCH || name.startsWith(`${SEARCH}_`))
  const tables = Object.fromEntries([
    ...[...VIEWS, ...TABLES].map(table => [table.name, table.hidden ? HIDDEN : tableMetadata(table)] as const),
    ...ofSearch.map(name => [name, HIDDEN] as const),
  ])
  const sites = sql.rows<{ name: string }>('SELECT COALESCE(name, url) AS name FROM sites ORDER BY id')
  return { sites: sites.map(({ name }) => name), tables, queries: QUERIES }
}

const tableMetadata = ({ about, label, newestBy, facets, searchBy, columns }: Table): TableMetadata => ({
  description: about,
  columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.about])),
  ...(label && { label_column: label }),
  ...(newestBy && { sort_desc: newestBy }),
  ...(facets && { facets: [...facets] }),
  ...(searchBy && { fts_table: SEARCH, fts_pk: searchBy }),
})
