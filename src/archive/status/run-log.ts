import type { Instant } from '../../model/discussion.js'
import type { RunReport } from '../../model/reports/run.js'
import type { Statements } from '../database/statements.js'

export interface StartedRun {
  run: number
  /** Start of the first of the runs that this one goes on with: this run's own, if the last one came to its end. */
  seriesStartedAt: Instant
}

/**
 * The same command that was stopped before (killed, a limit, a session that ended) goes on with its targets: those that were
 * read to their end meanwhile are not read once more, or a command that is always stopped would never come to its last target.
 */
export function startRun(sql: Statements, command: string, version: string, at: Instant): StartedRun {
  const last = sql.row<{ started_at: Instant; finished_at: Instant | null; report: string | null }>(
    'SELECT started_at, finished_at, report FROM runs WHERE command = ? AND archive_id IS NULL ORDER BY id DESC LIMIT 1',
    command,
  )
  const report = JSON.parse(last?.report ?? '{}') as Partial<RunReport>
  const goesOn = last && (last.finished_at === null || Boolean(report.stopped))
  const seriesStartedAt = goesOn ? (report.seriesStartedAt ?? last.started_at) : at
  // A killed run leaves this.
  const begun = JSON.stringify({ seriesStartedAt })
  const sqlText = 'INSERT INTO runs (command, version, started_at, report) VALUES (?, ?, ?, ?)'
  return { run: sql.run(sqlText, command, version, at, begun), seriesStartedAt }
}

/** Why each thread was read or left is told once, and not kept. */
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
