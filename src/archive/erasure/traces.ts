import type { Statements } from '../database/statements.js'
import type { Marks } from './name-marks.js'
import { containsName, mayContainNameSql, redactNames } from './name-search.js'

/** A row whose columns name somebody. */
export interface Trace {
  table: string
  row: number
}

/** Columns that hold addresses and logs. Texts of posts are others' words, and are none of these. */
const TRACE_COLUMNS: Record<string, readonly string[]> = {
  captures: ['url', 'form', 'referer', 'site_url', 'final_url', 'headers', 'asked'],
  frontier: ['key', 'task', 'reason'],
  runs: ['command', 'report'],
  posts: ['url'],
  groups: ['url'],
}

/** What stands in the place of a name, also in an address. */
export const REPLACEMENT = 'forgotten-member'

/** `since`: only rows with a higher number, by table. */
export function tracesOf(sql: Statements, names: Marks, since: Record<string, number> = {}) {
  const targets = [...tracesIn(sql, 'targets', ['url'], names, 0)].map(({ row }) => row)
  const others = Object.entries(TRACE_COLUMNS).flatMap(([table, columns]) => [
    ...tracesIn(sql, table, columns, names, since[table] ?? 0),
  ])
  return { targets, others }
}

function* tracesIn(
  sql: Statements,
  table: string,
  columns: readonly string[],
  names: Marks,
  since: number,
): Generator<Trace> {
  const text = columns.map(column => `COALESCE(${column}, '')`).join(" || ' ' || ")
  const may = mayContainNameSql(text, names)
  const query = `SELECT id AS row, ${text} AS text FROM ${table} WHERE id > ? AND ${may.sql} ORDER BY id LIMIT 1000`
  const page = (after: number) => sql.rows<{ row: number; text: string }>(query, after, ...may.values)
  for (let list = page(since); list.length > 0; list = page(list.at(-1)?.row ?? 0))
    for (const { row, text } of list) if (containsName(text, names)) yield { table, row }
}

/** Takes the names out. What only waits to be asked is not asked any more. */
export function eraseTraces(sql: Statements, { targets, others }: ReturnType<typeof tracesOf>, names: Marks): void {
  for (const target of targets) {
    sql.run('DELETE FROM frontier WHERE target_id = ?', target)
    sql.run('DELETE FROM targets WHERE id = ?', target)
  }
  for (const { table, row } of others) {
    if (table === 'frontier') sql.run("DELETE FROM frontier WHERE id = ? AND state = 'pending'", row)
    eraseTrace(sql, table, row, names)
  }
}

function eraseTrace(sql: Statements, table: string, row: number, names: Marks): void {
  if (table === 'posts') {
    sql.update('posts', row, { url: urlWithoutAuthor(sql, row) })
    return
  }
  const columns = TRACE_COLUMNS[table] ?? []
  const kept = sql.row<Record<string, string | null>>(`SELECT ${columns.join(', ')} FROM ${table} WHERE id = ?`, row)
  if (!kept) return
  const bare = Object.fromEntries(
    Object.entries(kept).map(([column, text]) => [
      column,
      text === null ? null : redactNames(text, names, REPLACEMENT),
    ]),
  )
  // Two questions may have become one.
  if (table === 'frontier') bare['key'] = `${bare['key']} ${row}`
  sql.update(table, row, bare)
}

interface PostAddress {
  site: number
  url: string
  id: string
  thread: string
}

const POST_ADDRESS = `SELECT posts.site_id AS site, sites.url, posts.activity_id AS id, root.activity_id AS thread FROM posts
  JOIN sites ON sites.id = posts.site_id JOIN posts AS root ON root.id = posts.thread_id WHERE posts.id = ?`

const urlWithoutAuthor = (sql: Statements, post: number): string =>
  permalinkOf(sql, sql.row<PostAddress>(POST_ADDRESS, post) as PostAddress)

/** A thread's address without its author, in the site's own way: that is where a sync looks for it. */
export function permalinkOf(sql: Statements, { site, url, id, thread }: PostAddress): string {
  const known = sql.one<string>(
    "SELECT url FROM posts WHERE site_id = ? AND url LIKE '%/p/' || activity_id || '/' LIMIT 1",
    site,
  )
  const base = known === undefined ? `${url}activity/p/` : known.replace(/\d+\/$/, '')
  return `${base}${thread}/${id === thread ? '' : `#acomment-${id}`}`
}
