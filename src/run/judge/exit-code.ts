import { EXIT, type ExitCode, KnownError } from '../../model/errors.js'
import type { PartialReason, RunReport, TargetReport } from '../../model/reports/run.js'

/** The exit code of a run that an error ended: a known one has its own. */
export const codeOfFailure = (error: Error): ExitCode => (error instanceof KnownError ? error.exitCode : EXIT.internal)

/**
 * One target: its own code. Several: the code that all share, else 3, because a part was done or failed in another way.
 * Login and blocks come before "partly", so that a job learns why it must be looked after.
 */
export function exitCodeOf(report: Pick<RunReport, 'targets' | 'stopped' | 'media'>): ExitCode {
  const code = codeOfTargets(report)
  return code === EXIT.done && lacksFiles(report) ? EXIT.partial : code
}

/** Files that this run asked for and could not get, or has left. Those that earlier runs could not get are known. */
const lacksFiles = ({ media }: Pick<RunReport, 'media'>): boolean =>
  media !== undefined && media.missed + media.left > 0

function codeOfTargets(report: Pick<RunReport, 'targets' | 'stopped'>): ExitCode {
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

/** The gravest reason of exit code 3; null: the code is another one. Only `failed` needs somebody to look at it. */
export function partialReason({
  exitCode,
  stopped,
  targets,
  media,
}: Pick<RunReport, 'exitCode' | 'stopped' | 'targets' | 'media'>): PartialReason {
  if (exitCode !== EXIT.partial) return null
  const isFailed = ({ state, problems }: TargetReport) =>
    state === 'failed' || problems.some(problem => problem.exitCode !== EXIT.partial)
  if (stopped === 'problem' || targets.some(isFailed)) return 'failed'
  return targets.some(({ problems }) => problems.length > 0) || (media?.missed ?? 0) > 0 ? 'gap' : 'limit'
}
