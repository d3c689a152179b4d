import { EXIT } from '../../model/errors.js'
import type { DoctorReport, Engine } from '../../model/reports/doctor.js'
import { asError } from '../../model/thrown.js'
import { engineOf } from '../../parse/index.js'
import type { LiveSource } from '../../sources/index.js'
import { problemOfError, problemOfTheme } from '../judge/problems.js'
import { problemOf } from '../judge/wall-problems.js'
import { firstTask, targetUrl } from '../plan/target.js'
import type { ArchiveOptions } from '../session/options.js'
import type { SourceDeps } from '../session/source.js'
import { examineRoutes } from './doctor-routes.js'
import { type Probe, storingNothing, withProbe } from './single-requests.js'

const NO_ENGINE: Engine = { software: null, version: null, pack: null, theme: null, forums: false, evidence: [] }

/**
 * Examines what a site offers to this reader, with few requests. Stores nothing.
 * @throws UsageError if the target is not an http(s) URL; a plain Error if the run was interrupted.
 */
export async function examine(word: string, options: ArchiveOptions, deps: SourceDeps): Promise<DoctorReport> {
  const target = targetUrl(word)
  const report = blankReport(target)
  const noted = (_url: string, message: string) => void report.notes.push(message)
  const reporter = { ...deps.reporter, noted }
  await withProbe(target, options, { ...deps, reporter }, probe => fill(report, probe, options, deps.signal))
  for (const problem of report.problems) storingNothing(problem, DOCTOR_AGAIN)
  report.exitCode = report.problems[0]?.exitCode ?? EXIT.done
  return report
}

const DOCTOR_AGAIN = 'Run threadkeep doctor again later.'

async function fill(report: DoctorReport, probe: Probe, options: ArchiveOptions, signal: AbortSignal): Promise<void> {
  const { source } = probe
  const task = firstTask(report.target)
  try {
    const { capture, page } = await probe.send(task.request)
    Object.assign(report, { url: capture.url, site: page.site, engine: engineOf(capture) })
    report.reader = page.signedIn ? 'member' : 'visitor'
    if (source.reader(capture.url) === 'session' && !page.signedIn) report.locked.push(NOT_ACCEPTED)
    await fillRobots(report, source)
    if (page.wall) report.problems.push(problemOf(task, page, page.wall))
    if (!page.wall || report.engine.software) await examineRoutes(report, page, probe, options)
    if (report.recommended) report.problems = []
    if (report.selfTest?.differences.length) report.problems.push(problemOfTheme(report.selfTest))
  } catch (error) {
    if (signal.aborted) throw error
    report.problems.push(problemOfError(task, asError(error)))
    await fillRobots(report, source).catch(() => {})
  }
}

const NOT_ACCEPTED = 'The site did not accept the session: it treats this reader as a visitor.'

async function fillRobots(report: DoctorReport, source: LiveSource): Promise<void> {
  const rules = await source.rules(report.target)
  report.robots = { found: rules.found, allowed: rules.allowed, crawlDelaySeconds: rules.delay / 1000 }
}

const blankReport = (target: string): DoctorReport => ({
  schema: 'threadkeep.doctor/1',
  target,
  url: target,
  site: { url: new URL('/', target).href, name: null },
  engine: NO_ENGINE,
  reader: 'visitor',
  routes: [],
  recommended: null,
  groups: [],
  locked: [],
  robots: null,
  selfTest: null,
  expected: null,
  notes: [],
  problems: [],
  exitCode: EXIT.done,
})
