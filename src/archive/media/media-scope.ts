import type { Statements } from '../database/statements.js'
import { locate } from '../status/target-subject.js'

/** A condition on `posts`. */
interface Scope {
  sql: string
  values: readonly unknown[]
}

/** The posts that targets are about; null: all. A URL that the archive knows nothing of has none. */
export function scopeOf(sql: Statements, targets: readonly string[] | null): Scope {
  if (targets === null) return { sql: 'true', values: [] }
  const scopes = targets.flatMap(url => postsOf(sql, url) ?? [])
  if (scopes.length === 0) return { sql: 'false', values: [] }
  return { sql: `(${scopes.map(scope => scope.sql).join(' OR ')})`, values: scopes.flatMap(({ values }) => values) }
}

function postsOf(sql: Statements, url: string): Scope | null {
  const found = locate(sql, url)
  if (!found) return null
  const { kind, row, site } = found
  if (kind === 'forum') {
    const isForum = "posts.site_id = ? AND posts.site_post_id GLOB 'bbp:*'"
    return row === null
      ? { sql: `(${isForum})`, values: [site] }
      : { sql: `(${isForum} AND posts.group_id = ?)`, values: [site, row] }
  }
  return { sql: `posts.${COLUMN[kind]} = ?`, values: [row] }
}

const COLUMN = { site: 'site_id', group: 'group_id', member: 'member_id', thread: 'thread_id' } as const
