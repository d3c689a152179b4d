import type { Statements } from '../database/statements.js'
import { type Version, versionValues } from '../fold/versions.js'
import { REVISIONS } from '../schema/tables/history.js'
import { MADE_AT } from '../schema/tables/runs.js'
import type { KnownPost } from './known-posts.js'
import type { WriteContext } from './reading.js'

const COLUMNS = Object.keys(REVISIONS.columns).filter(name => name !== 'id' && name !== 'post_id')

const STORED = `SELECT ${COLUMNS.map(name => `own.${name}`).join(', ')}, COALESCE(${MADE_AT('read')}, own.replaced_at) AS readAt
  FROM revisions AS own LEFT JOIN captures AS read ON read.id = own.text_capture_id WHERE own.post_id = ? ORDER BY own.id`

/** The earlier versions of a post. */
export const storedVersions = (sql: Statements, post: number): Version[] => sql.rows<Version>(STORED, post)

/** Keeps the present version of a post, which the capture of this context replaces. */
export function keepVersion(sql: Statements, stored: KnownPost, { at, capture }: WriteContext): void {
  const version = { post_id: stored.id, ...versionValues(stored), replaced_at: at, replaced_by_id: capture }
  sql.insert('revisions', version)
}

/** Replaces the earlier versions of a post. Returns whether anything changed. */
export function replaceVersions(sql: Statements, post: number, versions: readonly Version[]): boolean {
  const before = storedVersions(sql, post)
  if (JSON.stringify(before.map(identityOf)) === JSON.stringify(versions.map(identityOf))) return false
  sql.run('DELETE FROM revisions WHERE post_id = ?', post)
  for (const { readAt: _, ...version } of versions) sql.insert('revisions', { post_id: post, ...version })
  return true
}

const identityOf = ({ readAt: _, ...version }: Version) => COLUMNS.map(name => version[name as keyof typeof version])
