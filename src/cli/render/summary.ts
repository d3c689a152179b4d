import { EXIT } from '../../model/errors.js'
import type { ImportCounts } from '../../model/imports.js'
import type { Stop } from '../../model/reports/pass.js'
import type { GroupReport, Problem, RunReport, TargetReport } from '../../model/reports/run.js'
import type { Paint } from '../text/paint.js'
import {
  addressWords,
  bytesWords,
  completenessWords,
  count,
  goneWords,
  groupName,
  selfTestWords,
} from '../text/phrases.js'
import { terminalLine, terminalLines } from '../text/terminal-text.js'
import { mediaResult, missingLines } from './media.js'

/** The result of a run, for people, on stdout: a line for each group, and for each thread that was a target itself. */
export function* resultLines(report: RunReport, paint: Paint): Generator<string> {
  for (const target of report.targets) {
    const route = target.route === null ? '' : paint.dim(` (route: ${target.route})`)
    yield `${paint.bold(terminalLine(target.target))}  ${stateWords(target, paint)}${route}`
    for (const group of target.groups) yield `  ${groupLine(group, paint)}`
    if (target.selfTest) yield `  theme: ${selfTestWords(target.selfTest, paint)}`
    for (const { id, read, why } of target.explained ?? [])
      yield `  ${read ? 'read' : paint.dim('left')}  ${terminalLine(id)}  ${paint.dim(terminalLine(why))}`
    for (const { why, requests } of target.requests ?? []) yield `  ${count(requests, 'request')}: ${paint.dim(why)}`
    for (const { url, completeness } of target.threads) {
      yield `  ${terminalLine(addressWords(url))}  ${coloured(completeness.state, completenessWords(completeness, paint), paint)}`
    }
  }
  if (report.media) yield mediaResult(report.media)
}

function groupLine(group: GroupReport, paint: Paint): string {
  const name = paint.bold(groupName(group))
  if (group.access === 'members') return `${name}  ${paint.magenta('members only')}: this reader can't see its posts`
  const { completeness } = group
  const state = coloured(completeness.state, completenessWords(completeness, paint), paint)
  return `${name}  ${count(group.threads, 'thread')}, ${count(group.posts, 'post')}${goneWords(group.gonePosts)}  ${state}`
}

/** Problems and, unless `quiet`, notes: for stderr. */
export function* noteLines(report: RunReport, paint: Paint, quiet = false): Generator<string> {
  // That of a site is a problem of each of its targets.
  const told = new Set<string>()
  for (const { problems, notes } of report.targets) {
    for (const { message } of quiet ? [] : notes) yield `${paint.dim('Note:')} ${terminalLine(message)}`
    for (const problem of problems.filter(({ message }) => !told.has(message))) yield* problemLines(problem, paint)
    for (const { message } of problems) told.add(message)
  }
  if (report.media) yield* missingLines(report.media, paint, quiet)
  if (isOnlyForFiles(report))
    yield `The exit code is 3 because of ${report.media?.missed === 1 ? 'this file' : 'these files'} alone.`
  if (report.exitCode === EXIT.interrupted) {
    yield `Interrupted. ${CONTINUE}`
  }
  const limit = report.stopped && LIMITS[report.stopped]
  if (limit) yield `${limit} ${CONTINUE}`
}

/** One dead picture makes a run partial, which would look like missing posts. */
const isOnlyForFiles = ({ exitCode, stopped, targets, media }: RunReport): boolean =>
  exitCode === EXIT.partial &&
  stopped === null &&
  (media?.missed ?? 0) > 0 &&
  targets.every(({ state, problems }) => state === 'done' && problems.length === 0)

const CONTINUE = 'Everything read so far is kept. To continue, run the same command again.'

const LIMITS: Partial<Record<Stop, string>> = {
  'max-requests': 'Stopped after the requests of --max-requests.',
  'time-limit': 'Stopped after the time of --time-limit.',
  problem: 'Stopped at the first problem, because of --fail-hard.',
}

/** The last line: requests and bytes, pace, and new posts. */
export function totalsLine(report: RunReport): string {
  const { newPosts, changedPosts, gonePosts, backPosts, improvedPosts } = report
  const changes =
    newPosts + changedPosts + gonePosts + backPosts + improvedPosts === 0 ? 'nothing new' : changeWords(report)
  return `${importWords(report) ?? count(report.requests, 'request')}, ${bytesWords(report.bytes)}${paceWords(report.visit)}; ${changes}.`
}

/** Files and pages of an import; null: it was none. */
function importWords({ targets }: RunReport): string | null {
  const found = targets.flatMap(({ imported }) => imported ?? [])
  if (found.length === 0) return null
  const sum = (of: (counts: ImportCounts) => number) => found.reduce((total, counts) => total + of(counts), 0)
  const files = sum(counts => Object.values(counts.files).reduce((total, number) => total + number, 0))
  const known = sum(counts => counts.known)
  const held = known === 0 ? '' : ` (${known} held already)`
  return `${count(files, 'file')}, ${count(
    sum(counts => counts.captures),
    'page',
  )}${held}`
}

function paceWords({ meanSecondsBetweenRequests: mean, longestWaitSeconds: longest }: RunReport['visit']): string {
  const pace = mean === null ? '' : `, one every ${mean.toFixed(1)} s`
  return longest === 0 ? pace : `${pace}, longest wait ${count(Math.ceil(longest), 'second')}`
}

const changeWords = ({ newPosts, changedPosts, gonePosts, backPosts, improvedPosts }: RunReport): string =>
  [
    `${count(newPosts, 'new post')}, ${count(changedPosts, 'changed post')}`,
    ...(improvedPosts > 0 ? [`${count(improvedPosts, 'post')} improved`] : []),
    ...(gonePosts > 0 ? [`${count(gonePosts, 'post')} gone`] : []),
    ...(backPosts > 0 ? [`${count(backPosts, 'post')} back`] : []),
  ].join(', ')

function* problemLines(problem: Problem, paint: Paint): Generator<string> {
  const message = terminalLines(problem.message)
  const url = terminalLine(problem.url)
  yield `${paint.magenta('Problem:')} ${message.includes(url) ? message : `${url}: ${message}`}`
  if (problem.advice) yield `  ${terminalLines(problem.advice)}`
}

const STATES = {
  done: ['green', 'done'],
  partial: ['magenta', 'partly done'],
  failed: ['red', 'failed'],
  interrupted: ['magenta', 'interrupted'],
} as const

function stateWords({ state }: TargetReport, paint: Paint): string {
  const [colour, words] = STATES[state]
  return paint[colour](words)
}

/** Green: complete. Magenta: short. Dim: unknown. */
export function coloured(state: 'complete' | 'short' | 'unknown', words: string, paint: Paint): string {
  return state === 'complete' ? paint.green(words) : state === 'short' ? paint.magenta(words) : paint.dim(words)
}
