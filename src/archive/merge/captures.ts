import { BLOBS, CAPTURES as CAPTURES_TABLE, RUNS as RUNS_TABLE } from '../schema/tables/runs.js'
import type { MergeDatabase } from './merge-database.js'

/** Merges runs; the same archive, start and command identify a run. Fills temp.merged_runs. */
export function mergeRuns(work: MergeDatabase): void {
  work.note(
    `CREATE TEMP TABLE known_runs AS SELECT id, archive_id, started_at, command, ${nth('runs')} AS nth FROM main.runs`,
  )
  work.note('CREATE INDEX temp.known_runs_start ON known_runs(started_at)')
  work.note('CREATE TEMP TABLE merged_runs (old INTEGER PRIMARY KEY, new INTEGER NOT NULL, is_new INTEGER NOT NULL)')
  work.note(`INSERT INTO temp.merged_runs ${numbered('runs', 'old, known', RUNS)}`)
  work.copy(RUNS_TABLE, { id: 'map.new', archive_id: 'archive.new' }, NEW_RUNS)
  work.write(FINISH_RUNS)
}

/** New rows get the ids after the archive's last one, in their own order. */
const numbered = (table: string, columns: string, from: string): string =>
  `SELECT old, COALESCE(known, (SELECT COALESCE(max(id), 0) FROM main.${table}) + sum(known IS NULL) OVER (ORDER BY old)), known IS NULL
    FROM (SELECT ${columns} FROM (${from}))`

/** Tells apart runs with the same start and command, which should not occur. */
const nth = (s: string): string =>
  `row_number() OVER (PARTITION BY ${s}.archive_id, ${s}.started_at, ${s}.command ORDER BY ${s}.id)`

const RUNS = `SELECT s.id AS old, (SELECT known.id FROM temp.known_runs AS known WHERE known.started_at = s.started_at
      AND known.command = s.command AND known.archive_id IS archive.new AND known.nth = s.nth) AS known
    FROM (SELECT s.*, ${nth('s')} AS nth FROM other.runs AS s) AS s
    JOIN temp.merged_archives AS archive ON archive.old IS s.archive_id`

const NEW_RUNS = `other.runs AS s JOIN temp.merged_runs AS map ON map.old = s.id AND map.is_new
  JOIN temp.merged_archives AS archive ON archive.old IS s.archive_id ORDER BY s.id`

/** Completes runs that were still at work when the input was merged before. */
const FINISH_RUNS = `UPDATE main.runs SET finished_at = s.finished_at, exit_code = s.exit_code, requests = s.requests, bytes = s.bytes,
    new_posts = s.new_posts, changed_posts = s.changed_posts, report = s.report
  FROM temp.merged_runs AS map JOIN other.runs AS s ON s.id = map.old
  WHERE map.new = runs.id AND NOT map.is_new AND runs.finished_at IS NULL AND s.finished_at IS NOT NULL`

/**
 * Merges captures; the same run, request and time identify a capture. Each body is stored once. Fills temp.merged_captures. Returns
 * the number of new captures.
 */
export function mergeCaptures(work: MergeDatabase): number {
  work.note(
    'CREATE TEMP TABLE merged_captures (old INTEGER PRIMARY KEY, new INTEGER NOT NULL, is_new INTEGER NOT NULL)',
  )
  work.note(`INSERT INTO temp.merged_captures ${numbered('captures', 'old, known', CAPTURES)}`)
  work.copy(BLOBS, {}, NEW_BLOBS, { without: ['id'] })
  const changed = {
    id: 'map.new',
    run_id: 'run.new',
    blob_id: 'blob.id',
    reader: '(SELECT new FROM temp.merged_readers WHERE old = s.reader)',
  }
  const added = work.copy(CAPTURES_TABLE, changed, NEW_CAPTURES)
  work.write(SET_FINGERPRINTS)
  return added
}

const CAPTURES = `SELECT s.id AS old, CASE WHEN run.is_new THEN NULL ELSE (SELECT min(known.id) FROM main.captures AS known
      WHERE known.url = s.url AND +known.run_id = run.new AND known.captured_at = s.captured_at AND known.method = s.method
        AND known.form IS s.form AND known.referer IS s.referer) END AS known
    FROM other.captures AS s JOIN temp.merged_runs AS run ON run.old = s.run_id`

const NEW_BLOBS = `other.blobs AS s WHERE s.id IN (SELECT capture.blob_id FROM other.captures AS capture
    JOIN temp.merged_captures AS map ON map.old = capture.id AND map.is_new)
  AND NOT EXISTS (SELECT 1 FROM main.blobs AS known WHERE known.sha256 = s.sha256) ORDER BY s.id`

const NEW_CAPTURES = `other.captures AS s JOIN temp.merged_captures AS map ON map.old = s.id AND map.is_new
  JOIN temp.merged_runs AS run ON run.old = s.run_id JOIN other.blobs AS theirs ON theirs.id = s.blob_id
  JOIN main.blobs AS blob ON blob.sha256 = theirs.sha256 ORDER BY s.id`

/** Completes captures that were stored but not yet read when the input was merged before. */
const SET_FINGERPRINTS = `UPDATE main.captures SET fingerprint = s.fingerprint, wall = s.wall
  FROM temp.merged_captures AS map JOIN other.captures AS s ON s.id = map.old
  WHERE map.new = captures.id AND NOT map.is_new AND captures.fingerprint IS NULL AND NOT captures.withheld AND s.fingerprint IS NOT NULL`
