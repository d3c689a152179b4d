import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { EXIT, type ExitCode, KnownError } from '../../model/errors.js'
import { CLOCK, isAlive, thisProcess } from '../../node/process.js'

/** One of the two streams that go out. */
export interface Out {
  isTTY: boolean
  /** Columns of the terminal; 80 where there is none and `COLUMNS` does not say. */
  width: number
  /** A terminal that reports its width: a line can be erased and drawn again. */
  canRedraw: boolean
  /** True once the reader went away (`| head`) or the disk is full: whatever is written then goes nowhere. */
  readonly closed: boolean
  write(piece: string | Uint8Array): void
  /** Lets the stream empty itself, and signals and errors arrive. Throws, once, a KnownError (exit 6) if results were lost. */
  drained(): Promise<void>
}

/** All of the outside that a command may touch. This file and node/process.ts alone know `process`, the clock and the environment. */
export interface Io {
  argv: string[]
  stdout: Out
  stderr: Out
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  pid: number
  host: string
  /** The user's own folder, and the name that Node has for the system. */
  home: string
  platform: string
  /** Somebody is there to be asked. */
  stdinIsTTY: boolean
  /** Whether a process of this machine that ran at that time still runs. */
  isAlive(pid: number, at: string): boolean
  /** Milliseconds since 1970. */
  now(): number
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  readStdin(): Promise<string>
  /** Asks the person at the terminal, on stderr; what is `hidden` is not shown. Null: they would not say. */
  ask(question: string, hidden: boolean): Promise<string | null>
  readFile(path: string): Promise<string>
  /** The first Ctrl-C (or SIGTERM) calls `first`; the second ends the process at once. Returns how to stop listening. */
  onInterrupt(first: () => void): () => void
}

export function processIo(): Io {
  return {
    argv: process.argv.slice(2),
    stdout: outOf(process.stdout),
    // A run does not end because its messages found no room.
    stderr: outOf(process.stderr, false),
    env: process.env,
    cwd: process.cwd(),
    ...thisProcess(),
    home: homedir(),
    platform: process.platform,
    stdinIsTTY: process.stdin.isTTY === true,
    isAlive,
    ...CLOCK,
    readStdin: () => text(process.stdin),
    ask,
    readFile: path => readFile(path, 'utf8'),
    onInterrupt,
  }
}

/** Not `process.exit`: that would cut off output which a slow pipe has not taken yet. */
export function setExitCode(code: ExitCode): void {
  process.exitCode = code
}

/** Readline with an output that swallows what is typed, where it is hidden. */
function ask(question: string, hidden: boolean): Promise<string | null> {
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
    reading.once('line', line => {
      resolve(line)
      reading.close()
      if (hidden) process.stderr.write('\n')
    })
  })
}

function onInterrupt(first: () => void): () => void {
  let asked = false
  const listener = () => {
    if (asked) process.exit(EXIT.interrupted)
    asked = true
    first()
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

/** Wraps a stream of Node; exported for the tests of a closed pipe and a full disk. */
export function outOf(stream: NodeJS.WriteStream, holdsResults = true): Out {
  let closed = false
  let lost: KnownError | null = null
  const failed = (error: NodeJS.ErrnoException) => {
    if (holdsResults && !closed && !isReaderGone(error)) lost = unwritable(error)
    closed = true
  }
  // Without a listener a closed pipe is an uncaught exception with a stack, which helps nobody who typed `| head`.
  stream.on('error', failed)
  return {
    isTTY: stream.isTTY === true,
    // Terminals of build machines report 0 columns.
    canRedraw: stream.isTTY === true && stream.columns > 0,
    width: stream.columns || Number(process.env['COLUMNS']) || 80,
    get closed() {
      return closed
    },
    write: piece => {
      if (!closed) stream.write(piece)
    },
    drained: async () => {
      await drained(stream)
      const error = lost
      lost = null
      if (error) throw error
    },
  }
}

const isReaderGone = ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'

const unwritable = ({ message }: NodeJS.ErrnoException) =>
  new KnownError(
    EXIT.archive,
    `The output could not be written: ${message}.`,
    'Make room on the disk or send the output elsewhere, then run the same command again.',
  )

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    if (!stream.writableNeedDrain || stream.destroyed) return void setImmediate(resolve)
    const events = ['drain', 'close', 'error']
    // Those that do not come must not pile up.
    const done = () => {
      for (const event of events) stream.off(event, done)
      resolve()
    }
    for (const event of events) stream.on(event, done)
  })
}
