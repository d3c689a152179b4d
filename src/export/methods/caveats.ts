import type { Caveat, MethodsFacts } from '../../model/reports/methods.js'
import { count, listed } from '../text.js'
import { figure, ranges, runWords } from './phrases.js'
import { idsOf, killedRuns, liveRuns, readingRuns, summed } from './run-sums.js'

/** In the order in which a reader should know them. `closed`: what is published covers groups that are closed to the reader. */
export const caveatsOf = (facts: MethodsFacts, closed: boolean): Caveat[] => [
  ...logCaveats(facts),
  ...originCaveats(facts),
  ...contentCaveats(facts, closed),
]

function logCaveats({ runs, running, posts }: MethodsFacts): Caveat[] {
  const killed = killedRuns(runs, running)
  const stopped = runs.filter(({ stopped }) => stopped !== null)
  return [
    ...when(runs.length === 0, 'no-runs', 'The archive has no run log: nothing is known of how its content was read.'),
    ...when(posts.live + posts.gone === 0, 'empty', 'The archive holds no posts.'),
    ...when(
      running !== null,
      'running',
      `Run ${running} has not ended: it is still at work, or it was killed. These figures may not be final.`,
      [running ?? 0],
    ),
    ...when(
      killed.length > 0,
      'killed',
      `${count(killed.length, 'run')} did not end (killed, or the machine went down): ${runWords(idsOf(killed))}. Their responses count; how many requests they sent is not recorded.`,
      idsOf(killed),
    ),
    ...when(
      stopped.length > 0,
      'stopped',
      `${count(stopped.length, 'run')} ended before everything was read: ${listed(stopped.map(run => `${run.id} (${run.stopped})`))}.`,
      idsOf(stopped),
    ),
  ]
}

function originCaveats({ runs, merged, sites }: MethodsFacts): Caveat[] {
  const imported = runs.filter(({ captures }) => captures.some(({ route }) => route === 'import'))
  const only = imported.length > 0 && liveRuns(runs).length === 0
  const files = summed(imported, ({ captures }) =>
    captures.reduce((sum, one) => sum + (one.route === 'import' ? one.count : 0), 0),
  )
  const what = `${count(files.count, 'stored page')} ${files.count === 1 ? 'was' : 'were'} imported from files (${runWords(files.runs)})`
  const others = runs.filter(({ archive }) => archive !== null)
  // An archive that a merge made has no readings of its own.
  const own = readingRuns(runs).some(({ archive }) => archive === null)
  return [
    ...when(
      only,
      'imports',
      `No site was asked: ${what}. How, when and as whom these files were made is known only as far as they say so.`,
      files.runs,
    ),
    ...when(!only && imported.length > 0, 'imports', `${what}; all else was read from the site.`, files.runs),
    ...when(
      merged.length > 0,
      'merged',
      `The archive was merged from ${count(merged.length + (own ? 1 : 0), 'archive')}: ${own ? 'its own and ' : ''}${listed(merged.map(({ label }) => `“${label}”`))}, whose runs are ${ranges(idsOf(others)) || 'none'}.`,
      idsOf(others),
    ),
    ...when(
      sites.length > 1,
      'sites',
      `The archive holds ${count(sites.length, 'community', 'communities')}: ${listed(sites)}. Unless it is said otherwise, figures are of all of them.`,
    ),
  ]
}

function contentCaveats({ targets, groups, posts, runs }: MethodsFacts, coversClosed: boolean): Caveat[] {
  const withGaps = targets.filter(({ gaps, pending }) => gaps.length + pending > 0)
  const gaps = withGaps.reduce((sum, one) => sum + Math.max(one.gaps.length, one.pending), 0)
  const short = groups.filter(({ completeness }) => completeness.state === 'short')
  const closed = groups.filter(({ access }) => access === 'members')
  const ignored = readingRuns(runs).filter(run => run.targets.some(({ asked }) => asked?.robots === 'ignored'))
  const names = (list: typeof groups) => listed(list.map(({ name, slug }) => `“${name ?? slug}”`))
  return [
    ...when(
      gaps > 0,
      'gaps',
      `The archive has gaps: ${count(gaps, 'request')} of ${count(withGaps.length, 'target')} ${gaps === 1 ? 'has' : 'have'} no usable response yet.`,
      withGaps.flatMap(one => one.runs.slice(-1)),
    ),
    ...when(
      short.length + posts.completeness.short > 0,
      'short',
      `${count(posts.completeness.short, 'thread')} ${posts.completeness.short === 1 ? 'is' : 'are'} held in part only${short.length > 0 ? `, in ${names(short)}` : ''}.`,
    ),
    ...when(
      coversClosed && closed.length > 0,
      'closed',
      `${count(closed.length, 'group')} ${closed.length === 1 ? 'was' : 'were'} closed to the reader, so that ${closed.length === 1 ? 'its' : 'their'} posts are not held: ${names(closed)}.`,
    ),
    ...when(
      ignored.length > 0,
      'robots-ignored',
      `robots.txt was ignored in ${runWords(idsOf(ignored))}, as the user wished.`,
      idsOf(ignored),
    ),
    ...when(
      posts.erasedMembers > 0,
      'erased',
      `${count(posts.erasedMembers, 'member')} ${posts.erasedMembers === 1 ? 'was' : 'were'} erased on request: ${figure(posts.erased)} of the posts have no words and no author, and ${count(posts.withheld, 'stored response')} no body.`,
      summed(runs, ({ events }) => events['forgotten'] ?? 0).runs,
    ),
  ]
}

const when = (holds: boolean, kind: Caveat['kind'], text: string, runs: number[] = []): Caveat[] =>
  holds ? [{ kind, text, runs }] : []
