import { changes, compare, earlier, later, pickKnown } from '../fold/precedence.js'
import { OPTIONS, storedJson } from '../schema/stored-json.js'
import { FRONTIER } from '../schema/tables/runs.js'
import type { MergeDatabase } from './merge-database.js'

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
 * Merges targets. A target of both keeps the options of the session (rather than the visitor), else of the later pass, and the frontier
 * that belongs to it, which holds its groups. Pending tasks are dropped: other captures have come in between, so the next run starts a
 * new pass.
 */
export function mergeTargets(work: MergeDatabase): void {
  for (const row of work.rows<TargetRow>(`SELECT ${COLUMNS} FROM other.targets ORDER BY id`)) {
    const known = work.row<TargetRow>(`SELECT ${COLUMNS} FROM main.targets WHERE url = ?`, row.url)
    if (known) mergeTarget(work, known, row)
    else copyFrontier(work, add(work, row), row.id)
  }
}

function add(work: MergeDatabase, { id: _, ...row }: TargetRow): number {
  return work.insert('targets', { ...row, pass_after_id: work.one<number>(LAST) })
}

const LAST = 'SELECT COALESCE(max(id), 0) FROM main.captures'

function mergeTarget(work: MergeDatabase, mine: TargetRow, theirs: TargetRow): void {
  const isTheirs = compare(precedenceOf(mine), precedenceOf(theirs)) < 0
  const [best, rest] = isTheirs ? [theirs, mine] : [mine, theirs]
  const asOne = readerOf(best) === readerOf(rest)
  const { id: _, ...changed } = changes(mine, {
    ...best,
    registered_at: earlier(mine.registered_at, theirs.registered_at),
    // A full reading by another reader may have shown less.
    full_read_at: asOne ? pickKnown(later, mine.full_read_at, theirs.full_read_at) : best.full_read_at,
  })
  work.update('targets', mine.id, { ...changed, ...(isTheirs && { pass_after_id: work.one<number>(LAST) }) })
  if (isTheirs) copyFrontier(work, mine.id, theirs.id)
}

const precedenceOf = (row: TargetRow) => [
  readerOf(row) !== 'visitor',
  row.pass_started_at,
  row.pass_finished_at,
  row.options,
]

const readerOf = ({ options }: TargetRow): string => storedJson(OPTIONS, options, 'targets.options').reader

function copyFrontier(work: MergeDatabase, mine: number, theirs: number): void {
  work.write('DELETE FROM main.frontier WHERE target_id = ?', mine)
  work.copy(FRONTIER, { target_id: '?' }, 'other.frontier AS s WHERE s.target_id = ? ORDER BY s.id', {
    without: ['id'],
    values: [mine, theirs],
  })
}

/** Only called if the input brought something new. */
export function dropPending(work: MergeDatabase): void {
  work.write("DELETE FROM main.frontier WHERE state = 'pending'")
}
