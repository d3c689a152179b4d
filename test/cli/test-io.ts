import { main } from '../../src/cli/main.js'
import type { Io, Out } from '../../src/cli/terminal/io.js'
import type { Parts } from '../../src/cli/terminal/parts.js'
import type { ArchiveReader } from '../../src/model/archive.js'
import { NO_CREDENTIALS } from '../../src/model/credentials.js'

export interface TestOut extends Out {
  text: string
  closed: boolean
}

export interface TestIo extends Io {
  stdout: TestOut
  stderr: TestOut
  /** As if Ctrl-C were pressed. */
  interrupt(): void
}

const NOTHING: Parts = {
  openArchive: () => Promise.reject(new Error('no archive in this test')),
  targetUrls: async words => words,
  archiveTargets: () => Promise.reject(new Error('no network in this test')),
  syncTargets: () => Promise.reject(new Error('no network in this test')),
  credentials: async () => NO_CREDENTIALS,
  sessionEnds: async () => null,
  logIn: () => Promise.reject(new Error('no network in this test')),
  reparseArchive: () => Promise.reject(new Error('no archive in this test')),
  examine: () => Promise.reject(new Error('no network in this test')),
  exporters: async () => (await import('../../src/export/index.js')).EXPORTERS,
  serveDemo: () => Promise.reject(new Error('no demo in this test')),
}

/** An outside that stands still: 2024-05-20T10:30:00Z, 80 columns, no terminal, nothing set. */
export function testIo(changes: Partial<Io> = {}, parts: Partial<Parts> = {}): TestIo {
  let interrupted = () => {}
  return {
    argv: [],
    env: {},
    cwd: '/nowhere',
    pid: 1,
    host: 'here',
    home: '/nowhere',
    platform: 'linux',
    stdinIsTTY: false,
    ask: async () => null,
    isAlive: () => false,
    sleep: async () => {},
    now: () => Date.UTC(2024, 4, 20, 10, 30),
    readStdin: async () => '',
    readFile: () => Promise.reject(new Error('no such file')),
    onInterrupt: first => {
      interrupted = first
      return () => {}
    },
    ...changes,
    parts: { ...NOTHING, ...parts },
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
      this.text += piece
    },
    drained: async () => {},
    ...changes,
  }
}

/** Opens this reader, whatever the file. */
export const holding = (reader: ArchiveReader): Partial<Parts> => ({
  openArchive: async () => ({ reader, close: () => {} }) as unknown as Awaited<ReturnType<Parts['openArchive']>>,
})

/** Runs a command line and gives what a shell would see. */
export async function running(line: string[], io: TestIo): Promise<{ code: number; out: string; err: string }> {
  const code = await main(line, io)
  return { code, out: io.stdout.text, err: io.stderr.text }
}
