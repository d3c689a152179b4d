import type { TargetOptions } from '../../model/sync.js'
import type { Work } from './merge-database.js'
import { changes, compare, earlier, either, later } from './precedence.js'

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
 * What is kept up to date. A target of both is read from now on as the reader who may see more has read it, or else who read it last;
 * what that one has asked for tells which groups belong to it. What was still to be asked is dropped: captures of others have come
 * between, so that the next run begins anew.
 */
export function mergeTargets(work: Work): void {
  for (const row of work.rows<TargetRow>(`SELECT ${COLUMNS} FROM other.targets ORDER BY id`)) {
    const known = work.row<TargetRow>(`SELECT ${COLUMNS} FROM main.targets WHERE url = ?`, row.url)
    if (known) join(work, known, row)
    else takeQuestions(work, add(work, row), row.id)
  }
}

function add(work: Work, { id: _, ...row }: TargetRow): number {
  return work.insert('targets', { ...row, pass_after_id: work.one<number>(LAST) })
}

const LAST = 'SELECT COALESCE(max(id), 0) FROM main.captures'

function join(work: Work, mine: TargetRow, theirs: TargetRow): void {
  const isTheirs = compare(marks(mine), marks(theirs)) < 0
  const [best, rest] = isTheirs ? [theirs, mine] : [mine, theirs]
  const asOne = readerOf(best) === readerOf(rest)
  const { id: _, ...changed } = changes(mine, {
    ...best,
    registered_at: earlier(mine.registered_at, theirs.registered_at),
    // What another reader has read whole may hold less.
    full_read_at: asOne ? either(later, mine.full_read_at, theirs.full_read_at) : best.full_read_at,
  })
  work.update('targets', mine.id, { ...changed, ...(isTheirs && { pass_after_id: work.one<number>(LAST) }) })
  if (isTheirs) takeQuestions(work, mine.id, theirs.id)
}

const marks = (row: TargetRow) => [readerOf(row) !== 'visitor', row.pass_started_at, row.pass_finished_at, row.options]

const readerOf = ({ options }: TargetRow): string => (JSON.parse(options) as Partial<TargetOptions>).reader ?? 'visitor'

function takeQuestions(work: Work, mine: number, theirs: number): void {
  work.write('DELETE FROM main.frontier WHERE target_id = ?', mine)
  const changed = {
    target_id: String(mine),
    group_id: '(SELECT new FROM temp.merged_groups WHERE old = s.group_id)',
    capture_id: '(SELECT new FROM temp.merged_captures WHERE old = s.capture_id)',
  }
  work.copy('frontier', changed, `other.frontier AS s WHERE s.target_id = ${theirs} ORDER BY s.id`, ['id'])
}

/** Only where something has come between. */
export function dropPending(work: Work): void {
  work.write("DELETE FROM main.frontier WHERE state = 'pending'")
}
