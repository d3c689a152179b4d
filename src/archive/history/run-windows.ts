import type { Instant } from '../../model/discussion.js'
import type { RunWindow } from '../../model/reports/changes.js'
import type { Statements } from '../database/statements.js'
import { storedJson, TARGET_REPORTS } from '../schema/stored-json.js'
import { bound } from './time-window.js'

interface RunRow {
  id: number
  since: Instant
  finishedAt: Instant
  exitCode: number | null
}

/** Finished runs that read a site. Other commands that write have another kind of report, or none. */
const FINISHED = `SELECT id, COALESCE(report ->> 'seriesStartedAt', started_at) AS since, finished_at AS finishedAt, exit_code AS exitCode
  FROM runs WHERE finished_at IS NOT NULL AND report ->> 'schema' = 'threadkeep.run/1'`

/** The newest finished run that started before `until` (null: no limit); null: there is none. */
export function newestRun(sql: Statements, until: Instant | null): RunWindow | null {
  const limit = until === null ? '9999' : bound(until)
  const run = sql.row<RunRow>(`${FINISHED} AND started_at < ? ORDER BY id DESC LIMIT 1`, limit)
  if (!run) return null
  const { id, ...window } = run
  const next = sql.one<Instant>('SELECT started_at FROM runs WHERE id > ? ORDER BY id LIMIT 1', id)
  // If the clock was set back, the next run may seem to start before this one: then the end is unknown.
  if (next !== undefined) return { ...window, until: next > window.finishedAt ? next : null }
  return { ...window, until: wasClockAhead(sql, window.finishedAt) ? after(window.finishedAt) : null }
}

/** Whether an earlier run wrote times that are still to come: they would be new for ever. */
const wasClockAhead = (sql: Statements, finishedAt: Instant): boolean =>
  sql.one<number>('SELECT EXISTS (SELECT 1 FROM runs WHERE started_at > ?)', finishedAt) === 1

const after = (at: Instant): Instant => new Date(Date.parse(at) + 1).toISOString()

/** Start of the last run that finished at or before `before`; null: there is none. */
export function lastRunStart(sql: Statements, before: Instant): Instant | null {
  const order = 'AND finished_at <= ? ORDER BY id DESC LIMIT 1'
  return sql.row<RunRow>(`${FINISHED} ${order}`, bound(before))?.since ?? null
}

interface TargetsRow {
  id: number
  since: Instant
  targets: string
}

/** Reports read at a time. One report usually names all groups. */
const BATCH = 20

/** For each group URL: start of the last run that read the group and finished at or before `before`. Groups that no run read are absent. */
export function lastReadTimes(sql: Statements, urls: ReadonlySet<string>, before: Instant): Map<string, Instant> {
  const lastReads = new Map<string, Instant>()
  let id = Number.MAX_SAFE_INTEGER
  while (lastReads.size < urls.size) {
    const reports = sql.rows<TargetsRow>(
      `SELECT runs.id, earlier.since, report -> '$.targets' AS targets FROM (${FINISHED}) AS earlier JOIN runs USING (id)
        WHERE earlier.finishedAt <= ? AND id < ? ORDER BY id DESC LIMIT ${BATCH}`,
      bound(before),
      id,
    )
    for (const { since, targets } of reports)
      for (const url of groupsRead(targets)) if (urls.has(url) && !lastReads.has(url)) lastReads.set(url, since)
    const last = reports.at(-1)
    if (!last) return lastReads
    id = last.id
  }
  return lastReads
}

/** URLs of the groups that a run could read. */
function groupsRead(json: string | null): string[] {
  const targets = storedJson(TARGET_REPORTS, json ?? '[]', 'runs.report')
  return targets
    .filter(({ state }) => state === 'done' || state === 'partial')
    .flatMap(({ groups = [] }) => groups.filter(({ access }) => access === 'open').map(({ url }) => url))
}

/**
 * Offset of the site's clock from ours in milliseconds; dates of posts come from the site's clock. It is the `Date` header of the first
 * capture of the site in runs since `since`, minus its capture time; 0 if there is none. A cached response makes the offset too small.
 * Unchanged captures do not keep the header.
 */
export function clockSkew(sql: Statements, siteKey: string, since: Instant): number {
  const capture = sql.row<{ date: string | null; at: Instant }>(
    `SELECT headers ->> 'date' AS date, captured_at AS at FROM captures
      WHERE run_id >= (SELECT min(id) FROM runs WHERE started_at >= ?) AND instr(url, ?) BETWEEN 8 AND 13
        AND headers ->> 'date' IS NOT NULL
      ORDER BY run_id, id LIMIT 1`,
    bound(since),
    siteKey,
  )
  const skew = Date.parse(capture?.date ?? '') - Date.parse(capture?.at ?? '')
  return Number.isNaN(skew) ? 0 : skew
}
