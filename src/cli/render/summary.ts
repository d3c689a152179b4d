import { EXIT } from '../../model/errors.js'
import type { GroupReport, Problem, RunReport, Stop, TargetReport } from '../../model/reports/run.js'
import type { Paint } from '../text/paint.js'
import { bytesWords, completenessWords, count, goneWords, groupName } from '../text/phrases.js'
import { terminalLine, terminalLines } from '../text/terminal-text.js'

/** What a run brought, for people: goes to stdout. One line a group, one for each thread that was named alone. */
export function* resultLines(report: RunReport, paint: Paint): Generator<string> {
  for (const target of report.targets) {
    const route = target.route === null ? '' : paint.dim(` (route: ${target.route})`)
    yield `${paint.bold(terminalLine(target.target))}  ${stateWords(target, paint)}${route}`
    for (const group of target.groups) yield `  ${groupLine(group, paint)}`
    for (const { id, read, why } of target.explained ?? [])
      yield `  ${read ? 'read' : paint.dim('left')}  ${terminalLine(id)}  ${paint.dim(terminalLine(why))}`
    for (const { why, requests } of target.requests ?? []) yield `  ${count(requests, 'request')}: ${paint.dim(why)}`
    for (const { url, completeness } of target.threads) {
      yield `  ${terminalLine(url)}  ${coloured(completeness.state, completenessWords(completeness), paint)}`
    }
  }
}

function groupLine(group: GroupReport, paint: Paint): string {
  const name = paint.bold(groupName(group))
  if (group.access === 'members')
    return `${name}  ${paint.yellow('members only')}: its posts are not open to this reader`
  const { completeness } = group
  const state = coloured(completeness.state, completenessWords(completeness), paint)
  return `${name}  ${count(group.threads, 'thread')}, ${count(group.posts, 'post')}${goneWords(group.gonePosts)}  ${state}`
}

/** What went wrong, and what is to be known (unless `quiet`): goes to stderr. */
export function* noteLines(report: RunReport, paint: Paint, quiet = false): Generator<string> {
  for (const { problems, notes } of report.targets) {
    for (const { message } of quiet ? [] : notes) yield `${paint.dim('Note:')} ${terminalLine(message)}`
    for (const problem of problems) yield* problemLines(problem, paint)
  }
  if (report.exitCode === EXIT.interrupted) {
    yield 'Interrupted. What was read is kept; the same command goes on where this run stopped.'
  }
  const limit = report.stopped && LIMITS[report.stopped]
  if (limit) yield `${limit} What was read is kept; the same command goes on where this run stopped.`
}

const LIMITS: Partial<Record<Stop, string>> = {
  'max-requests': 'All requests of --max-requests are used.',
  'time-limit': 'The time of --time-limit is over.',
  problem: 'Stopped at the first problem, because of --fail-hard.',
}

/** The last line: how much was asked for, and what was new. */
export function totalsLine(report: RunReport): string {
  const { newPosts, changedPosts, gonePosts, backPosts } = report
  const news = newPosts + changedPosts + gonePosts + backPosts === 0 ? 'nothing new' : newsWords(report)
  return `${count(report.requests, 'request')}, ${bytesWords(report.bytes)}${paceWords(report.visit)}; ${news}.`
}

/** The visitor's card. */
function paceWords({ meanSecondsBetweenRequests: mean, longestWaitSeconds: longest }: RunReport['visit']): string {
  const pace = mean === null ? '' : `, one every ${mean.toFixed(1)} s`
  return longest === 0 ? pace : `${pace}, longest wait ${count(Math.ceil(longest), 'second')}`
}

const newsWords = ({ newPosts, changedPosts, gonePosts, backPosts }: RunReport): string =>
  [
    `${count(newPosts, 'new post')}, ${count(changedPosts, 'changed post')}`,
    ...(gonePosts > 0 ? [`${count(gonePosts, 'post')} gone`] : []),
    ...(backPosts > 0 ? [`${count(backPosts, 'post')} back`] : []),
  ].join(', ')

function* problemLines(problem: Problem, paint: Paint): Generator<string> {
  const message = terminalLines(problem.message)
  const url = terminalLine(problem.url)
  yield `${paint.yellow('Problem:')} ${message.includes(url) ? message : `${url}: ${message}`}`
  if (problem.advice) yield `  ${terminalLines(problem.advice)}`
}

const STATES = {
  done: ['green', 'done'],
  partial: ['yellow', 'partly done'],
  failed: ['red', 'failed'],
  interrupted: ['yellow', 'interrupted'],
} as const

function stateWords({ state }: TargetReport, paint: Paint): string {
  const [colour, words] = STATES[state]
  return paint[colour](words)
}

/** Green for complete, yellow for what needs a look. */
export function coloured(state: 'complete' | 'short' | 'unknown', words: string, paint: Paint): string {
  return state === 'complete' ? paint.green(words) : state === 'short' ? paint.yellow(words) : paint.dim(words)
}
