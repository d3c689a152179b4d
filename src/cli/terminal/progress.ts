import { figure } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { type PaintFlags, wantsColour } from './colour.js'
import type { Io } from './io.js'

/** The flags that decide what a command shows besides its result. */
export interface OutputFlags extends PaintFlags {
  quiet?: boolean
  verbose?: boolean
  /** False: long output is not shown by a pager. */
  pager?: boolean
  json?: boolean
  csv?: boolean
  /** Progress as lines, for logs. */
  newline?: boolean
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

/**
 * A spinner only where a person watches: on a terminal, without --quiet and --json. With --plain, and on a terminal where nothing can be
 * drawn over, a line every ten seconds instead; with --newline also in a log.
 */
export async function progressLine(io: Io, options: OutputFlags): Promise<ProgressLine> {
  const { stderr, env } = io
  if (options.quiet) return NO_LINE
  if (options.newline) return lineByLine(io)
  if (options.json) return NO_LINE
  if (options.plain || env['TERM'] === 'dumb') return stderr.isTTY ? lineByLine(io) : NO_LINE
  return stderr.screen ? spinnerOn(stderr.screen, wantsColour(stderr, env, options.color)) : NO_LINE
}

/** ora is loaded only where it draws. */
async function spinnerOn(screen: NodeJS.WriteStream, hasColour: boolean): Promise<ProgressLine> {
  const { default: ora } = await import('ora')
  // ora would otherwise read stdin, which `--batch-file -` needs.
  const spinner = ora({ stream: screen, discardStdin: false, isEnabled: true, color: hasColour && 'cyan' })
  const show = (text: string) => {
    spinner.text = terminalLine(text)
    // Synchronous work leaves the timer of the spinner no time to draw.
    if (spinner.isSpinning) spinner.render()
    else spinner.start()
  }
  const count = (what: string, done: number, total: number) => show(`${what} ${figure(done)}/${figure(total)}`)
  return { show, count, clear: () => void spinner.stop() }
}

/** Least time between two lines, in milliseconds. */
const EVERY = 10_000

/** Lines instead of a drawn one: the first at once, and then not more than one in ten seconds. */
function lineByLine({ stderr, now }: Pick<Io, 'stderr' | 'now'>): ProgressLine {
  let last = Number.NEGATIVE_INFINITY
  const show = (text: string) => {
    if (now() - last < EVERY) return
    last = now()
    stderr.write(`${terminalLine(text)}\n`)
  }
  const count = (what: string, done: number, total: number) => show(`${what}: ${figure(done)} of ${figure(total)}`)
  return { show, count, clear: () => {} }
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
