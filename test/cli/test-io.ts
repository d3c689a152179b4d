import { PassThrough } from 'node:stream'
import type { Archive } from '../../src/archive/index.js'
import { main } from '../../src/cli/main.js'
import type { Io, Out } from '../../src/cli/terminal/io.js'
import type { ArchiveReader } from '../../src/model/archive.js'
import { type Doubles, withDoubles } from './doubles.js'

export interface TestOut extends Out {
  text: string
  closed: boolean
}

export interface TestIo extends Io {
  stdout: TestOut
  stderr: TestOut
  doubles: Doubles
  /** As if Ctrl-C were pressed. */
  interrupt(): void
}

const noNetwork = () => Promise.reject(new Error('no network in this test'))
const NO_NETWORK: Doubles = {
  archiveTargets: noNetwork,
  syncTargets: noNetwork,
  examine: noNetwork,
  logIn: noNetwork,
}

/** An outside that stands still: 2024-05-20T10:30:00Z, 80 columns, no terminal, nothing set. */
export function testIo(changes: Partial<Io> = {}, doubles: Doubles = {}): TestIo {
  let interrupted = () => {}
  return {
    argv: [],
    env: {},
    cwd: '/nowhere',
    pid: 1,
    host: 'here',
    home: '/nowhere',
    nodeVersion: '20.0.0',
    platform: 'linux',
    stdinIsTTY: false,
    ask: async () => null,
    askHidden: async () => null,
    place: null,
    isAlive: () => false,
    sleep: async () => {},
    now: () => Date.UTC(2024, 4, 20, 10, 30),
    readStdin: async () => '',
    saveStdin: async () => {},
    readFile: () => Promise.reject(new Error('no such file')),
    onInterrupt: first => {
      interrupted = first
      return () => {}
    },
    leaveInterrupts: () => () => {},
    keyboard: null,
    signals: { on: () => {}, off: () => {}, suspend: () => {} },
    ...changes,
    doubles: { ...NO_NETWORK, ...doubles },
    stdout: testOut(),
    stderr: testOut(),
    interrupt: () => interrupted(),
  }
}

export function testOut(changes: Partial<TestOut> = {}): TestOut {
  return {
    isTTY: false,
    screen: null,
    width: 80,
    closed: false,
    text: '',
    write(piece) {
      this.text += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8')
    },
    drained: async () => {},
    ...changes,
  }
}

/** Opens this reader, whatever the file. */
export const holding = (reader: ArchiveReader): Required<Pick<Doubles, 'openArchive'>> => ({
  openArchive: () => ({ reader, holdSnapshot: () => {}, close: () => {} }) as unknown as Archive,
})

/** An archive that can't be opened. */
export const failing = (error: Error): Doubles => ({
  openArchive: () => {
    throw error
  },
})

/** Runs a command line and gives what a shell would see. */
export async function running(line: string[], io: TestIo): Promise<{ code: number; out: string; err: string }> {
  const code = await withDoubles(io.doubles, () => main(line, io))
  return { code, out: io.stdout.text, err: io.stderr.text }
}

/** A terminal of 80 columns that takes down what is drawn on it. */
export function fakeScreen(): { screen: NodeJS.WriteStream; drawn(): string } {
  let text = ''
  const screen = new PassThrough()
  screen.on('data', piece => {
    text += String(piece)
  })
  const moves = { cursorTo: () => true, clearLine: () => true, moveCursor: () => true }
  Object.assign(screen, { isTTY: true, columns: 80, ...moves })
  return { screen: screen as unknown as NodeJS.WriteStream, drawn: () => text }
}
