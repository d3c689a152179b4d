import type { Figure, MethodsFacts } from '../../model/reports/methods.js'
import type { RunRecord } from '../../model/reports/provenance.js'
import { capturesBy, idsOf, liveRuns, readingRuns, summed, type Traced } from './run-sums.js'

/** The figures of a report, each with the runs that it comes from. */
export const figuresOf = (facts: MethodsFacts): Figure[] => [
  ...ofReading(facts),
  ...ofHolding(facts),
  ...ofDates(facts),
  ...ofChanges(facts),
  ...facts.exports.flatMap(({ format, threads, posts, fixity, sample }) => [
    figure(`threads in the export ${format}`, threads),
    figure(`posts in the export ${format}`, posts),
    ...(sample?.strata ?? []).map(({ name, drawn, of }) =>
      figure(
        `threads in the export ${format} of ${name === '' ? `no ${sample?.stratify}` : name}`,
        `${drawn} of ${of}`,
      ),
    ),
    figure(`fixity hash of the export ${format}`, fixity),
  ]),
  figure('fixity hash of the archive', facts.fixity),
]

const figure = (name: string, value: Figure['value'], runs: readonly number[] = []): Figure => ({
  name,
  value,
  runs: [...runs],
})

/** `2026-10-28 17:40 UTC` */
const minute = (at: string | null | undefined): string | null =>
  at ? `${at.slice(0, 16).replace('T', ' ')} UTC` : null

const traced = (name: string, { count, runs }: Traced): Figure => figure(name, count, runs)

function ofReading({ runs }: MethodsFacts): Figure[] {
  const [own, live] = [readingRuns(runs), liveRuns(runs)]
  const ids = idsOf(own)
  return [
    figure('versions of threadkeep', [...new Set(own.map(({ version }) => version))].join(', ') || null, ids),
    figure('runs', own.length, ids),
    figure('first reading began', minute(own[0]?.startedAt), ids.slice(0, 1)),
    figure('last reading ended', minute(own.at(-1)?.finishedAt), ids.slice(-1)),
    traced(
      'requests sent',
      summed(live, run => run.requests),
    ),
    traced(
      'bytes received',
      summed(live, run => run.bytes),
    ),
    ...capturesBy(runs, 'reader').map(([reader, sum]) => traced(`responses stored, read as ${reader}`, sum)),
    ...capturesBy(runs, 'route').map(([route, sum]) => traced(`responses stored, by ${route}`, sum)),
    traced('walls among them', summed(runs, wallsOf)),
  ]
}

const wallsOf = ({ captures }: RunRecord): number => captures.reduce((sum, { walls }) => sum + walls, 0)

function ofHolding({ posts, runs, targets }: MethodsFacts): Figure[] {
  const readers = summed(runs, run => run.posts).runs
  const { complete, short, unknown } = posts.completeness
  const gaps = targets.reduce((sum, one) => sum + one.gaps.length, 0)
  return [
    figure('posts held', posts.live + posts.gone, readers),
    figure('threads held', posts.threads, readers),
    figure('authors', posts.authors, readers),
    figure('posts that the sites showed or counted', posts.claimed, readers),
    figure('of these held', posts.held, readers),
    figure('threads complete', complete, readers),
    figure('threads in part', short, readers),
    figure('threads of unknown completeness', unknown, readers),
    figure('posts of which only the beginning is held', posts.shortened, readers),
    figure('opening posts known only from replies', posts.unread, readers),
    figure('requests without a usable response', gaps, [
      ...new Set(targets.flatMap(one => (one.gaps.length > 0 ? one.runs.slice(-1) : []))),
    ]),
  ]
}

function ofDates({ posts: { dates }, runs }: MethodsFacts): Figure[] {
  const readers = summed(runs, run => run.posts).runs
  return [
    figure('posts with an exact date', dates.exact, readers),
    figure('posts with an interval', dates.interval, readers),
    figure('posts with one bound', dates.bound, readers),
    figure('posts without a date', dates.unknown, readers),
    figure('earliest post', minute(dates.first), readers),
    figure('latest post', minute(dates.last), readers),
  ]
}

function ofChanges({ posts, runs }: MethodsFacts): Figure[] {
  const event = (name: string, kind: string) =>
    traced(
      name,
      summed(runs, ({ events }) => events[kind] ?? 0),
    )
  return [
    figure('earlier versions held', posts.versions, summed(runs, run => run.versions).runs),
    figure('posts with an earlier version', posts.versionedPosts, summed(runs, run => run.versions).runs),
    event('deletions seen', 'gone'),
    event('posts that came back', 'back'),
    event('moves seen', 'moved'),
    event('renamings seen', 'renamed'),
    figure(
      'posts held that are gone from the sites',
      posts.gone,
      summed(runs, ({ events }) => events['gone'] ?? 0).runs,
    ),
    figure('posts whose author was erased', posts.erased, summed(runs, ({ events }) => events['forgotten'] ?? 0).runs),
  ]
}
