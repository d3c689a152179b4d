import { terminalLine } from '../text/terminal-text.js'
import { wantsColour } from './colour.js'
import type { Io } from './io.js'

/** The flags that decide what a command shows besides its result. */
export interface OutputFlags {
  quiet?: boolean
  verbose?: boolean
  color?: boolean
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
