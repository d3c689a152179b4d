import { type ChildProcess, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { EXIT, KnownError } from '../../model/errors.js'
import { chunksOf } from '../../node/chunks.js'
import { terminalLine } from '../text/terminal-text.js'
import { textWidth } from '../text/width.js'
import { withoutLinks } from './hyperlinks.js'
import type { Io } from './io.js'
import type { OutputFlags } from './progress.js'

/** A pager, and the window that text must fit into to need none. */
interface Paging {
  /** A command line of the user's own, run by the shell as git and man do; null: `less`, if it is there. */
  command: string | null
  rows: number
  columns: number
}

/** How output is paged; null: it is not. */
export function pagingOf({ stdout, env }: Pick<Io, 'stdout' | 'env'>, { pager, plain }: OutputFlags): Paging | null {
  const { screen } = stdout
  if (!screen?.rows || pager === false || plain || env['TERM'] === 'dumb') return null
  const command = (env['THREADKEEP_PAGER'] ?? env['PAGER'])?.trim() ?? null
  return command === '' || command === 'cat' ? null : { command, rows: screen.rows, columns: screen.columns }
}

/** Gives lines to a pager if the window cannot hold them. Returns the lines that are still to be printed: all if none was needed, or none could be started. */
export async function paged(lines: Iterable<string>, paging: Paging, io: Io): Promise<Iterable<string>> {
  const rest = lines[Symbol.iterator]()
  const first = await linesThatFit(rest, paging)
  if (!first.isMore) return first.lines
  const all = continued(first.lines, rest)
  const unprinted = await throughPager(all, paging, io)
  if (unprinted === null) return []
  if (paging.command !== null)
    io.stderr.write(
      `The pager "${terminalLine(paging.command)}" could not be started. The output follows without it.\n`,
    )
  return continued(unprinted, all)
}

function* continued(first: readonly string[], rest: Iterator<string>): Generator<string> {
  yield* first
  for (let step = rest.next(); !step.done; step = rest.next()) yield step.value
}

/** Lines until the window is full; its last row is for the prompt. */
async function linesThatFit(rest: Iterator<string>, { rows, columns }: Paging) {
  const lines: string[] = []
  for (let free = rows - 1; free >= 0; ) {
    const step = rest.next()
    if (step.done) return { lines, isMore: false }
    lines.push(step.value)
    free -= Math.max(1, Math.ceil(textWidth(step.value) / columns))
  }
  return { lines, isMore: true }
}

/** Null: the pager has shown the lines, or as many as the reader wanted to see. Else it has not run: the lines that were taken for it. */
async function throughPager(lines: Iterator<string>, { command }: Paging, io: Io): Promise<string[] | null> {
  const child = started(command, io.env)
  const ended = endOf(child)
  let isKilled = false
  const release = io.leaveInterrupts(() => {
    isKilled = true
    child.kill()
  })
  const taken: Taken = { lines: [], size: 0 }
  try {
    await feed(child.stdin, taking(lines, taken), ended)
  } finally {
    child.stdin.end()
    await ended
    release()
  }
  if (isKilled) throw new KnownError(EXIT.interrupted, 'Interrupted while a pager showed the output.')
  return (await ended) === 'not started' ? taken.lines : null
}

/**
 * LESS as git sets it: quit if one screen holds all, keep colours, leave the text on the screen. The prompt is for who does not know `less`.
 * Without a locale, less would show UTF-8 as bytes.
 */
const OF_LESS = { LESS: 'FRX-Ps?eThe end, q to leave:Space for more, q to leave.$', LESSCHARSET: 'utf-8' }

function started(command: string | null, env: Io['env']) {
  const how = { stdio: ['pipe', 'inherit', 'inherit'] as ['pipe', 'inherit', 'inherit'], env: { ...OF_LESS, ...env } }
  const child = command === null ? spawn('less', how) : spawn(command, { ...how, shell: true })
  // A pager that ends before it has read everything closes the pipe: no failure.
  child.stdin.on('error', () => {})
  return child
}

/** What the shell answers for a command that is not there, or that cannot be run. */
const NOT_RUN = [126, 127]

const endOf = (child: ChildProcess): Promise<'done' | 'not started'> =>
  new Promise(resolve => {
    child.on('error', () => resolve('not started'))
    child.on('close', code => resolve(code !== null && NOT_RUN.includes(code) ? 'not started' : 'done'))
  })

/** Lines that a pager got, in case it has not run. One that has taken as much as `MOST` does run. */
interface Taken {
  lines: string[]
  size: number
}

function* taking(lines: Iterator<string>, taken: Taken): Generator<string> {
  for (let step = lines.next(); !step.done; step = lines.next()) {
    if (taken.size < MOST) taken.lines.push(step.value)
    else taken.lines = []
    taken.size += step.value.length
    yield `${withoutLinks(step.value)}\n`
  }
}

const MOST = 1_000_000

/** Writes as fast as the pager reads, until it ends. */
async function feed(stdin: Writable, pieces: Iterable<string>, ended: Promise<unknown>): Promise<void> {
  for await (const chunk of chunksOf(pieces)) {
    if (stdin.destroyed) return
    if (!stdin.write(chunk)) await Promise.race([drained(stdin), ended])
  }
}

/** Not `once` of Node, which fails with the error of a pipe whose reader has gone. */
const drained = (stdin: Writable): Promise<void> =>
  new Promise(resolve => {
    stdin.once('drain', resolve).once('close', resolve)
  })
