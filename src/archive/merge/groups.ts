import type { EntityMergeRules } from './entities.js'
import type { MergeDatabase } from './merge-database.js'
import type { NamedRow } from './merge-names.js'
import { better, compare } from './precedence.js'

export interface GroupRow extends NamedRow {
  slug: string
  status: string | null
  description: string | null
  access: 'members' | 'open' | null
  stream_read_at: string | null
  left_out: number
  stream_capture_id: number | null
}

export const groupMergeRules = (work: MergeDatabase): EntityMergeRules<GroupRow> => ({
  kind: { table: 'groups', native: 'group_id', referring: ['posts', 'frontier', 'events'] },
  columns: (s, site, capture) =>
    `${s}.id, ${site} AS site_id, ${s}.group_id AS native, ${s}.slug, ${s}.name, ${s}.url, ${s}.first_seen_at, ${s}.last_seen_at,
      ${s}.status, ${s}.description, ${s}.access, ${s}.stream_read_at, ${s}.left_out, ${capture('stream_capture_id')} AS stream_capture_id`,
  renamed: ['name', 'slug', 'status'],
  joined,
  freeSlug: (row, id) => freeSlug(work, row, id),
})

function joined(a: GroupRow, b: GroupRow): Partial<GroupRow> {
  const read = better(a, b, row => [row.stream_read_at, -row.left_out])
  const told = <Value extends string | null>(of: (row: GroupRow) => Value): Value =>
    of(better(a, b, row => [of(row) !== null, row.last_seen_at, of(row)]))
  return {
    status: told(row => row.status),
    description: told(row => row.description),
    // One of the two may see its posts.
    access: better(a.access, b.access, access => [access === null ? null : access === 'open']),
    stream_read_at: read.stream_read_at,
    left_out: read.left_out,
    stream_capture_id: read.stream_capture_id ?? (read === a ? b : a).stream_capture_id,
  }
}

/** Two groups may have had one slug, one after the other: it stays with the one that was seen later. */
function freeSlug(work: MergeDatabase, row: GroupRow, id: number | null): string {
  const sql =
    'SELECT id, group_id AS native, last_seen_at FROM main.groups WHERE site_id = ? AND slug = ? AND id IS NOT ?'
  const holder = work.row<Pick<GroupRow, 'id' | 'native' | 'last_seen_at'>>(sql, row.site_id, row.slug, id)
  if (!holder) return row.slug
  const mark = (group: Pick<GroupRow, 'native' | 'last_seen_at'>) => [group.last_seen_at, group.native]
  const freed = (group: Pick<GroupRow, 'id' | 'native'>) => `${row.slug}~${group.native ?? group.id}`
  if (compare(mark(row), mark(holder)) < 0) return freed(row)
  work.update('groups', holder.id, { slug: freed(holder) })
  return row.slug
}
