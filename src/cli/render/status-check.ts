import { SESSION_MARGIN } from '../../model/credentials.js'
import { EXIT, type ExitCode } from '../../model/errors.js'
import type { ArchiveStatus } from '../../model/reports/archive-status.js'
import { count, day, durationWords } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import type { StatusReport, StatusTarget } from './status.js'

/** How old a reading may be, in seconds. */
export interface AgeLimits {
  warnAge: number
  criticalAge: number
}

/** States of a check, as programs of the Nagios family know them. */
type CheckState = 'ok' | 'warning' | 'critical' | 'unknown'

interface CheckFinding {
  state: 'warning' | 'critical'
  /** Null: it concerns the archive as a whole. */
  target: string | null
  message: string
}

/** What a monitor has to know of an archive, the gravest findings first. */
interface StatusCheck {
  state: Exclude<CheckState, 'unknown'>
  findings: CheckFinding[]
}

/** These are the codes of Nagios plugins, not those of a run: a monitor reads no others. */
const CODES: Record<CheckState, ExitCode> = { ok: 0, warning: 1, critical: 2, unknown: 3 }

export const checkCode = (state: CheckState): ExitCode => CODES[state]

export function checkOf(
  { targets, lastRun, holder }: Pick<StatusReport, 'targets' | 'lastRun' | 'holder'>,
  limits: AgeLimits,
  now: number,
): StatusCheck {
  const none: CheckFinding[] =
    targets.length > 0 ? [] : [{ state: 'critical', target: null, message: 'no target has been archived yet' }]
  const found = [...none, ...runFindings(lastRun, holder), ...targets.flatMap(one => targetFindings(one, limits, now))]
  const findings = (['critical', 'warning'] as const).flatMap(wanted => found.filter(({ state }) => state === wanted))
  return { state: findings[0]?.state ?? 'ok', findings }
}

/** Codes of a run that no later run mends by itself. */
const GRAVE: readonly (number | null)[] = [EXIT.internal, EXIT.access, EXIT.unrecognised, EXIT.archive, EXIT.blocked]

function runFindings(run: ArchiveStatus['lastRun'], holder: ArchiveStatus['holder']): CheckFinding[] {
  const code = run?.exitCode
  if (run && code === null && !holder)
    return [{ state: 'warning', target: null, message: `run ${run.id} was killed before it finished` }]
  if (run && code !== undefined && GRAVE.includes(code))
    return [{ state: 'critical', target: null, message: `run ${run.id} ended with exit code ${code}` }]
  return []
}

function targetFindings(target: StatusTarget, limits: AgeLimits, now: number): CheckFinding[] {
  const of = (state: CheckFinding['state'], message: string) => ({ state, target: target.url, message })
  const age = readAge(target, now)
  const old = age === null ? null : age > limits.criticalAge ? 'critical' : age > limits.warnAge ? 'warning' : null
  return [
    ...(age === null ? [of('warning', 'never read to its end')] : []),
    ...(age !== null && old ? [of(old, `read ${durationWords(age)} ago`)] : []),
    ...(target.gaps.length > 0 ? [of('warning', `${count(target.gaps.length, 'gap')}${remedyOf(target)}`)] : []),
    ...(isLoggedOut(target) ? [of('critical', 'no login is kept for it')] : []),
    ...(target.reader === 'visitor' ? [] : target.logins).flatMap(({ ended, endsAt }) =>
      ended
        ? [of('critical', `its session ended${endsAt ? ` on ${day(endsAt)}` : ''}`)]
        : endsAt && Date.parse(endsAt) - now < SESSION_MARGIN
          ? [of('warning', `its session ends on ${day(endsAt)}`)]
          : [],
    ),
  ]
}

/** What robots.txt refuses, as runs keep it for a reason. */
const REFUSED = '/robots.txt asks programs not to read '

/** robots.txt refuses the target itself, in each run. */
const remedyOf = ({ url, gaps }: StatusTarget): string =>
  gaps.some(gap => gap.url === url && gap.reason?.includes(REFUSED))
    ? `, because robots.txt asks programs not to read it; to end this: threadkeep targets remove ${url}`
    : ''

/** No later run mends that. A reader with cookies in a file keeps no login, and succeeds. */
const isLoggedOut = ({ reader, logins, lastState }: StatusTarget): boolean =>
  reader !== 'visitor' && logins.length === 0 && lastState === 'failed'

/** Seconds since the last reading that came to its end, also while a newer one is under way; null: none has. */
function readAge({ ageSeconds, sync }: StatusTarget, now: number): number | null {
  if (ageSeconds !== null) return ageSeconds
  const whole = Date.parse(sync?.fullReadAt ?? '')
  return Number.isNaN(whole) ? null : Math.max(0, Math.floor((now - whole) / 1000))
}

/** One line with the state and figures, then a line for each further finding: the output format of Nagios plugins. */
export function checkLines(
  { state, findings }: StatusCheck,
  report: StatusReport,
  limits: AgeLimits,
  now: number,
): string[] {
  const ages = report.targets.flatMap(target => readAge(target, now) ?? [])
  const oldest = Math.max(0, ...ages)
  const gaps = report.targets.reduce((sum, target) => sum + target.gaps.length, 0)
  const [first = `${count(report.targets.length, 'target')}, the oldest read ${durationWords(oldest)} ago`, ...more] =
    findings.map(({ target, message }) => (target === null ? message : `${target}: ${message}`))
  const figures = `age=${oldest}s;${limits.warnAge};${limits.criticalAge};0 gaps=${gaps};0;;0`
  const others = more.length > 0 ? ` (and ${more.length} more)` : ''
  return [`${headOf(state, first)}${others} | ${figures}`, ...more.map(plain)]
}

/** `THREADKEEP WARNING - …` */
export const headOf = (state: CheckState, words: string): string =>
  `THREADKEEP ${state.toUpperCase()} - ${plain(words)}`

/** A bar separates the text from the figures. */
const plain = (text: string): string => terminalLine(text).replaceAll('|', '/')
