import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { isatty } from 'node:tty'
import { EXIT, type ExitCode, KnownError } from '../../model/errors.js'
import { CLOCK, isAlive, thisProcess } from '../../node/process.js'
import type { Clock } from '../../sources/source.js'

/** stdout or stderr. */
export interface Out {
  isTTY: boolean
  /** Columns of the terminal; else `COLUMNS`, else 80. */
  width: number
  /** The stream itself if it is a terminal that reports its width: a line can be erased and drawn again. For the spinner. */
  screen: NodeJS.WriteStream | null
  /** True once the reader has gone (`| head`) or the disk is full: from then on, writes are ignored. */
  readonly closed: boolean
  write(piece: string | Uint8Array): void
  /** Waits until the stream has drained, and lets signals and errors arrive. @throws KnownError (6), once, if results were lost. */
  drained(): Promise<void>
}

/** Everything outside that a command may use. Only this file and node/process.ts use `process`, the clock and the environment. */
export interface Io extends Clock {
  argv: string[]
  stdout: Out
  stderr: Out
  env: Readonly<Record<string, string | undefined>>
  /** The working folder, which may have been removed since. */
  cwd: string
  pid: number
  host: string
  /** Where `pid` identifies a process; null: unknown. */
  place: string | null
  /** The user's home folder; null: none, as for an unknown user in a container. */
  home: string | null
  /** Of the Node that runs this. */
  nodeVersion: string
  /** As `process.platform`. */
  platform: string
  /** A person is at the terminal and can be asked. */
  stdinIsTTY: boolean
  /** True if the process with this number on this machine, which ran at that time, still runs. */
  isAlive(pid: number, at: string): boolean
  readStdin(): Promise<string>
  /** Writes standard input, which may be larger than memory, into a new file that only this user can read. */
  saveStdin(path: string): Promise<void>
  /** Asks the person at the terminal, on stderr. Null: they ended the input. */
  ask(question: string): Promise<string | null>
  /** The same, and what they type is not shown. */
  askHidden(question: string): Promise<string | null>
  readFile(path: string): Promise<string>
  /** The first Ctrl-C (or SIGTERM, or the end of the terminal) calls `first`; the second ends the process at once. Returns a function that stops listening. */
  onInterrupt(first: () => void): () => void
  /** While another program has the terminal: Ctrl-C is for that program; SIGTERM, or the end of the terminal, calls `ended`. Returns a function that stops this. */
  leaveInterrupts(ended: () => void): () => void
  /** What a person types, key by key; null: standard input is no terminal. */
  keyboard: NodeJS.ReadStream | null
  signals: Signals
}

/** What a program that has the whole window has to hear. */
interface Signals {
  on(name: NodeJS.Signals | 'exit', listener: () => void): void
  off(name: NodeJS.Signals | 'exit', listener: () => void): void
  /** Stops this process with its group, as Ctrl-Z does; it continues after SIGCONT. Null: this system can't (Windows). */
  suspend: (() => void) | null
}

export function processIo(): Io {
  endWithTerminal()
  return {
    argv: process.argv.slice(2),
    stdout: outOf(process.stdout),
    // A run must not fail because its messages can't be written.
    stderr: outOf(process.stderr, false),
    env: process.env,
    cwd: workingFolder(),
    ...thisProcess(),
    home: homeFolder(),
    nodeVersion: process.versions.node,
    platform: process.platform,
    stdinIsTTY: process.stdin.isTTY === true,
    isAlive,
    ...CLOCK,
    saveStdin: path => pipeline(process.stdin, createWriteStream(path, { mode: 0o600, flags: 'wx' })),
    readStdin: async () => decodedText(await buffer(process.stdin)),
    ask: question => answerTo(question, false),
    askHidden: question => answerTo(question, true),
    readFile: async path => decodedText(await readFile(path)),
    onInterrupt,
    leaveInterrupts,
    keyboard: process.stdin.isTTY ? process.stdin : null,
    signals: {
      on: (name, listener) => void process.on(name, listener),
      off: (name, listener) => void process.off(name, listener),
      suspend: process.platform === 'win32' ? null : () => void process.kill(0, 'SIGTSTP'),
    },
  }
}

/**
 * A terminal that was closed ends this process by its signal, as it ends other programs. Node restores the modes of terminals at its end, and
 * Node 20 takes one that is gone for a bug of its own: it would print a stack and dump core.
 */
function endWithTerminal(): void {
  const terminals = [0, 1, 2].filter(isatty)
  process.on('exit', () => {
    if (terminals.every(isatty)) return
    process.removeAllListeners('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  })
}

/** A folder that was removed has still the name that the shell gives it: files in it are then not found. */
function workingFolder(): string {
  try {
    return process.cwd()
  } catch {
    return process.env['PWD'] ?? '/'
  }
}

function homeFolder(): string | null {
  try {
    return homedir() || null
  } catch {
    return null
  }
}

/** UTF-8, or UTF-16 as some programs of Windows write it. A byte order mark is left out. */
export function decodedText(bytes: Uint8Array): string {
  const [first, second] = bytes
  // Text of letters of ASCII without a mark: PowerShell and some editors write it.
  if (first !== 0 && second === 0 && bytes[3] === 0) return new TextDecoder('utf-16le').decode(bytes)
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null
  return new TextDecoder(wide ?? 'utf-8').decode(bytes)
}

/** Not `process.exit`, which would cut off output that a slow pipe has not taken yet. */
export function setExitCode(code: ExitCode): void {
  process.exitCode = code
}

/** For where nothing is written that a slow pipe could lose. */
export function endAtOnce(code: ExitCode): never {
  process.exit(code)
}

/** Readline echoes to its output, which for a hidden answer discards everything. */
function answerTo(question: string, hidden: boolean): Promise<string | null> {
  const shown = new Writable({
    write: (piece, _encoding, done) => {
      if (!hidden) process.stderr.write(piece)
      done()
    },
  })
  process.stderr.write(question)
  const reading = createInterface({ input: process.stdin, output: shown, terminal: true })
  return new Promise(resolve => {
    reading.on('close', () => resolve(null))
    // Readline has taken Ctrl-C from the terminal as a key: it ends the program as everywhere else.
    reading.once('SIGINT', () => {
      reading.close()
      process.stderr.write('\n')
      process.kill(process.pid, 'SIGINT')
    })
    reading.once('line', line => {
      resolve(line)
      reading.close()
      if (hidden) process.stderr.write('\n')
    })
  })
}

function onInterrupt(first: () => void): () => void {
  let isSecond = false
  const listener = () => {
    if (isSecond) process.exit(EXIT.interrupted)
    isSecond = true
    first()
  }
  const signals = ['SIGINT', ...ENDS] as const
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

function leaveInterrupts(ended: () => void): () => void {
  const ignored = () => {}
  process.on('SIGINT', ignored)
  for (const signal of ENDS) process.on(signal, ended)
  return () => {
    process.off('SIGINT', ignored)
    for (const signal of ENDS) process.off(signal, ended)
  }
}

const ENDS = ['SIGTERM', 'SIGHUP'] as const

/** Wraps a stream of Node. Exported for the tests of a closed pipe and a full disk. */
export function outOf(stream: NodeJS.WriteStream, holdsResults = true): Out {
  let closed = false
  let lost: KnownError | null = null
  const failed = (error: NodeJS.ErrnoException) => {
    if (holdsResults && !closed && !isReaderGone(error, stream)) lost = unwritable(error)
    closed = true
  }
  // Without a listener, a closed pipe (`| head`) would be an uncaught exception.
  stream.on('error', failed)
  return {
    isTTY: stream.isTTY === true,
    // Terminals of build machines report 0 columns.
    screen: stream.isTTY && stream.columns > 0 ? stream : null,
    width: stream.columns || Number(process.env['COLUMNS']) || 80,
    get closed() {
      return closed
    },
    write: piece => {
      if (!closed) stream.write(piece)
    },
    drained: async () => {
      await drained(stream, closed)
      const error = lost
      lost = null
      if (error) throw error
    },
  }
}

/** EIO: of a terminal, that it was closed; of a file, that its disk is damaged. */
const isReaderGone = ({ code = '' }: NodeJS.ErrnoException, { isTTY }: NodeJS.WriteStream) =>
  code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || (code === 'EIO' && isTTY)

const unwritable = ({ message }: NodeJS.ErrnoException) =>
  new KnownError(
    EXIT.archive,
    `The output could not be written: ${message}.`,
    'Make room on the disk, or write to another place; then run the same command again.',
  )

/** A stream that has failed drains no more, though it may still ask to be waited for: its events have all been. */
function drained(stream: NodeJS.WriteStream, failed: boolean): Promise<void> {
  return new Promise(resolve => {
    if (failed || !stream.writableNeedDrain || stream.destroyed) return void setImmediate(resolve)
    const events = ['drain', 'close', 'error']
    // Remove the listeners of the other two events, too.
    const done = () => {
      for (const event of events) stream.off(event, done)
      resolve()
    }
    for (const event of events) stream.on(event, done)
  })
}
