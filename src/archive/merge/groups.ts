import { GROUP_KIND } from '../fold/identity.js'
import type { NamedRow } from '../fold/names.js'
import { better, compare } from '../fold/precedence.js'
import type { EntityMergeRules } from './entities.js'
import type { MergeDatabase } from './merge-database.js'

interface GroupRow extends NamedRow {
  slug: string
  status: string | null
  description: string | null
  access: 'members' | 'open' | null
  stream_read_at: string | null
  left_out: number
  stream_capture_id: number | null
}

export const groupMergeRules = (work: MergeDatabase): EntityMergeRules<GroupRow> => ({
  kind: {
    ...GROUP_KIND,
    referring: ['posts', 'revisions', 'frontier', 'events'],
  },
  columns: (s, site, capture) =>
    `${s}.id, ${site} AS site_id, ${s}.site_group_id AS native, ${s}.slug, ${s}.name, ${s}.url, ${s}.first_seen_at, ${s}.last_seen_at, ${s}.named_at,
      ${s}.status, ${s}.description, ${s}.access, ${s}.stream_read_at, ${s}.left_out, ${capture('stream_capture_id')} AS stream_capture_id`,
  renamed: ['name', 'slug', 'status'],
  mergedColumns,
  freeSlug: (row, id) => freeSlug(work, row, id),
})

function mergedColumns(a: GroupRow, b: GroupRow): Partial<GroupRow> {
  const read = better(a, b, row => [row.stream_read_at, -row.left_out])
  const latest = <Value extends string | null>(of: (row: GroupRow) => Value): Value =>
    of(better(a, b, row => [of(row) !== null, row.last_seen_at, of(row)]))
  return {
    status: latest(row => row.status),
    description: latest(row => row.description),
    // Open if one of the two readers may see its posts.
    access: better(a.access, b.access, access => [access === null ? null : access === 'open']),
    stream_read_at: read.stream_read_at,
    left_out: read.left_out,
    stream_capture_id: read.stream_capture_id ?? (read === a ? b : a).stream_capture_id,
  }
}

/** Two groups may have had the same slug, one after the other: the group that was seen later keeps it. */
function freeSlug(work: MergeDatabase, row: GroupRow, id: number | null): string {
  const sql =
    'SELECT id, site_group_id AS native, last_seen_at FROM main.groups WHERE site_id = ? AND slug = ? AND id IS NOT ?'
  const holder = work.row<Pick<GroupRow, 'id' | 'native' | 'last_seen_at'>>(sql, row.site_id, row.slug, id)
  if (!holder) return row.slug
  const precedenceOf = (group: Pick<GroupRow, 'native' | 'last_seen_at'>) => [group.last_seen_at, group.native]
  const freed = (group: Pick<GroupRow, 'id' | 'native'>) => `${row.slug}~${group.native ?? group.id}`
  if (compare(precedenceOf(row), precedenceOf(holder)) < 0) return freed(row)
  work.update('groups', holder.id, { slug: freed(holder) })
  return row.slug
}
