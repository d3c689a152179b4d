import type { MethodsFacts, Sentence } from '../../model/reports/methods.js'
import type { CaptureRoute } from '../../model/reports/provenance.js'
import { knownAddress } from '../../model/unknown-site.js'
import { count, listed } from '../text.js'
import { sampleWords } from '../words/collection.js'
import { between } from '../words/utc-dates.js'
import { accessSentences } from './access-sentences.js'
import { dayRange, figure, numberRange, runWords, share } from './phrases.js'
import { capturesBy, idsOf, readingRuns, reasonsOf, summed } from './run-sums.js'

/** The paragraph, sentence by sentence. What is not recorded is said, not left out. */
export const sentencesOf = (facts: MethodsFacts): Sentence[] => [
  software(facts),
  ...targets(facts),
  ...readers(facts),
  ...routes(facts),
  ...accessSentences(facts),
  held(facts),
  ...missing(facts),
  dates(facts),
  changes(facts),
  ...exported(facts),
  {
    about: 'fixity',
    runs: [],
    text: `The fixity hash of the archive (SHA-256 over all of its posts, as threadkeep defines it) is ${facts.fixity}.`,
  },
]

function software({ runs }: MethodsFacts): Sentence {
  const own = readingRuns(runs)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last)
    return { about: 'software', text: 'No run of threadkeep has read anything into this archive.', runs: [] }
  const versions = listed([...new Set(own.map(({ version }) => version))])
  const days = dayRange(first.startedAt, last.finishedAt ?? last.startedAt)
  const text = `The discussions were collected with threadkeep ${versions} in ${count(own.length, 'run')} ${days} (UTC).`
  return { about: 'software', text, runs: idsOf(own) }
}

export function targets({ targets, sites, runs }: MethodsFacts): Sentence[] {
  const addressed = targets.map(({ url, kind }) => [knownAddress(url) ?? 'a community whose address is left out', kind])
  const asked = addressed.map(([address, kind]) => (kind === null ? `${address}` : `${address} (${kind})`))
  const named = [...new Set(targets.length > 0 ? asked : sites)]
  if (named.length === 0) return []
  const what = targets.length > 0 ? `Targets: ${listed(named)}.` : `They are of ${listed(named)}.`
  return [
    {
      about: 'targets',
      text: what,
      runs: [...new Set(targets.flatMap(one => one.runs))].sort((a, b) => a - b) || idsOf(runs),
    },
  ]
}

const READERS: Record<string, string> = {
  visitor: 'as an anonymous visitor',
  session: 'as a logged-in member, by a session',
  password: 'as a member, by an application password',
}

/** `session@anna`: a reader of a merged archive. */
function readerWords(reader: string): string {
  const [kind = '', label] = reader.split('@')
  const words = READERS[kind] ?? `as ${kind}`
  return label === undefined ? words : `${words} of the archive “${label}”`
}

function readers({ runs }: MethodsFacts): Sentence[] {
  const live = runs.map(run => ({ ...run, captures: run.captures.filter(({ route }) => route !== 'import') }))
  const sums = capturesBy(live, 'reader')
  if (sums.length === 0) return []
  const words = sums.map(
    ([reader, one]) => `${readerWords(reader)} (${count(one.count, 'response')}, ${runWords(one.runs)})`,
  )
  const who = sums.some(([reader]) => reader !== 'visitor') ? ' Which member that was is not recorded.' : ''
  return [{ about: 'readers', text: `The sites were read ${listed(words)}.${who}`, runs: allRuns(sums) }]
}

const allRuns = (sums: readonly (readonly [string, { runs: number[] }])[]): number[] =>
  [...new Set(sums.flatMap(([, { runs }]) => runs))].sort((a, b) => a - b)

const ROUTES: Record<CaptureRoute, string> = {
  rest: 'the REST interface',
  ajax: "the loaders of the sites' pages (AJAX)",
  page: 'pages',
  feed: 'feeds',
  import: 'files that were imported',
}

function routes({ runs }: MethodsFacts): Sentence[] {
  const sums = capturesBy(runs, 'route')
  if (sums.length === 0) return []
  const words = sums.map(([route, one]) => `${ROUTES[route as CaptureRoute]} (${count(one.count, 'response')})`)
  const reasons = reasonsOf(runs).map(
    ({ route, because, runs: own }) =>
      `${ROUTES[route]} in ${runWords(own)}, ${because === null ? 'the reason not being recorded' : `because ${because}`}`,
  )
  const why = reasons.length === 0 ? '' : ` The lists of threads came by ${listed(reasons)}.`
  return [{ about: 'routes', text: `They came from ${listed(words)}.${why}`, runs: allRuns(sums) }]
}

function held({ posts, notices, runs }: MethodsFacts): Sentence {
  const { threads, live, gone, authors, claimed, held: have, completeness, unread } = posts
  const known =
    claimed === 0
      ? ''
      : ` In the threads that were seen whole and are still there, the sites showed or counted ${count(claimed, 'post')}, of which ${figure(have)} are held${share(have, claimed)}; ${count(completeness.complete, 'thread')} ${completeness.complete === 1 ? 'is' : 'are'} complete, ${figure(completeness.short)} not, and for ${figure(completeness.unknown)} it is not known.`
  const ofNotices =
    notices === 0
      ? ''
      : `; of these, ${figure(notices)} ${notices === 1 ? 'is a membership notice' : 'are membership notices'}`
  const opening =
    unread === 0
      ? ''
      : ` ${count(unread, 'opening post')} ${unread === 1 ? 'is' : 'are'} known only from replies, and not counted.`
  const text = `The archive holds ${count(live + gone, 'post')} of ${count(authors, 'author')} in ${count(threads, 'thread')}${ofNotices}.${known}${opening}`
  return { about: 'held', text, runs: summed(runs, run => run.posts).runs }
}

function missing({ targets, posts, media }: MethodsFacts): Sentence[] {
  const gaps = targets.flatMap(({ gaps, runs }) => gaps.map(gap => ({ ...gap, run: runs.at(-1) })))
  const reasons = new Map<string, number>()
  for (const { reason } of gaps)
    reasons.set(reason ?? 'no reason recorded', (reasons.get(reason ?? 'no reason recorded') ?? 0) + 1)
  const words = [
    ...(gaps.length > 0
      ? [
          `${count(gaps.length, 'request')} without a usable response (${[...reasons]
            .slice(0, 5)
            .map(([reason, times]) => `${times} × ${reason}`)
            .join('; ')})`,
        ]
      : []),
    ...(posts.shortened > 0
      ? [`the full text of ${count(posts.shortened, 'post')}, of which the site gave only the beginning`]
      : []),
    ...(media && media.missing + media.wanted > 0 ? [`${count(media.missing + media.wanted, 'file')} of posts`] : []),
  ]
  const runs = [...new Set(gaps.flatMap(({ run }) => run ?? []))].sort((a, b) => a - b)
  return words.length === 0 ? [] : [{ about: 'missing', text: `What is missing: ${listed(words)}.`, runs }]
}

function dates({ posts, runs }: MethodsFacts): Sentence {
  const { exact, interval, bound, unknown, widestDays, first, last, precision } = posts.dates
  const all = exact + interval + bound + unknown
  const span = first && last ? ` The posts were written ${between(first, last, precision)}.` : ''
  const widest = widestDays === null ? '' : ` (the widest is ${numberRange([widestDays])} days)`
  const text = `The date is known exactly for ${count(exact, 'post')}${share(exact, all)}, as an interval for ${figure(interval)}${widest}, by one bound for ${figure(bound)}, and not at all for ${figure(unknown)}.${span}`
  return { about: 'dates', text, runs: summed(runs, run => run.posts).runs }
}

function changes({ posts, runs }: MethodsFacts): Sentence {
  const event = (kind: string) => summed(runs, ({ events }) => events[kind] ?? 0)
  const [gone, back, moved, renamed] = [event('gone'), event('back'), event('moved'), event('renamed')]
  const versions = summed(runs, run => run.versions)
  const text = `Between the runs threadkeep saw ${count(posts.versions, 'earlier version')} of ${count(posts.versionedPosts, 'post')}, ${count(gone.count, 'deletion')} (${count(back.count, 'post')} came back), ${count(moved.count, 'move')} and ${count(renamed.count, 'renaming')}; ${count(posts.gone, 'post')} of those held ${posts.gone === 1 ? 'is' : 'are'} no longer on the sites. What was edited or deleted before the first reading, or between two readings and back, can't be seen.`
  const ids = [gone, back, moved, renamed, versions].flatMap(one => one.runs)
  return { about: 'changes', text, runs: [...new Set(ids)].sort((a, b) => a - b) }
}

function exported({ exports, posts }: MethodsFacts): Sentence[] {
  return exports.map(({ format, selection, leftOutTypes, status, threads, posts: have, fixity, sample }) => {
    const rest = { threads: posts.threads - threads, posts: posts.live + posts.gone - have }
    const why = [
      ...(selection === '' ? [] : [`a selection was made: ${selection}`]),
      ...(sample === null ? [] : [`it is a sample: ${sampleWords(sample)}`]),
      ...(status === 'all'
        ? []
        : [
            status === 'live'
              ? 'posts that are gone from the sites are left out'
              : 'only posts that are gone from the sites are in it',
          ]),
      ...(leftOutTypes.length === 0 ? [] : [`notices are left out (${leftOutTypes.join(', ')})`]),
    ]
    const words = `The export as ${format} has ${count(have, 'post')} in ${count(threads, 'thread')}, and leaves out ${count(rest.posts, 'post')} and ${count(rest.threads, 'thread')} of the archive`
    return {
      about: 'export',
      text: `${words}${why.length === 0 ? '' : `: ${why.join('; ')}`}. Its fixity hash is ${fixity}.`,
      runs: [],
    }
  })
}
