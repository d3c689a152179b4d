import { ERASED } from '../../model/people/known-person.js'
import { nextKey } from '../database/key-order.js'
import type { Statements } from '../database/statements.js'
import type { Marks } from './name-marks.js'
import { containsName, mayContainNameSql, redactNames } from './name-search.js'

/** A row with a URL or log that names an erased member. */
interface Trace {
  table: string
  row: number
}

/** Columns with URLs and logs. Texts of posts are not among them: those are the words of other authors. */
export const TRACE_COLUMNS: Record<string, readonly string[]> = {
  captures: ['url', 'form', 'referer', 'site_url', 'final_url', 'headers', 'purpose'],
  frontier: ['key', 'task', 'reason'],
  runs: ['command', 'report'],
  posts: ['url'],
  groups: ['url'],
}

/** `since`: only rows with a higher id, by table. */
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
  let after = since
  for (let list = page(after); list.length > 0; list = page(after)) {
    after = nextKey(after, list.at(-1)?.row)
    for (const { row, text } of list) if (containsName(text, names)) yield { table, row }
  }
}

/** Removes the names, the targets that name a member, and pending tasks with such URLs. */
export function eraseTraces(sql: Statements, { targets, others }: ReturnType<typeof tracesOf>, names: Marks): void {
  for (const target of targets) {
    sql.run('DELETE FROM frontier WHERE target_id = ?', target)
    sql.run('DELETE FROM targets WHERE id = ?', target)
  }
  for (const { table, row } of others) {
    if (table === 'frontier') sql.run("DELETE FROM frontier WHERE id = ? AND state IN ('pending', 'past')", row)
    eraseTrace(sql, table, row, names)
  }
}

function eraseTrace(sql: Statements, table: string, row: number, names: Marks): void {
  if (table === 'posts') {
    sql.update('posts', row, { url: urlWithoutAuthor(sql, row) })
    return
  }
  const columns = TRACE_COLUMNS[table] ?? []
  const texts = sql.row<Record<string, string | null>>(`SELECT ${columns.join(', ')} FROM ${table} WHERE id = ?`, row)
  if (!texts) return
  const redacted = Object.fromEntries(
    Object.entries(texts).map(([column, text]) => [column, text === null ? null : redactNames(text, names, ERASED)]),
  )
  // Keys are unique, and two tasks may have the same key without the names.
  if (table === 'frontier') redacted['key'] = `${redacted['key']} ${row}`
  sql.update(table, row, redacted)
}

interface PostAddress {
  site: number
  url: string
  id: string
  thread: string
}

const POST_ADDRESS = `SELECT posts.site_id AS site, sites.url, posts.site_post_id AS id, root.site_post_id AS thread FROM posts
  JOIN sites ON sites.id = posts.site_id JOIN posts AS root ON root.id = posts.thread_id WHERE posts.id = ?`

const urlWithoutAuthor = (sql: Statements, post: number): string =>
  permalinkOf(sql, sql.row<PostAddress>(POST_ADDRESS, post) as PostAddress)

/** A thread's URL without its author, in the form that the site uses: a sync requests it. */
export function permalinkOf(sql: Statements, { site, url, id, thread }: PostAddress): string {
  const known = sql.one<string>(
    "SELECT url FROM posts WHERE site_id = ? AND url LIKE '%/p/' || site_post_id || '/' LIMIT 1",
    site,
  )
  const base = known === undefined ? `${url}activity/p/` : known.replace(/\d+\/$/, '')
  return `${base}${thread}/${id === thread ? '' : `#acomment-${id}`}`
}
