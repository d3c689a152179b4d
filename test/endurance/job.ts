import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterEach } from 'vitest'
import { main } from '../../src/cli/main.js'
import type { Io, Out } from '../../src/cli/terminal/io.js'
import { isAlive, thisProcess } from '../../src/node/process.js'
import type { Clock } from '../../src/sources/index.js'

/** A command as a scheduler starts it: within this process, or in one of its own that can be killed. */

const ROOT = join(import.meta.dirname, '../..')
export const isBuilt = existsSync(join(ROOT, 'dist/cli/bin.js'))

export interface Ended {
  /** Null: killed. */
  code: number | null
  out: string
  err: string
}

export interface Place {
  /** Address of the proxy, through which everything is asked. */
  proxy: string
  /** The archive. */
  file: string
  clock: Clock
}

const environment = ({ proxy, file }: Place) => ({
  http_proxy: proxy,
  THREADKEEP_DB: file,
  THREADKEEP_CONFIG: join(dirname(file), 'config'),
})

const listener = (): Out & { text: string } => ({
  ...{ isTTY: false, width: 80, screen: null, closed: false, text: '' },
  write(piece) {
    this.text += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8')
  },
  drained: async () => {},
})

/** Runs a command line within this process, where waits take no time. */
export async function running(line: string[], place: Place): Promise<Ended> {
  const { readFile } = await import('node:fs/promises')
  const [stdout, stderr] = [listener(), listener()]
  const io: Io = {
    ...{ argv: line, stdout, stderr, cwd: dirname(place.file), home: null, platform: 'linux' },
    ...{ nodeVersion: '20.0.0', stdinIsTTY: false },
    ...{ env: environment(place), ...thisProcess(), isAlive, ...place.clock },
    readStdin: async () => '',
    saveStdin: async () => {},
    ask: async () => null,
    askHidden: async () => null,
    readFile: path => readFile(path, 'utf8'),
    leaveInterrupts: () => () => {},
    keyboard: null,
    signals: { on: () => {}, off: () => {}, suspend: () => {} },
    onInterrupt: () => () => {},
  }
  const code = await main(line, io)
  return { code, out: stdout.text, err: stderr.text }
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** The built command in a process of its own, by the same clock. `isTime`: it is killed once this is true. */
export async function spawned(line: string[], place: Place, isTime = () => false): Promise<Ended> {
  const preload = pathToFileURL(join(import.meta.dirname, 'preload/quick-clock.mjs')).href
  const child = spawn(process.execPath, ['--import', preload, join(ROOT, 'bin/threadkeep.js'), ...line], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment(place), QUICK_CLOCK: String(place.clock.now()) },
  })
  children.push(child)
  const watch = setInterval(() => isTime() && child.kill('SIGKILL'), 1)
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  clearInterval(watch)
  return { code, out, err }
}
