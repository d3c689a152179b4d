import type { Asked, RobotsRules } from '../model/reports/pass.js'
import type { Note, Problem, RunReport, TargetReport } from '../model/reports/run.js'
import type { TargetOptions } from '../model/sync.js'
import { asError } from '../model/thrown.js'
import {
  type Clock,
  credentialsIn,
  credentialsOfBrowser,
  isLive,
  type LiveSource,
  sessionEnds,
} from '../sources/index.js'
import { MediaPass } from './media/media-pass.js'
import { OtherHosts } from './media/media-sources.js'
import { PageParser } from './parsing/page-parser.js'
import { targetOf } from './plan/target.js'
import { bySource, runByHost } from './session/by-host.js'
import { afterMove, followMoves } from './session/follow-moves.js'
import { oneSpelling } from './session/one-spelling.js'
import { type ArchiveOptions, archiveOptionsOf, type Job, mediaLimitsOf, type RunDeps } from './session/options.js'
import { readCaptures } from './session/read-captures.js'
import { readTarget } from './session/read-target.js'
import { countingReporter, finishReport, startReport, type Work } from './session/run-report.js'
import { openSource, type SourceDeps } from './session/source.js'
import { Stopping } from './session/stopping.js'
import { forHost, jobsOf, type SyncRequest, syncRequestOf } from './session/sync.js'
import { VisitLog } from './session/visit-log.js'

export { fetchMedia, type MediaFetch } from './media/fetch-media.js'
export { examine } from './probe/doctor.js'
export { type Login, type LoginRequest, logIn } from './probe/login.js'
export { misreadPosts, type ReparseDeps, type ReparseRequest, reparseArchive } from './reparse/reparse.js'
export type { ArchiveOptions, RunDeps, SourceDeps, SyncRequest }
export { archiveOptionsOf, credentialsIn, credentialsOfBrowser, mediaLimitsOf, sessionEnds, syncRequestOf, targetOf }

/**
 * Reads targets into the archive: the one place where source, parser and archive meet. Each capture is kept first, then
 * parsed, then saved together with what follows from it.
 * @throws UsageError before anything is asked, if a target is no address; ArchiveError if the archive can't be written.
 */
export async function archiveTargets(
  targets: readonly string[],
  options: ArchiveOptions,
  deps: RunDeps,
): Promise<RunReport> {
  const urls = oneSpelling(
    targets.map(target => targetOf(target, deps.sources)),
    deps.archive,
  )
  deps.archive.register(urls, optionsOf(options), iso(deps.clock))
  return readJobs(
    urls.map(url => ({ url, via: options.via, sync: null })),
    options,
    deps,
  )
}

/** How they are asked for, until they are read: a run that is stopped may leave some for the next sync. */
const optionsOf = ({ via, sleepSeconds, ignoreRobots, contact }: ArchiveOptions): TargetOptions => ({
  reader: 'visitor',
  ...{ via, sleepSeconds, ignoreRobots, contact },
})

interface SharedWork extends Work {
  others: OtherHosts
}

/** All of these, each at its own host's pace. `follows`: sites that have moved are renamed, and read at their new address. */
async function readJobs(
  jobs: readonly Job[],
  options: ArchiveOptions,
  deps: RunDeps,
  follows = false,
): Promise<RunReport> {
  const urls = jobs.map(({ url }) => url)
  deps.archive.erasureGuard.refuseUrls(urls)
  const report = startReport(deps)
  const stopping = new Stopping(options, deps.clock, deps.signal)
  const visit = new VisitLog(deps.clock)
  let failure: Error | null = null
  const reporter = countingReporter(deps.reporter, { report, stopping, visit })
  const others = new OtherHosts(forHost(options, jobs), { ...deps, reporter, signal: stopping.signal })
  try {
    const work = { report, stopping, visit, others }
    await readHosts(jobs, options, deps, work)
    if (follows && !stopping.signal.aborted) await readMoved(jobs, options, deps, work)
  } catch (error) {
    failure = asError(error)
    throw error
  } finally {
    stopping.ended()
    await others.close()
    const placeOf = ({ target }: TargetReport) =>
      urls.findIndex(url => [url, deps.archive.moves.url(url)].includes(target))
    report.targets.sort((a, b) => placeOf(a) - placeOf(b))
    finishReport({ report, stopping, visit }, urls.length, deps, failure)
  }
  return report
}

const readHosts = (jobs: readonly Job[], options: ArchiveOptions, deps: RunDeps, work: SharedWork): Promise<void> =>
  runByHost(
    bySource(
      jobs.map(({ url }) => url),
      deps.sources,
    ),
    options.hosts,
    group =>
      readGroup(
        jobs.filter(({ url }) => group.includes(url)),
        options,
        deps,
        work,
      ),
  )

/** Renames the sites that were found moved, and reads their targets at the new address. A login for the old one is not used there. */
async function readMoved(
  jobs: readonly Job[],
  options: ArchiveOptions,
  deps: RunDeps,
  work: SharedWork,
): Promise<void> {
  const { archive, clock } = deps
  const moves = followMoves(work.report, archive, iso(clock))
  const moved = jobs.flatMap(job => {
    const [registered] = archive.registered(archive.moves.url(job.url))
    return registered && registered.url !== job.url ? [{ ...job, url: registered.url, registered }] : []
  })
  if (moves.length > 0) await readHosts(moved, options, deps, work)
  work.report.targets = work.report.targets.map(target => afterMove(target, moves))
}

/**
 * Brings targets that were archived before up to date: those that are named, or all. Each is read as it was registered, but for
 * what is given now.
 * @throws UsageError before anything is asked, if there is none, or one was never archived.
 */
export function syncTargets(request: SyncRequest, options: ArchiveOptions, deps: RunDeps): Promise<RunReport> {
  const { archive, sources } = deps
  const targets = oneSpelling(
    request.targets.map(target => targetOf(target, sources)),
    archive,
  )
  return readJobs(jobsOf({ ...request, targets }, archive.registered(), sources), options, deps, request.moved)
}

/** Targets of one source, one after the other: no two requests at once. */
async function readGroup(
  jobs: readonly Job[],
  options: ArchiveOptions,
  deps: RunDeps,
  work: SharedWork,
): Promise<void> {
  const { report, stopping } = work
  const robots = new IgnoredRobots()
  const notes: Note[] = []
  const rules: RobotsRules[] = []
  const reporter: SourceDeps['reporter'] & RunDeps['reporter'] = {
    ...countingReporter(deps.reporter, work),
    ignored: (url, what) => robots.note(url, what),
    noted: (url, message) => void notes.push({ url, message }),
    rules: one => void rules.push(one),
  }
  const how = forHost(options, jobs)
  const parser = new PageParser()
  const down = new Map<string, Problem>()
  const source = openSource(jobs[0]?.url ?? '', how, { ...deps, reporter, signal: stopping.signal })
  try {
    for (const job of jobs) {
      if (stopping.signal.aborted) break
      const reading = { ...deps, job, reporter, parser, options: how, report, stopping, down }
      const target = isLive(source)
        ? await readTarget({ ...reading, source })
        : await readCaptures({ ...reading, source })
      const asked = isLive(source) ? { asked: { via: job.via, ...askedAs(how, rules) } } : {}
      report.targets.push({ ...target, ...asked, notes: [...target.notes, ...robots.notes(), ...notes.splice(0)] })
      if (target.stopped === 'problem') stopping.stop('problem')
      if (target.stopped) break
    }
    if (isLive(source)) await readFiles(jobs, how, { ...deps, reporter }, work, source)
  } catch (error) {
    // The archive can't be written: the other hosts must not be asked for more.
    stopping.stop('problem')
    throw error
  } finally {
    await parser.close()
    await source.close()
  }
}

const askedAs = (
  { sleepSeconds: pauseSeconds, ignoreRobots }: ArchiveOptions,
  rules: readonly RobotsRules[],
): Omit<Asked, 'via'> => ({ pauseSeconds, robots: ignoreRobots ? 'ignored' : 'obeyed', rules: [...rules] })

/** The files of the posts of these targets, but of those that could not be read: their site is down, or the session has ended. */
async function readFiles(
  jobs: readonly Job[],
  { media: limits }: ArchiveOptions,
  { archive, clock, reporter }: RunDeps,
  { report, stopping, others }: SharedWork,
  source: LiveSource,
): Promise<void> {
  const urls = jobs.map(({ url }) => url)
  const isRead = ({ target, state, stopped }: TargetReport) =>
    urls.includes(target) && state !== 'failed' && stopped !== 'session-ended'
  const read = report.targets.filter(isRead).map(({ target }) => target)
  if (!limits || read.length === 0) return
  const [first = ''] = read
  const work = { archive, clock, report, reporter, stopping, limits, again: false, others }
  await new MediaPass(work, source, archive.siteOf(first) ?? first).fetch(read)
}

const iso = (clock: Clock): string => new Date(clock.now()).toISOString()

/** What robots.txt asks for, and was not done: told once for each host, not once a request. */
class IgnoredRobots {
  private readonly urls = new Map<string, string[]>()

  note(url: string, what: string): void {
    this.urls.set(what, [...(this.urls.get(what) ?? []), url])
  }

  /** And forgets them. */
  notes(): Note[] {
    const notes = [...this.urls].map(([what, [url = '', ...more]]) => ({
      url,
      message: sentence(what, url, more.length),
    }))
    this.urls.clear()
    return notes
  }
}

const sentence = (what: string, url: string, more: number): string =>
  `robots.txt was ignored, as you wished, for ${url}${more > 0 ? ` and ${more} more` : ''}: ${what}.`
