import type { ArchiveMetadata, TableMetadata } from '../../model/reports/datasette.js'
import type { Statements } from '../database/statements.js'
import { DESCRIPTIONS, HIDDEN, type TableDescription } from './descriptions.js'

const SEARCH = 'posts_fts'

/** Common queries. Datasette stops queries after one second, so these read indexes only, or few rows. */
const QUERIES: ArchiveMetadata['queries'] = {
  months: {
    title: 'Posts by month; for dates that are intervals, by the start of the interval',
    sql: `SELECT substr(posted_from, 1, 7) AS month, count(*) AS posts FROM posts
WHERE posted_from IS NOT NULL GROUP BY month ORDER BY month`,
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
    title: 'Edited posts: each earlier text next to the present one',
    sql: `SELECT posts.id, revisions.replaced_at, members.name AS author, revisions.text AS earlier, posts.text AS present, posts.url
FROM revisions JOIN posts ON posts.id = revisions.post_id LEFT JOIN members ON members.id = posts.member_id ORDER BY revisions.replaced_at DESC`,
  },
}

/**
 * Metadata for the tables and columns that this archive has: older archives have fewer. Tables added by other programs are left out.
 */
export function metadataOf(sql: Statements): ArchiveMetadata {
  const names = sql
    .rows<{ name: string }>("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
    .map(({ name }) => name)
  const isHidden = (name: string) => HIDDEN.includes(name) || name === SEARCH || name.startsWith(`${SEARCH}_`)
  const tables: Record<string, TableMetadata> = {}
  for (const [name, description] of Object.entries(DESCRIPTIONS))
    if (names.includes(name)) tables[name] = tableMetadata(description, columnsOf(name, sql))
  for (const name of names.filter(isHidden)) tables[name] = { hidden: true }
  const sites = sql.rows<{ name: string }>('SELECT COALESCE(name, url) AS name FROM sites ORDER BY id')
  return { sites: sites.map(({ name }) => name), tables, queries: QUERIES }
}

const columnsOf = (table: string, sql: Statements): Set<string> =>
  new Set(sql.rows<{ name: string }>('SELECT name FROM pragma_table_info(?, ?)', table, 'main').map(({ name }) => name))

function tableMetadata(
  { description, label, newestBy, facets, searchBy, columns }: TableDescription,
  existing: Set<string>,
): TableMetadata {
  const table: TableMetadata = {
    description,
    columns: Object.fromEntries(Object.entries(columns).filter(([column]) => existing.has(column))),
  }
  if (label) table.label_column = label
  if (newestBy) table.sort_desc = newestBy
  if (facets) table.facets = [...facets]
  if (searchBy) Object.assign(table, { fts_table: SEARCH, fts_pk: searchBy })
  return table
}
