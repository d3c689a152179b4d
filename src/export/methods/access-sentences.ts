import type { MethodsFacts, Sentence } from '../../model/reports/methods.js'
import type { RobotsRules } from '../../model/reports/pass.js'
import type { RunRecord, RunTarget } from '../../model/reports/provenance.js'
import { count, listed } from '../text.js'
import { figure, numberRange, runWords } from './phrases.js'
import { idsOf, liveRuns, summed } from './run-sums.js'

/** How the sites were asked: requests, pace, robots.txt. Nothing for an archive that was imported. */
export function accessSentences({ runs }: MethodsFacts): Sentence[] {
  const live = liveRuns(runs)
  return live.length === 0 ? [] : [requests(live), pace(live), ...robots(live)]
}

function requests(live: readonly RunRecord[]): Sentence {
  const [sent, bytes] = [summed(live, run => run.requests), summed(live, run => run.bytes)]
  const stored = summed(live, ({ captures }) =>
    captures.reduce((sum, { route, count }) => sum + (route === 'import' ? 0 : count), 0),
  )
  const walls = summed(live, ({ captures }) => captures.reduce((sum, { walls }) => sum + walls, 0))
  const unknown = live.filter(run => run.requests === null)
  const without = unknown.length === 0 ? '' : ` (without ${runWords(idsOf(unknown))}, of which it is not recorded)`
  const text = `${count(sent.count, 'request')} ${sent.count === 1 ? 'was' : 'were'} sent${without}, and ${figure(bytes.count)} bytes received; ${count(stored.count, 'response')} ${stored.count === 1 ? 'is' : 'are'} stored, ${figure(walls.count)} of them a login form, an error page or the like instead of content. Requests without a stored response are those for robots.txt and nonces, redirects, and retries.`
  return { about: 'requests', text, runs: idsOf(live) }
}

function pace(live: readonly RunRecord[]): Sentence {
  const known = live.filter(({ secondsBetweenRequests }) => secondsBetweenRequests !== null)
  const asked = askedIn(live)
  const pauses = asked.flatMap(({ pauseSeconds }) => [...pauseSeconds])
  const set =
    pauses.length === 0
      ? 'The pause between requests that was set is not recorded'
      : `The pause between requests was set to ${numberRange(pauses)} s`
  const waits = live.map(({ longestWaitSeconds }) => longestWaitSeconds ?? 0)
  const mean =
    known.length === 0
      ? 'how far apart they were is not recorded'
      : `on average they began ${numberRange(known.map(run => run.secondsBetweenRequests ?? 0))} s apart, and the longest wait at the site's wish or for a retry was ${numberRange([Math.max(...waits)])} s`
  return { about: 'requests', text: `${set}; ${mean}.`, runs: idsOf(known) }
}

const askedIn = (runs: readonly RunRecord[]) =>
  runs.flatMap(({ targets }) => targets.flatMap(({ asked }) => asked ?? []))

function robots(live: readonly RunRecord[]): Sentence[] {
  const having = (is: (target: RunTarget) => boolean) => idsOf(live.filter(({ targets }) => targets.some(is)))
  const obeyed = having(({ asked }) => asked?.robots === 'obeyed')
  const ignored = having(({ asked }) => asked?.robots === 'ignored')
  const unknown = idsOf(live).filter(id => !obeyed.includes(id) && !ignored.includes(id))
  const parts = [
    ...(obeyed.length > 0 ? [`obeyed in ${runWords(obeyed)}`] : []),
    ...(ignored.length > 0 ? [`ignored in ${runWords(ignored)}`] : []),
    ...(unknown.length > 0 ? [`not recorded for ${runWords(unknown)}`] : []),
  ]
  const rules = new Map(askedIn(live).flatMap(({ rules }) => rules.map(one => [one.url, one] as const)))
  const said = [...rules.values()].map(rulesWords)
  const text = `robots.txt was ${listed(parts)}.${said.length === 0 ? '' : ` ${listed(said)}.`}`
  return [{ about: 'robots', text, runs: idsOf(live) }, ...closed(live), ...ignoredRules(live)]
}

const rulesWords = ({ url, found, crawlDelaySeconds }: RobotsRules): string =>
  found
    ? `${url} was there${crawlDelaySeconds > 0 ? ` and asks for ${crawlDelaySeconds} s between requests` : ''}`
    : `${url} was not there, which allows everything`

const FORBIDDEN = /robots\.txt asks programs not to read (\S+?)\.?(?:\s|$)/

/** What robots.txt kept from being read. */
function closed(live: readonly RunRecord[]): Sentence[] {
  const found = live.flatMap(({ id, targets }) =>
    targets.flatMap(({ problems }) =>
      problems.flatMap(message => (FORBIDDEN.test(message) ? [{ id, url: FORBIDDEN.exec(message)?.[1] ?? '' }] : [])),
    ),
  )
  if (found.length === 0) return []
  const urls = [...new Set(found.map(({ url }) => url))]
  const more = urls.length > MOST ? ` and ${urls.length - MOST} more` : ''
  const runs = [...new Set(found.map(({ id }) => id))]
  return [
    {
      about: 'robots',
      text: `Not read, because robots.txt asks programs not to: ${urls.slice(0, MOST).join(', ')}${more}.`,
      runs,
    },
  ]
}

const MOST = 10

/** The notes of a run that ignored robots.txt say what it would have kept back. */
function ignoredRules(live: readonly RunRecord[]): Sentence[] {
  const found = live.flatMap(({ id, targets }) =>
    targets.flatMap(({ notes }) => notes.filter(isIgnored).map(note => ({ id, note }))),
  )
  const notes = [...new Set(found.map(({ note }) => note))].slice(0, MOST)
  return notes.length === 0
    ? []
    : [{ about: 'robots', text: notes.join(' '), runs: [...new Set(found.map(({ id }) => id))] }]
}

const isIgnored = (note: string): boolean => note.startsWith('robots.txt was ignored')
