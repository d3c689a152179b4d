import type { Has, Query, State, Words } from '../../model/query/query.js'
import { holdsUnspaced } from '../schema/v1.js'
import { mayHoldUnspaced } from '../schema/v8-unspaced.js'
import { isSymbol, isUnspaced, splitOnSpace } from '../text/literal-match.js'
import { groupsNamed, membersNamed, type Where } from './name-lookup.js'

/**
 * FROM and WHERE of one part of the results of a query. The parts of a query are disjoint: no post is in two of them.
 * User input becomes bound values only, and quoted strings within an FTS5 expression.
 */
export interface Subquery extends Where {
  /** True if the part uses the full-text index, so that `bm25` can rank it. */
  isRanked: boolean
  id: 'posts.id' | 'posts_fts.rowid'
}

const ALL_TEXT = "(COALESCE(posts.heading || char(10), '') || posts.text)"
/** The conditions of the index since schema 8 and of the one before, which an archive has that is only read. They mean the same. */
const UNSPACED_ROWS = [mayHoldUnspaced, holdsUnspaced]
  .map(holds => `(${holds('posts.text')} OR ${holds('posts.heading')})`)
  .join(' AND ')
const IN_INDEX = 'SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?'

/** The full-text index finds the words that must all match, and ranks them; the other conditions filter the posts it finds. */
export function subqueriesOf(query: Query): Subquery[] {
  const parts = query.kind === 'all' ? query.of : [query]
  const indexed = parts.filter(isIndexed)
  if (indexed.length === 0) return [plainSubquery([READ, condition(query)])]
  const match: Where = { sql: 'posts_fts MATCH ?', values: [indexed.map(expression).join(' AND ')] }
  const rest = parts.filter(part => !isIndexed(part)).map(condition)
  return [rankedSubquery(match, rest), unspacedSubquery([notIn(match), ...parts.map(condition)])]
}

const READ: Where = { sql: "posts.status <> 'unread'", values: [] }

const notIn = ({ values }: Where): Where => ({ sql: `posts.id NOT IN (${IN_INDEX})`, values })

function plainSubquery(conditions: Where[]): Subquery {
  const { sql, values } = joined(conditions, 'AND')
  return { sql: `FROM posts WHERE ${sql}`, values, isRanked: false, id: 'posts.id' }
}

/**
 * Matches that the index misses: FTS5 does not see a Latin word right beside Chinese as a word, so all posts in scripts without spaces
 * are searched as plain text.
 */
function unspacedSubquery(conditions: Where[]): Subquery {
  const { sql, values } = joined(conditions, 'AND')
  const rows = `(SELECT id AS row FROM posts WHERE ${UNSPACED_ROWS})`
  return {
    sql: `FROM ${rows} CROSS JOIN posts ON posts.id = row WHERE ${sql}`,
    values,
    isRanked: false,
    id: 'posts.id',
  }
}

/** CROSS JOIN fixes the join order: SQLite queries the index once, not once for each post that passes a filter. */
function rankedSubquery(match: Where, rest: Where[]): Subquery {
  const { sql, values } = joined([match, ...rest], 'AND')
  const posts = rest.length > 0 ? ' CROSS JOIN posts ON posts.id = posts_fts.rowid' : ''
  return { sql: `FROM posts_fts${posts} WHERE ${sql}`, values, isRanked: true, id: 'posts_fts.rowid' }
}

/** True if FTS5 alone can find the posts that match. */
const isIndexed = (query: Query): boolean =>
  query.kind === 'words'
    ? !isSymbol(query.text) && !isUnspaced(query.text)
    : (query.kind === 'all' || query.kind === 'any') && query.of.every(isIndexed)

/** The query as an FTS5 expression. */
function expression(query: Query): string {
  if (query.kind === 'words') return `"${query.text.replaceAll('"', '""')}"${query.isStart ? '*' : ''}`
  if (query.kind === 'all') return `(${query.of.map(expression).join(' AND ')})`
  if (query.kind === 'any') return `(${query.of.map(expression).join(' OR ')})`
  throw new Error(`FTS5 has no expression for "${query.kind}"`)
}

/** The query as a condition on a row of `posts`. */
function condition(query: Query): Where {
  switch (query.kind) {
    case 'all':
      return joined(query.of.map(condition), 'AND')
    case 'any':
      return joined(query.of.map(condition), 'OR')
    case 'not':
      return not(condition(query.of))
    case 'words':
      return containsWords(query)
    case 'from':
      return inRows('posts.member_id', membersNamed(query.name))
    case 'in':
      return inRows('posts.group_id', groupsNamed(query.name))
    // A post whose date is an interval matches if the interval overlaps the period.
    case 'after':
      return { sql: "COALESCE(posts.posted_to, '9999') >= ?", values: [query.at] }
    case 'before':
      return { sql: "COALESCE(posts.posted_from, '') < ?", values: [query.at] }
    case 'has':
      return { sql: HAS[query.what], values: [] }
    case 'is':
      return { sql: STATES[query.what], values: [] }
  }
}

function containsWords(words: Words): Where {
  if (isSymbol(words.text)) return containsLiterally(words)
  if (isUnspaced(words.text)) return containsAmongUnspaced(words)
  const index = { sql: `posts.id IN (${IN_INDEX})`, values: [expression(words)] }
  return joined([index, containsAmongUnspaced(words)], 'OR')
}

/** Searches only the posts in scripts without spaces. */
function containsAmongUnspaced(words: Words): Where {
  const { sql, values } = containsLiterally(words)
  return { sql: `posts.id IN (SELECT id FROM posts WHERE ${UNSPACED_ROWS} AND ${sql})`, values }
}

/** `instr` filters first, because it is much faster than the exact test in JavaScript. */
function containsLiterally({ text, isStart }: Words): Where {
  const pieces = splitOnSpace(text).map(piece => piece.replace(/[A-Z]+/g, letters => letters.toLowerCase()))
  const found = pieces.map(piece => `instr(${/[a-z]/.test(piece) ? `lower(${ALL_TEXT})` : ALL_TEXT}, ?) > 0`)
  return {
    sql: [...found, `contains_words(${ALL_TEXT}, ?, ?)`].join(' AND '),
    values: [...pieces, text, Number(isStart)],
  }
}

const inRows = (column: string, rows: Where): Where => ({ sql: `${column} IN (${rows.sql})`, values: rows.values })

// A condition that is NULL, such as the author of a post without one, is no match, so that its negation matches.
const not = ({ sql, values }: Where): Where => ({ sql: `(${sql}) IS NOT TRUE`, values })

const joined = (parts: Where[], word: 'AND' | 'OR'): Where => ({
  sql: parts.map(({ sql }) => `(${sql})`).join(` ${word} `),
  values: parts.flatMap(({ values }) => values),
})

const ATTACHED = 'EXISTS (SELECT 1 FROM attachments WHERE attachments.post_id = posts.id'
const attached = (kind: string) => `${ATTACHED} AND kind = '${kind}')`

const HAS: Record<Has, string> = {
  link: "EXISTS (SELECT 1 FROM links WHERE links.post_id = posts.id AND kind = 'link')",
  image: attached('image'),
  video: attached('video'),
  audio: attached('audio'),
  document: attached('document'),
  embed: attached('embed'),
  attachment: `${ATTACHED})`,
  replies: "EXISTS (SELECT 1 FROM posts AS reply WHERE reply.parent_id = posts.id AND reply.status <> 'unread')",
}

const STATES: Record<State, string> = {
  live: "posts.status = 'live'",
  gone: "posts.id IN (SELECT id FROM posts WHERE status <> 'live' AND status = 'gone')",
  edited: 'posts.id IN (SELECT id FROM posts WHERE edited = 1 UNION ALL SELECT post_id FROM revisions)',
  thread: 'posts.id = posts.thread_id',
  reply: 'posts.id <> posts.thread_id',
}
