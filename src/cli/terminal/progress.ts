import type { Reporter, RunCounts } from '../../model/reports/run.js'
import type { Paint } from '../text/paint.js'
import { bytesWords, count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { paintFor, wantsColour } from './colour.js'
import type { Io } from './io.js'

/** The flags that decide what a command shows besides its result. */
export interface OutputFlags {
  quiet?: boolean
  verbose?: boolean
  color?: boolean
  json?: boolean
}

/** A spinner on stderr with one line of text, for work that takes long. */
export interface ProgressLine {
  show(text: string): void
  /** `Reading captures 1,200/5,000`. */
  count(what: string, done: number, total: number): void
  /** Removes the line; the next `show` draws it again. */
  clear(): void
}

const NO_LINE: ProgressLine = { show: () => {}, count: () => {}, clear: () => {} }

/** Draws only where a person watches: on a terminal, without --quiet and --json. ora is loaded only then. */
export async function progressLine({ stderr, env }: Io, { quiet, json, color }: OutputFlags): Promise<ProgressLine> {
  const { screen } = stderr
  if (!screen || quiet || json) return NO_LINE
  const { default: ora } = await import('ora')
  // ora would otherwise read stdin, which `--batch-file -` needs.
  const how = { stream: screen, discardStdin: false, isEnabled: true }
  const spinner = ora({ ...how, color: wantsColour(stderr, env, color) && 'cyan' })
  const show = (text: string) => {
    spinner.text = terminalLine(text)
    // Synchronous work leaves the timer of the spinner no time to draw.
    if (spinner.isSpinning) spinner.render()
    else spinner.start()
  }
  const number = (value: number) => value.toLocaleString('en-US')
  const count = (what: string, done: number, total: number) => show(`${what} ${number(done)}/${number(total)}`)
  return { show, count, clear: () => void spinner.stop() }
}

/** Runs `work`, which tells how much of it is done, with a progress line: `Reading captures 1,200/5,000`. */
export async function withCounter<Result>(
  what: string,
  options: OutputFlags,
  io: Io,
  work: (progress: (done: number, total: number) => void) => Result | Promise<Result>,
): Promise<Result> {
  const line = await progressLine(io, options)
  try {
    return await work((done, total) => line.count(what, done, total))
  } finally {
    line.clear()
  }
}

/** A run's reporter that writes to stderr; `stop` removes the progress line. */
export interface RunProgress extends Reporter {
  stop(): void
}

/** With `--verbose` a line for each response, else a progress line; warnings always. */
export async function runProgress(io: Io, options: OutputFlags): Promise<RunProgress> {
  const paint = await paintFor(io.stderr, io, options.color)
  if (options.verbose) return verboseProgress(io, paint)
  return drawnProgress(await progressLine(io, options), verboseProgress(io, paint))
}

function verboseProgress({ stderr }: Io, { dim, yellow }: Paint): RunProgress {
  const print = (text: string) => stderr.write(`${text}\n`)
  return {
    target: (url, resumed) => print(targetWords(url, resumed)),
    request: () => {},
    saved: (counts, what) => print(`  ${terminalLine(what)} ${dim(`(${countsWords(counts)})`)}`),
    waiting: (milliseconds, why) => print(`  waiting ${waitWords(milliseconds, why)}`),
    warning: text => print(`${yellow('Warning:')} ${terminalLine(text)}`),
    answered: () => {},
    ignored: () => {},
    stop: () => {},
  }
}

function drawnProgress({ show, clear }: ProgressLine, verbose: RunProgress): RunProgress {
  let counts = ''
  return {
    ...verbose,
    target: (url, resumed) => show(targetWords(url, resumed)),
    request: url => show(`${url}${counts}`),
    saved: (now, what) => {
      counts = ` · ${countsWords(now)}`
      show(`${what}${counts}`)
    },
    waiting: (milliseconds, why) => show(`Waiting ${waitWords(milliseconds, why)}`),
    warning: text => {
      clear()
      verbose.warning(text)
    },
    stop: clear,
  }
}

const targetWords = (url: string, resumed: boolean) => `${resumed ? 'Resuming' : 'Archiving'} ${terminalLine(url)}`

const waitWords = (milliseconds: number, why: string) =>
  `${count(Math.ceil(milliseconds / 1000), 'second')}: ${terminalLine(why)}`

const countsWords = ({ posts, requests, bytes }: RunCounts) =>
  `${count(posts, 'post')}, ${count(requests, 'request')}, ${bytesWords(bytes)}`
