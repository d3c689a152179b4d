import type { RunCounts, RunReport } from '../../model/reports/run.js'
import { codeOfFailure, exitCodeOf, partialReason } from '../judge/exit-code.js'
import type { RunDeps } from './options.js'
import { reportRest } from './page-outcome.js'
import type { Stopping } from './stopping.js'
import type { VisitLog } from './visit-log.js'

/** What all parts of a run share. */
export interface Work {
  report: RunReport
  stopping: Stopping
  visit: VisitLog
}

/** The reporter, which also counts requests and waits for the report and for the limits of the run. */
export const countingReporter = (
  reporter: RunDeps['reporter'],
  { report, stopping, visit }: Work,
): RunDeps['reporter'] => ({
  ...reporter,
  request(url) {
    visit.asked(url, report)
    stopping.counted()
    reporter.request(url)
  },
  waiting(milliseconds, why) {
    visit.waited(milliseconds)
    reporter.waiting(milliseconds, why)
  },
})

const iso = (clock: RunDeps['clock']): string => new Date(clock.now()).toISOString()

/** Begins a run in the log of the archive. */
export function startReport({ archive, clock, command, version }: RunDeps): RunReport {
  const startedAt = iso(clock)
  const counts: RunCounts = { requests: 0, bytes: 0, newPosts: 0, changedPosts: 0, posts: 0 }
  const started = archive.startRun(command, version, startedAt)
  const visit = { meanSecondsBetweenRequests: null, longestWaitSeconds: 0 }
  return {
    schema: 'threadkeep.run/1',
    ...started,
    startedAt,
    finishedAt: startedAt,
    exitCode: 0,
    reason: null,
    stopped: null,
    ...counts,
    gonePosts: 0,
    backPosts: 0,
    improvedPosts: 0,
    contradictions: { count: 0, first: [] },
    reusedIds: { count: 0, first: [] },
    visit,
    targets: [],
  }
}

/** Ends the run: its exit code, and its report in the log. `asked`: number of targets. `recognised`: called when the posts of texts have their rows. */
export function finishReport(
  { report, stopping, visit }: Work,
  asked: number,
  { archive, clock, reporter }: RunDeps,
  failure: Error | null,
  recognised = () => {},
): void {
  report.finishedAt = iso(clock)
  report.visit = visit.card()
  Object.assign(report, archive.happened(report.run))
  recogniseTexts(report, archive, failure)
  if (failure === null) recognised()
  const unread = report.targets.find(({ stopped }) => stopped)?.stopped ?? null
  report.stopped = stopping.why === 'interrupted' || report.targets.length < asked ? (stopping.why ?? unread) : unread
  report.exitCode = failure ? codeOfFailure(failure) : exitCodeOf(report)
  report.reason = partialReason(report)
  reportRest(report, reporter)
  archive.finishRun(report)
}

/** Posts that a text and a site have both are one post, and no new one. The next run goes on after a failure of the archive. */
function recogniseTexts(report: RunReport, archive: RunDeps['archive'], failure: Error | null): void {
  if (failure !== null || report.newPosts + report.changedPosts + report.improvedPosts === 0) return
  const { posts, improved } = archive.recognise(report.run)
  report.newPosts = Math.max(0, report.newPosts - posts)
  report.improvedPosts += improved
}
