import type { Instant } from '../../model/discussion.js'
import type { RunReport } from '../../model/reports/run.js'
import type { Statements } from '../database/statements.js'
import type { SiteMoves } from '../moves/site-moves.js'
import { REPORT, storedJson, TARGET_GROUPS } from '../schema/stored-json.js'

export interface StartedRun {
  run: number
  /** Start of the first run in the series that this run continues; its own start if the last run of this command was complete. */
  seriesStartedAt: Instant
}

/**
 * Adds a run. If the last run of the same command was stopped (killed, a limit, an ended session), the new run continues its series:
 * targets that the series has finished are skipped, because a command that is stopped each time would never reach its last target.
 */
export function startRun(sql: Statements, command: string, version: string, at: Instant): StartedRun {
  const last = sql.row<{ started_at: Instant; finished_at: Instant | null; report: string | null }>(
    'SELECT started_at, finished_at, report FROM runs WHERE command = ? AND archive_id IS NULL ORDER BY id DESC LIMIT 1',
    command,
  )
  const report = storedJson(REPORT, last?.report ?? '{}', 'runs.report')
  const continues = last && (last.finished_at === null || Boolean(report.stopped))
  const seriesStartedAt = continues ? (report.seriesStartedAt ?? last.started_at) : at
  // This is all that a killed run leaves.
  const begun = JSON.stringify({ seriesStartedAt })
  const sqlText = 'INSERT INTO runs (command, version, started_at, report) VALUES (?, ?, ?, ?)'
  return { run: sql.run(sqlText, command, version, at, begun), seriesStartedAt }
}

/** Stores the report of a finished run, without `explained`, which is only printed. */
export function endRun(sql: Statements, report: RunReport): void {
  sql.update('runs', report.run, {
    finished_at: report.finishedAt,
    exit_code: report.exitCode,
    requests: report.requests,
    bytes: report.bytes,
    new_posts: report.newPosts,
    changed_posts: report.changedPosts,
    report: JSON.stringify(report, (key, value) => (key === 'explained' ? undefined : value)),
  })
}

/** Runs whose reports are read. One report names the groups that its pass has met, which an interrupted pass does only in part. */
const RUNS = 100

const REPORTS = `SELECT value ->> '$.target' AS target, value ->> '$.groups' AS groups FROM
    (SELECT id, report FROM runs WHERE report ->> 'schema' = 'threadkeep.run/1' ORDER BY id DESC LIMIT ${RUNS}) AS last,
    json_each(last.report, '$.targets')
  WHERE value ->> '$.groups' IS NOT NULL`

/** URLs of the groups that earlier runs have met in this target, as far as the last reports tell; after a move, the present URLs. */
export function earlierGroups(sql: Statements, moves: SiteMoves, target: string): string[] {
  const reports = sql.rows<{ target: string; groups: string }>(REPORTS)
  const own = reports.filter(report => moves.url(report.target) === target)
  const urls = own.flatMap(({ groups }) =>
    storedJson(TARGET_GROUPS, groups, 'runs.report').map(({ url }) => moves.url(url)),
  )
  return [...new Set(urls)]
}
