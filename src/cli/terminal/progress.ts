import type { Reporter, RunCounts } from '../../model/reports/run.js'
import { shortened } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { bytesWords, count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { paintFor } from './colour.js'
import type { Io } from './io.js'

/** The flags that decide what a command shows besides its result. */
export interface OutputFlags {
  quiet?: boolean
  verbose?: boolean
  color?: boolean
  json?: boolean
}

/** One line on stderr that is written over, for work that takes long. */
export interface ProgressLine {
  show(text: string): void
  /** `Reading captures 1,200/5,000`. */
  count(what: string, done: number, total: number): void
  /** Removes the line; the next `show` draws it again. */
  clear(): void
}

const ERASE = '\r\x1b[K'

/** Draws only where a person watches: on a terminal, without --quiet and --json. */
export function progressLine({ stderr }: Io, { quiet, json }: OutputFlags): ProgressLine {
  const isShown = stderr.canRedraw && !quiet && !json
  let isDrawn = false
  const show = (text: string) => {
    if (!isShown) return
    isDrawn = true
    // In the last column some terminals would already begin the next line, which ERASE does not reach.
    stderr.write(`${ERASE}${shortened(terminalLine(text), stderr.width - 1)}`)
  }
  const clear = () => {
    if (isDrawn) stderr.write(ERASE)
    isDrawn = false
  }
  const number = (value: number) => value.toLocaleString('en-US')
  return { show, clear, count: (what, done, total) => show(`${what} ${number(done)}/${number(total)}`) }
}

/** A run's reporter that writes to stderr; `stop` removes the progress line. */
export interface RunProgress extends Reporter {
  stop(): void
}

/** With `--verbose` a line for each response, else a progress line; warnings always. */
export async function runProgress(io: Io, options: OutputFlags): Promise<RunProgress> {
  const paint = await paintFor(io.stderr, io, options.color)
  return options.verbose ? verboseProgress(io, paint) : drawnProgress(io, options, paint)
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

function drawnProgress(io: Io, options: OutputFlags, paint: Paint): RunProgress {
  const { show, clear } = progressLine(io, options)
  const verbose = verboseProgress(io, paint)
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
