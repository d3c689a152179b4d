import type { MediaLimits } from '../../model/media/media.js'
import type { RunReport } from '../../model/reports/run.js'
import type { Registered } from '../../model/sync.js'
import { asError } from '../../model/thrown.js'
import { isAddress, sameHost } from '../../model/urls.js'
import { isLive } from '../../sources/index.js'
import type { ArchiveOptions, Job, RunDeps } from '../session/options.js'
import { countingReporter, finishReport, startReport, type Work } from '../session/run-report.js'
import { openSource } from '../session/source.js'
import { Stopping } from '../session/stopping.js'
import { forHost } from '../session/sync.js'
import { VisitLog } from '../session/visit-log.js'
import { blankMediaReport, MediaPass } from './media-pass.js'
import { OtherHosts } from './media-sources.js'

/** Which files are fetched without reading any posts. */
export interface MediaFetch {
  /** URLs of groups, threads, members or sites that the archive holds; null: all of it. */
  targets: readonly string[] | null
  limits: MediaLimits
  /** Also those that earlier runs could not get, and whose time to be requested again has not come. */
  again: boolean
  /** The pauses of the targets do not count. */
  ownPace: boolean
}

/**
 * Fetches the files of posts that the archive holds, at the pace of the targets that were archived.
 * @throws ArchiveError if the archive or a file can't be written.
 */
export async function fetchMedia(request: MediaFetch, options: ArchiveOptions, deps: RunDeps): Promise<RunReport> {
  const { archive, clock, signal } = deps
  const report = startReport(deps)
  const work = { report, stopping: new Stopping(options, clock, signal), visit: new VisitLog(clock) }
  report.media = blankMediaReport()
  let failure: Error | null = null
  try {
    await fetchBySite(request, options, deps, work)
    report.media.known = archive.media.missed(request.targets) - report.media.missed
  } catch (error) {
    failure = asError(error)
    throw error
  } finally {
    work.stopping.ended()
    finishReport(work, 0, deps, failure)
  }
  return report
}

async function fetchBySite(request: MediaFetch, options: ArchiveOptions, deps: RunDeps, work: Work): Promise<void> {
  const { archive, clock } = deps
  const jobs = archive.registered().map(target => jobOf(target, request.ownPace))
  const reporter = countingReporter(deps.reporter, work)
  const outside = { ...deps, reporter, signal: work.stopping.signal }
  const others = new OtherHosts(forHost(options, jobs), outside)
  const reader = options.credentials.cookies.length > 0 ? 'session' : 'visitor'
  const ids = archive.media.plan({ ...request, reader, at: new Date(clock.now()).toISOString() })
  try {
    for (const [site, own] of archive.media.bySite(ids)) {
      const near = jobs.filter(({ url }) => site !== null && isAddress(url) && isAddress(site) && sameHost(url, site))
      const source = site !== null && isAddress(site) ? openSource(site, forHost(options, near), outside) : null
      const { report, stopping } = work
      const live = source && isLive(source) ? source : null
      const media = { archive, clock, report, stopping, reporter, others, limits: request.limits, again: request.again }
      await new MediaPass(media, live, site).run(own).finally(() => source?.close())
    }
  } finally {
    await others.close()
  }
}

/** A target for its pause, robots rule and contact; none of its posts are read. */
function jobOf(target: Registered, ownPace: boolean): Job {
  const registered = ownPace ? { ...target, options: { ...target.options, sleepSeconds: [0, 0] as const } } : target
  return { url: target.url, via: 'auto', sync: null, registered }
}
