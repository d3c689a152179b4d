import type { Statements } from '../database/statements.js'
import type { SiteMoves } from '../moves/site-moves.js'
import { storedJson, TARGET_GROUPS } from '../schema/stored-json.js'

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
