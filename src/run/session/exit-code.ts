import { EXIT, type ExitCode } from '../../model/errors.js'
import type { RunReport, TargetReport } from '../../model/reports/run.js'

/**
 * One target: its own code. Several: the code that all share, else 3, because a part was done or failed in another way.
 * Login and blocks come before "partly", so that a job learns why it must be looked after.
 */
export function exitCodeOf(report: Pick<RunReport, 'targets' | 'stopped'>): ExitCode {
  if (report.stopped === 'interrupted') return EXIT.interrupted
  // A job that nobody watches needs somebody to log in again.
  if (report.targets.some(({ stopped }) => stopped === 'session-ended')) return EXIT.access
  if (report.stopped === 'max-requests' || report.stopped === 'time-limit') return EXIT.partial
  const codes = [...new Set(report.targets.map(codeOf))]
  return codes.length === 1 ? (codes[0] as ExitCode) : codes.length === 0 ? EXIT.done : EXIT.partial
}

function codeOf({ state, problems }: TargetReport): ExitCode {
  const codes = problems.map(problem => problem.exitCode)
  for (const grave of [EXIT.internal, EXIT.access, EXIT.blocked]) if (codes.includes(grave)) return grave
  if (state === 'failed') return codes[0] ?? EXIT.partial
  return codes.length > 0 ? EXIT.partial : EXIT.done
}
