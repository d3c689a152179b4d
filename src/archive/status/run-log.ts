import type { Instant } from '../../model/discussion.js'
import type { RunReport } from '../../model/reports/run.js'
import type { Statements } from '../database/statements.js'
import { REPORT, storedJson } from '../schema/stored-json.js'

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
