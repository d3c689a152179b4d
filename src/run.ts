import type { RunCounts, RunReport } from './model/report.js'
import { exitCodeOf } from './run/exit-code.js'
import type { ArchiveOptions, RunDeps } from './run/options.js'
import { readTarget } from './run/read-target.js'
import { openSource } from './run/source.js'
import { targetUrl } from './run/target.js'
import { type Clock, checkedCookies } from './sources/index.js'

export { type DoctorDeps, examine } from './run/doctor.js'
export type { ArchiveOptions, RunDeps }
export { checkedCookies, targetUrl }

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
  const urls = [...new Set(targets.map(targetUrl))]
  const report = startReport(deps)
  const source = openSource(options, deps, url => {
    report.requests++
    deps.reporter.request(url)
  })
  try {
    for (const url of urls) {
      if (deps.signal.aborted) break
      report.targets.push(await readTarget(url, { ...deps, options, source, report }))
    }
  } finally {
    await source.close()
    report.finishedAt = iso(deps.clock)
    report.exitCode = exitCodeOf(report, deps.signal.aborted)
    deps.archive.finishRun(report)
  }
  return report
}

const iso = (clock: Clock): string => new Date(clock.now()).toISOString()

function startReport({ archive, clock, command, version }: RunDeps): RunReport {
  const startedAt = iso(clock)
  const counts: RunCounts = { requests: 0, bytes: 0, newPosts: 0, changedPosts: 0, posts: 0 }
  const run = archive.startRun(command, version, startedAt)
  return { schema: 'threadkeep.run/1', run, startedAt, finishedAt: startedAt, exitCode: 0, ...counts, targets: [] }
}
