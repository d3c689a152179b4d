import type { Instant } from '../../model/discussion.js'
import type {
  ArchiveStatus,
  Gap,
  ImportedStatus,
  SyncStatus,
  TargetStatus,
} from '../../model/reports/archive-status.js'
import type { Registered } from '../../model/sync.js'
import type { Statements } from '../database/statements.js'
import { fileStatus, inventoryCounts, lastRuns, mediaCounts } from './inventory.js'
import { lastMoveOf, subjectOf } from './target-subject.js'
import { registeredTargets } from './targets.js'

type TargetRow = Omit<
  TargetStatus,
  'gaps' | 'sync' | 'selfTest' | 'lastState' | 'problems' | 'kind' | 'name' | 'moved'
> & { id: number }

const TARGETS = `SELECT id, url, COALESCE(options ->> 'reader', 'visitor') AS reader, pass_started_at AS startedAt,
  pass_finished_at AS finishedAt,
  (SELECT count(*) FROM frontier WHERE target_id = targets.id AND state = 'pending') AS pending FROM targets ORDER BY id`

/** Failed tasks of the current pass and of earlier ones, and postponed tasks that the next run retries. */
const GAPS = `SELECT task ->> '$.request.url' AS url, reason, state = 'pending' AS again, task ->> '$.failedSince' AS since FROM frontier
  WHERE target_id = ? AND (state IN ('failed', 'past') OR (state = 'pending' AND reason IS NOT NULL)) ORDER BY id`

const SELF_TEST = `SELECT value ->> '$.selfTest.url' AS url, value ->> '$.selfTest.compared' AS compared,
  value ->> '$.selfTest.agreed' AS agreed FROM runs, json_each(report, '$.targets')
  WHERE value ->> '$.target' = ? AND value ->> '$.selfTest' IS NOT NULL ORDER BY runs.id DESC LIMIT 1`

/** Messages of the last run that are shown. */
const MOST_PROBLEMS = 5

/** The end of the last run that read something of the target: a site that is down is not read, however often it is asked. */
const LAST_READ = `SELECT runs.finished_at FROM runs, json_each(report, '$.targets')
  WHERE value ->> '$.target' = ? AND value ->> '$.state' <> 'failed' ORDER BY runs.id DESC LIMIT 1`

const LAST_REPORT = `SELECT runs.id, value ->> '$.state' AS state FROM runs, json_each(report, '$.targets')
  WHERE value ->> '$.target' = ? ORDER BY runs.id DESC LIMIT 1`

const PROBLEMS = `SELECT problem.value ->> '$.message' AS message FROM runs, json_each(report, '$.targets') AS target,
  json_each(target.value, '$.problems') AS problem WHERE runs.id = ? AND target.value ->> '$.target' = ? LIMIT ?`

const RUN = `SELECT id, command, started_at AS startedAt, finished_at AS finishedAt, exit_code AS exitCode
  FROM runs ORDER BY id DESC LIMIT 1`

/** The state of all targets, the last runs, the lock, and the sizes of the archive. */
export function archiveStatus(sql: Statements): ArchiveStatus {
  const holder = sql.row<{ pid: number; host: string; startedAt: string; command: string }>(
    'SELECT pid, host, started_at AS startedAt, command FROM locks',
  )
  const media = mediaCounts(sql)
  const syncs = new Map(registeredTargets(sql, null).map(target => [target.url, syncOf(target)]))
  return {
    lastRun: sql.row<NonNullable<ArchiveStatus['lastRun']>>(RUN) ?? null,
    holder: holder ?? null,
    targets: sql.rows<TargetRow>(TARGETS).map(row => ({ ...targetOf(row, sql), ...syncKey(syncs.get(row.url)) })),
    lastRuns: lastRuns(sql),
    file: fileStatus(sql),
    counts: inventoryCounts(sql),
    imported: importedStatus(sql),
    ...(media.kept + media.wanted + media.missing > 0 && { media }),
  }
}

const IMPORTED = `SELECT max(runs.started_at) AS at, count(DISTINCT captures.door || ' ' || captures.origin) AS files
  FROM captures JOIN runs ON runs.id = captures.run_id WHERE captures.door IS NOT NULL`

function importedStatus(sql: Statements): ImportedStatus | null {
  if (!sql.has('captures', 'door')) return null
  const { at, files } = sql.row<{ at: string | null; files: number }>(IMPORTED) ?? { at: null, files: 0 }
  return at === null ? null : { at, files }
}

const syncKey = (sync: SyncStatus | undefined) => (sync ? { sync } : {})

const syncOf = ({ options, fullReadAt, lastBegunAt, threads }: Registered): SyncStatus => ({
  via: options.via ?? 'auto',
  sleepSeconds: options.sleepSeconds ?? null,
  ignoreRobots: options.ignoreRobots ?? false,
  fullReadAt,
  lastBegunAt,
  threads,
  ...(options.without?.length && { without: options.without }),
})

function targetOf({ id, ...target }: TargetRow, sql: Statements): TargetStatus {
  const gaps = sql
    .rows<Omit<Gap, 'again'> & { again: number }>(GAPS, id)
    .map(({ again, ...gap }) => ({ ...gap, again: again === 1 }))
  const test = sql.row<NonNullable<TargetStatus['selfTest']>>(SELF_TEST, target.url)
  const last = lastReportOf(target.url, sql)
  const read = last.lastState === 'failed' ? (sql.one<Instant>(LAST_READ, target.url) ?? null) : target.finishedAt
  const finishedAt = target.pending === 0 ? read : null
  const is = { ...subjectOf(sql, target.url), moved: lastMoveOf(sql, target.url), selfTest: test ?? null }
  return { ...target, ...is, ...last, finishedAt, gaps }
}

/** How the last run over the target ended, and what it named. */
function lastReportOf(url: string, sql: Statements): Pick<TargetStatus, 'lastState' | 'problems'> {
  const last = sql.row<{ id: number; state: TargetStatus['lastState'] }>(LAST_REPORT, url)
  if (!last) return { lastState: null, problems: [] }
  const problems = sql.rows<{ message: string }>(PROBLEMS, last.id, url, MOST_PROBLEMS)
  return { lastState: last.state, problems: problems.map(({ message }) => message) }
}
