import type { TargetOptions } from '../../model/sync.js'
import { changes, compare, earlier, either, later } from './ranks.js'
import type { Work } from './work.js'

interface TargetRow {
  id: number
  url: string
  options: string
  registered_at: string
  pass_started_at: string | null
  pass_finished_at: string | null
  pass_plan: string | null
  pass_stage: number
  full_read_at: string | null
}

const COLUMNS =
  'id, url, options, registered_at, pass_started_at, pass_finished_at, pass_plan, pass_stage, full_read_at'

/**
 * What is kept up to date. A target of both is read from now on as the reader who may see more has read it, or else who read it last.
 * What was still to be asked is dropped: captures of others have come between, so that the next run begins anew.
 */
export function mergeTargets(work: Work): void {
  work.note('CREATE TEMP TABLE merged_targets (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)')
  for (const row of work.rows<TargetRow>(`SELECT ${COLUMNS} FROM other.targets ORDER BY id`)) {
    const known = work.row<TargetRow>(`SELECT ${COLUMNS} FROM main.targets WHERE url = ?`, row.url)
    work.note('INSERT INTO temp.merged_targets VALUES (?, ?)', row.id, known ? join(work, known, row) : add(work, row))
  }
  mergeFrontier(work)
}

function add(work: Work, { id: _, ...row }: TargetRow): number {
  return work.insert('targets', { ...row, pass_after_id: work.one<number>(LAST) })
}

const LAST = 'SELECT COALESCE(max(id), 0) FROM main.captures'

function join(work: Work, mine: TargetRow, theirs: TargetRow): number {
  const order = compare(marks(mine), marks(theirs))
  const [best, rest] = order >= 0 ? [mine, theirs] : [theirs, mine]
  const asOne = readerOf(best) === readerOf(rest)
  const { id: _, ...changed } = changes(mine, {
    ...best,
    registered_at: earlier(mine.registered_at, theirs.registered_at),
    // What another reader has read whole may hold less.
    full_read_at: asOne ? either(later, mine.full_read_at, theirs.full_read_at) : best.full_read_at,
  })
  const passes = order < 0 ? { pass_after_id: work.one<number>(LAST) } : {}
  work.update('targets', mine.id, { ...changed, ...passes })
  return mine.id
}

const marks = (row: TargetRow) => [readerOf(row) !== 'visitor', row.pass_started_at, row.pass_finished_at, row.options]

const readerOf = ({ options }: TargetRow): string => (JSON.parse(options) as Partial<TargetOptions>).reader ?? 'visitor'

/** What was asked and answered says which groups belong to a target; a gap of the one may be none of the other. */
function mergeFrontier(work: Work): void {
  const changed = {
    target_id: 'target.new',
    group_id: '(SELECT new FROM temp.merged_groups WHERE old = s.group_id)',
    capture_id: '(SELECT new FROM temp.merged_captures WHERE old = s.capture_id)',
  }
  const from = `other.frontier AS s JOIN temp.merged_targets AS target ON target.old = s.target_id
    WHERE s.state <> 'pending' AND NOT EXISTS
      (SELECT 1 FROM main.frontier AS known WHERE known.target_id = target.new AND known.key = s.key) ORDER BY s.id`
  work.copy('frontier', changed, from, ['id'])
  work.write(ANSWERED)
}

const ANSWERED = `UPDATE main.frontier SET state = 'done', reason = NULL, capture_id = map.new,
    group_id = COALESCE(frontier.group_id, (SELECT new FROM temp.merged_groups WHERE old = s.group_id))
  FROM temp.merged_targets AS target JOIN other.frontier AS s ON s.target_id = target.old
    LEFT JOIN temp.merged_captures AS map ON map.old = s.capture_id
  WHERE frontier.target_id = target.new AND frontier.key = s.key AND frontier.state <> 'done' AND s.state = 'done'`

/** Only where something has come between. */
export function dropPending(work: Work): void {
  work.write("DELETE FROM main.frontier WHERE state = 'pending'")
}
