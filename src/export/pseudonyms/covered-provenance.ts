import type { Provenance, RunRecord, RunTarget } from '../../model/reports/provenance.js'
import type { Cover } from './cover.js'

/** The run log without names: addresses, messages and readers pass the cover; times of runs stay, because they are of no member. */
export const coveredProvenance = ({ runs, merged, posts }: Provenance, cover: Cover): Provenance => ({
  runs: runs.map(run => coveredRun(run, cover)),
  merged: merged.map(({ label, at }) => ({ label: cover.reader(label), at })),
  posts: {
    ...posts,
    dates: {
      ...posts.dates,
      ...{ first: covered(posts.dates.first, cover), last: covered(posts.dates.last, cover) },
      ...(cover.precision && { precision: cover.precision }),
    },
  },
})

const coveredRun = (run: RunRecord, cover: Cover): RunRecord => ({
  ...run,
  archive: run.archive && cover.reader(run.archive),
  captures: run.captures.map(({ reader, route, count, walls }) => ({
    reader: cover.reader(reader),
    route,
    count,
    walls,
  })),
  targets: run.targets.map(target => coveredTarget(target, cover)),
})

function coveredTarget(target: RunTarget, cover: Cover): RunTarget {
  const words = (lines: readonly string[]) => lines.map(line => cover.line(line, target.target))
  const address = coveredAddress(target.target, cover)
  return { ...target, target: address, problems: words(target.problems), notes: words(target.notes) }
}

/** An import has a path, which may hold names, too. */
export const coveredAddress = (target: string, cover: Cover): string =>
  URL.canParse(target) ? cover.target(target) : cover.line(target, target)

const covered = (at: string | null, cover: Cover): string | null => at && cover.at(at)
