import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Conversion, FoundProgram } from '../model/conversion.js'
import { UsageError } from '../model/errors.js'
import { atExit, killGroup } from './process.js'
import { programTitle } from './programs.js'

interface ProgramRun {
  /** The working folder. */
  folder: string
  env: Readonly<Record<string, string>>
  platform: string
  /** The file that it reads as standard input, or null. */
  input: string | null
  /** Seconds after which it is ended. */
  limit: number
  signal: AbortSignal
  /** What exit codes mean, where they are known. */
  failures: NonNullable<Conversion['failures']>
}

/**
 * Runs a program to its end, without a shell. It is ended, with all that it has started, at the limit, at the signal, and with this process.
 * @throws UsageError if it fails or takes too long; the reason of the signal.
 */
export async function runProgram(program: FoundProgram, args: readonly string[], how: ProgramRun): Promise<void> {
  how.signal.throwIfAborted()
  const child = started(program, args, how)
  const kill = () => ended(child, how.platform)
  const forget = atExit(kill)
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    kill()
  }, how.limit * 1000)
  how.signal.addEventListener('abort', kill)
  try {
    const { code, words } = await endOf(child, program)
    how.signal.throwIfAborted()
    if (isLate) throw failure(program, `was ended after ${how.limit} seconds`, words)
    const known = how.failures[Number(code)]
    if (known) throw new UsageError(...known)
    if (code !== 0) throw failure(program, `failed (${code})`, words)
  } finally {
    clearTimeout(timer)
    forget()
    how.signal.removeEventListener('abort', kill)
  }
}

function started(program: FoundProgram, args: readonly string[], { folder, env, platform, input }: ProgramRun) {
  const stdin = input === null ? 'ignore' : openSync(input, 'r')
  try {
    // A group of its own on Unix, so that what it starts can be ended with it.
    const group = { detached: platform !== 'win32', windowsHide: true }
    return spawn(program.path, [...program.flags, ...args], {
      ...{ cwd: folder, env, stdio: [stdin, 'ignore', 'pipe'] },
      ...group,
    })
  } finally {
    if (typeof stdin === 'number') closeSync(stdin)
  }
}

function ended({ pid }: ChildProcess, platform: string): void {
  if (pid === undefined) return
  if (platform !== 'win32') killGroup(pid)
  else endTree(pid)
}

/** Windows has no groups of processes. */
function endTree(pid: number): void {
  try {
    execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  } catch {
    // It has ended by itself.
  }
}

/** Most characters of what a program says of its failure. */
const MOST_WORDS = 4096

/** `code`: its exit code, or the signal that ended it. `words`: the end of what it wrote to its standard error. */
function endOf(child: ChildProcess, program: FoundProgram): Promise<{ code: number | string; words: string }> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MOST_WORDS)
  })
  return new Promise((resolve, reject) => {
    child.once('error', cause => reject(failure(program, 'could not be started', cause.message)))
    // Not `close`, which waits for all that have inherited its standard error.
    child.once('exit', (code, signal) => setImmediate(() => resolve({ code: code ?? signal ?? '', words })))
  })
}

export function failure({ program, path, version }: FoundProgram, what: string, words: string): UsageError {
  const last = words.trim().split('\n').at(-1)?.trim().slice(0, 300) ?? ''
  return new UsageError(
    `${programTitle(program)}${version === null ? '' : ` ${version}`} ${what}, and no document was written${last === '' ? '.' : `: ${last}`}`,
    `The program is ${path}. Another format needs no other program: -f md or -f html.`,
  )
}
