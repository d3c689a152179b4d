import type { Archive } from '../../archive/index.js'
import { UsageError } from '../../model/errors.js'
import type { RunReport, TargetReport } from '../../model/reports/run.js'
import { restBelow, type SiteMove, siteKey } from '../../model/urls.js'

/**
 * Renames the sites that the targets of this run have found moved, and takes these targets out of the report. A site that cannot be
 * renamed keeps its report, with the reason. Returns the moves that were made.
 */
export function followMoves(report: RunReport, archive: Archive, at: string): SiteMove[] {
  const moves = new Map(report.targets.flatMap(({ moved }) => (moved ? [[siteKey(moved.from), moved] as const] : [])))
  const made = [...moves.values()].filter(move => isFollowed(move, report, archive, at))
  report.targets = report.targets.filter(({ moved }) => !moved || !made.some(({ from }) => from === moved.from))
  return made
}

function isFollowed(move: SiteMove, report: RunReport, archive: Archive, at: string): boolean {
  try {
    archive.follow(move, { run: report.run, at })
    return true
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const problems = report.targets.flatMap(({ moved, problems }) => (moved?.from === move.from ? problems : []))
    for (const problem of problems.filter(({ url }) => url === move.from))
      Object.assign(problem, { message: `${problem.message} ${error.message}`, advice: error.advice })
    return false
  }
}

/** The report of a target of a site that this run has renamed. */
export const afterMove = (target: TargetReport, moves: readonly SiteMove[]): TargetReport => {
  const move = moves.find(({ to }) => restBelow(target.target, to) !== null)
  if (!move) return target
  const message = `${move.from} has moved to ${move.to}: the archive has followed. The same posts are the same rows.`
  return { ...target, moved: move, notes: [{ url: move.to, message }, ...target.notes] }
}
