import type { Reporter, RunCounts } from '../../model/reports/run.js'
import type { Globals } from '../options/globals.js'
import type { Paint } from '../text/paint.js'
import { bytesWords, count } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { paintFor, wantsColour } from './colour.js'
import type { Io } from './io.js'

/** A run's reporter that draws; `stop` clears what is still being drawn. */
export interface RunProgress extends Reporter {
  stop(): void
}

/** A spinner where a person looks on, a line an answer with `--verbose`, and warnings always. All on stderr. */
export async function runProgress(io: Io, options: Globals & { json?: boolean }): Promise<RunProgress> {
  const paint = await paintFor(io.stderr, io, options.color)
  if (options.verbose) return lines(io, paint)
  const { screen } = io.stderr
  if (!screen || options.quiet || options.json) return warningsOnly(io, paint)
  return spinner(screen, io, paint, wantsColour(io.stderr, io.env, options.color))
}

const nothing = () => {}

const SILENT: RunProgress = {
  target: nothing,
  request: nothing,
  answered: nothing,
  saved: nothing,
  waiting: nothing,
  warning: nothing,
  ignored: nothing,
  stop: nothing,
}

function warningsOnly(io: Io, paint: Paint): RunProgress {
  const warning = (text: string) => io.stderr.write(`${paint.yellow('Warning:')} ${terminalLine(text)}\n`)
  return { ...SILENT, warning }
}

function lines(io: Io, paint: Paint): RunProgress {
  const say = (text: string) => io.stderr.write(`${text}\n`)
  return {
    ...warningsOnly(io, paint),
    target: (url, resumed) => say(`${resumed ? 'Going on with' : 'Archiving'} ${terminalLine(url)}`),
    saved: (counts, what) => say(`  ${terminalLine(what)} ${paint.dim(`(${soFar(counts)})`)}`),
    waiting: (milliseconds, why) => say(`  waiting ${waitWords(milliseconds)}: ${terminalLine(why)}`),
  }
}

async function spinner(stream: NodeJS.WriteStream, io: Io, paint: Paint, colour: boolean): Promise<RunProgress> {
  const { default: ora } = await import('ora')
  // ora would swallow Ctrl-C's echo by reading stdin, which `-a -` needs.
  const drawn = ora({ stream, discardStdin: false, color: colour && 'cyan', text: 'Starting' }).start()
  const show = (text: string) => {
    drawn.text = text
  }
  const { warning } = warningsOnly(io, paint)
  let counts = ''
  return {
    ...SILENT,
    target: (url, resumed) => show(`${resumed ? 'Going on with' : 'Archiving'} ${terminalLine(url)}`),
    request: url => show(`${terminalLine(url)}${counts}`),
    saved: (now, what) => {
      counts = paint.dim(` · ${soFar(now)}`)
      show(`${terminalLine(what)}${counts}`)
    },
    waiting: (milliseconds, why) => show(`Waiting ${waitWords(milliseconds)}: ${terminalLine(why)}`),
    warning: text => {
      drawn.clear()
      warning(text)
    },
    stop: () => void drawn.stop(),
  }
}

const waitWords = (milliseconds: number) => count(Math.ceil(milliseconds / 1000), 'second')

const soFar = (counts: RunCounts) =>
  `${count(counts.posts, 'post')}, ${count(counts.requests, 'request')}, ${bytesWords(counts.bytes)}`
