import type {
  HeldCapture,
  HeldFile,
  HeldGroup,
  HeldName,
  HeldProfile,
  HeldTrace,
  PersonData,
} from '../../model/reports/person.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { FILES_OF } from '../erasure/media.js'
import { containsName } from '../erasure/name-search.js'
import type { ErasurePlan } from '../erasure/plan.js'
import { TRACE_COLUMNS } from '../erasure/traces.js'
import { hasMedia } from '../status/inventory.js'
import { postsAt, postsOf, versionsOf } from './held-posts.js'

/** What an erasure would remove, to be read instead: both go by one plan, so that neither knows more than the other. */
export function subjectData(sql: Statements, plan: ErasurePlan): PersonData {
  const { rows } = plan.person
  const list = JSON.stringify(rows)
  return {
    counts: plan.counts,
    profiles: () => sql.rows<HeldProfile>(PROFILES, list),
    names: () => sql.rows<HeldName>(NAMES, list),
    groups: () => sql.rows<HeldGroup>(GROUPS, list),
    posts: () => postsOf(sql, rows),
    versions: () => versionsOf(sql, rows),
    mentions: () =>
      postsAt(
        sql,
        plan.mentions.map(({ row }) => row),
      ),
    files: () => filesOf(sql, plan),
    captures: () => capturesOf(sql, plan),
    targets: () =>
      plan.traces.targets.flatMap(id => sql.rows<{ url: string }>('SELECT url FROM targets WHERE id = ?', id)),
    traces: () => tracesOf(sql, plan),
  }
}

/** An erased member has no profile any more. */
const PROFILES = `SELECT site_member_id AS id, slug, name, url, avatar_url AS avatarUrl, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt
  FROM members WHERE id ${IN_LIST} AND forgotten_at IS NULL ORDER BY id`

const NAMES = `SELECT field, before, after, at FROM events WHERE member_id ${IN_LIST} AND kind = 'renamed' ORDER BY at, id`

const GROUPS = `SELECT groups.slug, groups.name, groups.url, count(*) AS posts FROM posts JOIN groups ON groups.id = posts.group_id
  WHERE posts.member_id ${IN_LIST} GROUP BY groups.id ORDER BY groups.id`

const FILES = `SELECT id, url, name, state, sha256, type, size FROM media WHERE ${FILES_OF} ORDER BY id`

function* filesOf(sql: Statements, { person, files }: ErasurePlan): Generator<HeldFile> {
  if (!hasMedia(sql)) return
  const own = new Set(files)
  const list = JSON.stringify(person.rows)
  const rows = sql.rows<Omit<HeldFile, 'shared'> & { id: number }>(FILES, list, list, list, list)
  for (const { id, ...file } of rows) yield { ...file, shared: !own.has(id) }
}

function* capturesOf(sql: Statements, { blobs }: ErasurePlan): Generator<HeldCapture> {
  const reader = sql.has('captures', 'door') ? "CASE WHEN door IS NULL THEN reader ELSE 'import' END" : 'reader'
  const query = `SELECT id, final_url AS url, captured_at AS at, run_id AS run, ${reader} AS reader, status FROM captures WHERE blob_id = ? ORDER BY id`
  for (const blob of blobs) yield* sql.rows<HeldCapture>(query, blob)
}

const MOST_TEXT = 300

function* tracesOf(sql: Statements, { traces, names }: ErasurePlan): Generator<HeldTrace> {
  for (const { table, row } of traces.others) {
    const columns = TRACE_COLUMNS[table] ?? []
    const texts = sql.row<Record<string, string | null>>(`SELECT ${columns.join(', ')} FROM ${table} WHERE id = ?`, row)
    for (const [column, text] of Object.entries(texts ?? {}))
      if (text !== null && containsName(text, names))
        yield { where: `${table}.${column}`, row, text: text.slice(0, MOST_TEXT) }
  }
}
