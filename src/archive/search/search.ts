import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import { type NameFilter, namesIn, type Query, wordsIn } from '../../model/query/query.js'
import type { Hit, SearchRequest } from '../../model/reports/search.js'
import type { Statements } from '../database/statements.js'
import { HELD_MIRRORS } from '../query/mirrors.js'
import { groupsNamed, membersNamed } from '../query/name-lookup.js'
import { type Subquery, subqueriesOf } from '../query/query-sql.js'
import { HIT, type HitRow, hitOf } from './hits.js'

/** Weights of heading and text for bm25. */
const WEIGHTS = '8.0, 1.0'

/** Finds posts, gone ones too. Posts that are known only from their replies (`unread`) are never found. */
export class Search {
  constructor(private readonly sql: Statements) {}

  count(query: Query): number {
    const arms = subqueriesOf(query).map(onlyOnce)
    return arms.reduce(
      (sum, { sql, values }) => sum + (this.sql.one<number>(`SELECT count(*) ${sql}`, ...values) ?? 0),
      0,
    )
  }

  /** Streams. Reads all row ids first, then one post at a time. */
  *hits({ query, order, limit, offset, shown }: SearchRequest): Generator<Hit> {
    const arms = subqueriesOf(query).map(onlyOnce)
    const words = wordsIn(query)
    const ids = this.sql.ids(
      `${order === 'rank' && arms.some(({ isRanked }) => isRanked) ? byRank(arms) : byDate(arms)} LIMIT ? OFFSET ?`,
      ...arms.flatMap(({ values }) => values),
      limit ?? -1,
      offset,
    )
    for (const id of ids) {
      const row = this.sql.row<HitRow>(HIT, shown ? 1 : 0, id)
      const hit = row && hitOf(row, words, shown)
      if (hit) yield hit
    }
  }

  isEmpty(): boolean {
    return this.sql.row("SELECT 1 FROM posts WHERE status <> 'unread' LIMIT 1") === undefined
  }

  /** Names in the query that no member or group of the archive has. */
  unknownNames(query: Query): NameFilter[] {
    return namesIn(query).filter(({ kind, name }) => {
      const { sql, values } = kind === 'from' ? membersNamed(name) : groupsNamed(name)
      return this.sql.row(`${sql} LIMIT 1`, ...values) === undefined
    })
  }

  members(): StoredAuthor[] {
    return this.sql.rows<StoredAuthor>('SELECT site_member_id AS id, slug, name, url FROM members ORDER BY id')
  }

  groups(): StoredGroup[] {
    return this.sql.rows<StoredGroup>('SELECT site_group_id AS id, slug, name, url FROM groups ORDER BY id')
  }
}

/** Without the activity items that repeat a post of a forum: the post itself is found. */
const onlyOnce = (arm: Subquery): Subquery => ({ ...arm, sql: `${arm.sql} AND ${arm.id} NOT IN (${HELD_MIRRORS})` })

/** Posts that were found without the full-text index have no bm25 rank (which is below 0) and come last. */
const byRank = (arms: readonly Subquery[]): string => {
  const ranked = ({ sql, id, isRanked }: Subquery) =>
    `SELECT ${id} AS id, ${isRanked ? `bm25(posts_fts, ${WEIGHTS})` : 1} AS rank ${sql}`
  return `SELECT id FROM (${arms.map(ranked).join(' UNION ALL ')}) ORDER BY rank, id`
}

/** A query of one arm reads the index of dates in order. Posts without a date come last. */
function byDate(arms: readonly Subquery[]): string {
  const [only] = arms
  if (arms.length === 1 && only) return `SELECT posts.id ${only.sql} ORDER BY posts.posted_from DESC, posts.id DESC`
  const ids = arms.map(({ sql, id }) => `SELECT ${id} AS id ${sql}`).join(' UNION ALL ')
  return `SELECT posts.id FROM (${ids}) AS found CROSS JOIN posts ON posts.id = found.id
    ORDER BY posts.posted_from DESC, posts.id DESC`
}
