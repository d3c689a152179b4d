import type { CheckResult, Finding, VerifyReport } from '../../model/reports/verify.js'
import { tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'

const NAME = 11

/** One check on a terminal: a line, then its findings. */
export function* checkLines({ name, what, state, because, findings }: CheckResult, paint: Paint): Generator<string> {
  const mark =
    state === 'ok'
      ? paint.green('ok   ')
      : state === 'wrong'
        ? paint.red('wrong')
        : paint.dim(paint.spoken ? 'skipped' : '-    ')
  yield `${mark}  ${name.padEnd(NAME)} ${paint.dim(because === null ? what : `${what} (${because})`)}`
  for (const found of findings) yield* findingLines(found, paint)
}

function* findingLines({ what, where, count: times, mend }: Finding, paint: Paint): Generator<string> {
  yield `       ${terminalLine(what)}${times > 1 ? ` ${count(times, 'place')}.` : ''}`
  for (const place of where) yield `         ${terminalLine(place)}`
  if (times > where.length && where.length > 0)
    yield `         and ${count(times - where.length, 'more')}`.replace(/s$/, '')
  yield `       ${paint.cyan(`Repair: ${terminalLine(mend)}`)}`
}

/** For scripts: state, check, finding, count, places, repair; without findings state, check, description. */
export function* checkRows({ name, what, state, because, findings }: CheckResult): Generator<string> {
  if (findings.length === 0) yield tabRow([state, name, because ?? what])
  for (const found of findings) yield tabRow([state, name, found.what, found.count, found.where.join('; '), found.mend])
}

export function lastLine({ sound, checks, quick }: VerifyReport): string {
  const wrong = checks.filter(({ state }) => state === 'wrong').length
  if (!sound) return `The archive is not sound: ${wrong} of ${count(checks.length, 'check')} failed.`
  return quick
    ? 'The archive looks sound. Bodies, words and readings were not checked (--quick).'
    : 'The archive is sound.'
}
