import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { type Archive, openArchive } from '../../src/archive/index.js'
import type { PostNode, StoredThread } from '../../src/model/archive.js'
import { NO_CREDENTIALS } from '../../src/model/credentials.js'
import type { Reporter, RunReport } from '../../src/model/reports/run.js'
import { type ImportRequest, importPaths } from '../../src/run/import/import.js'
import { archiveFromWayback, type WaybackRequest } from '../../src/run/import/wayback.js'
import { type ArchiveOptions, archiveTargets, type RunDeps, type SyncRequest, syncTargets } from '../../src/run/run.js'
import type { Clock, SourceKind } from '../../src/sources/index.js'
import { afterTest } from '../cleanup.js'
import { DEMO_NOW } from '../community/index.js'

/** The outside of a run that stands still: a clock that only counts, a terminal that only listens. */

/** A file of its own for each test, not made yet. */
export function newFile(name = 'archive.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  afterTest(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}

export interface TestClock extends Clock {
  /** All waits so far, in milliseconds. */
  slept: number[]
  advance(milliseconds: number): void
}

/** A millisecond passes whenever somebody looks, and as much as is asked for when somebody sleeps. */
export function testClock(start = DEMO_NOW * 1000): TestClock {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now++,
    sleep: async milliseconds => {
      slept.push(milliseconds)
      now += milliseconds
    },
    advance: milliseconds => {
      now += milliseconds
    },
  }
}

export const SILENT: Reporter = {
  target() {},
  request() {},
  answered() {},
  saved() {},
  waiting() {},
  warning() {},
  ignored() {},
}

export const OPTIONS: ArchiveOptions = {
  sleepSeconds: [0, 0],
  retries: 2,
  timeoutSeconds: 5,
  via: 'auto',
  ignoreRobots: false,
  credentials: NO_CREDENTIALS,
  contact: null,
  proxy: null,
  userAgent: null,
  maxRequests: null,
  timeLimitSeconds: null,
  hosts: 1,
  failHard: false,
  media: null,
}

export interface Run extends Partial<ArchiveOptions> {
  signal?: AbortSignal
  reporter?: Partial<Reporter>
  clock?: Clock
  sources?: readonly SourceKind[]
}

/** Everything that was registered, as `sync` does it by itself. */
const ALL: SyncRequest = {
  targets: [],
  full: false,
  lookBackSeconds: 30 * 86_400,
  audit: null,
  explain: false,
  via: null,
  ownPace: false,
  moved: false,
}

/** A process that has ended, with or without a word. */
export const DEAD = 999_999

const ajv = new Ajv2020({ allowUnionTypes: true })
const valid = ajv.compile(
  JSON.parse(readFileSync(new URL('../../docs/schema/run-1.json', import.meta.url), 'utf8')) as object,
)

/** Every report of every test is one that the published schema knows. */
function keepsToSchema(report: RunReport): void {
  if (!valid(JSON.parse(JSON.stringify(report)))) throw new Error(ajv.errorsText(valid.errors))
}

/** One archive file and one clock, for as many runs as a test makes. */
export function desk(file = newFile(), clock = testClock()) {
  const open = (mode: 'read' | 'write'): Archive =>
    openArchive(file, mode, { now: clock.now, pid: 7, host: 'here', command: 'archive', isAlive: pid => pid !== DEAD })
  const holding = <Result>(mode: 'read' | 'write', work: (archive: Archive) => Result): Result => {
    const archive = open(mode)
    try {
      return work(archive)
    } finally {
      archive.close()
    }
  }
  const working = async (
    { signal, reporter, clock: other, sources, ...options }: Run,
    work: (options: ArchiveOptions, deps: RunDeps) => Promise<RunReport>,
  ): Promise<RunReport> => {
    const archive = open('write')
    try {
      const report = await work(
        { ...OPTIONS, ...options },
        {
          archive,
          reporter: { ...SILENT, ...reporter },
          clock: other ?? clock,
          signal: signal ?? new AbortController().signal,
          command: 'archive',
          version: '0.0.0',
          ...(sources && { sources }),
        },
      )
      keepsToSchema(report)
      return report
    } finally {
      archive.close()
    }
  }
  return {
    file,
    clock,
    run: (targets: string | string[], how: Run = {}): Promise<RunReport> =>
      working(how, (options, deps) => archiveTargets([targets].flat(), options, deps)),
    imports: (paths: string[], how: Partial<ImportRequest> = {}): Promise<RunReport> =>
      working({}, (_, deps) => {
        const named = paths.map(path => ({ path, name: basename(path) }))
        return importPaths({ paths: named, capturedAt: null, site: null, ...how }, deps)
      }),
    wayback: (request: WaybackRequest, how: Run = {}): Promise<RunReport> =>
      working(how, (options, deps) => archiveFromWayback(request, options, deps)),
    sync: (how: Run & Partial<SyncRequest> = {}): Promise<RunReport> =>
      working(how, (options, deps) => syncTargets({ ...ALL, ...how }, options, deps)),
    threads: (): HeldThread[] =>
      holding('read', archive =>
        [...archive.reader.threads({})].map(thread => ({ ...thread, posts: [...thread.posts] })),
      ),
    sql: <Row = Record<string, unknown>>(query: string, ...values: unknown[]): Row[] => {
      const db = new Sqlite(file, { readonly: true })
      try {
        return db.prepare(query).all(...values) as Row[]
      } finally {
        db.close()
      }
    },
    remove: (url: string) => holding('write', archive => archive.remove([archive.removable(url)])),
    planRename: (from: string, to: string) => holding('read', archive => archive.planRename(from, to)),
    standing: () => holding('read', archive => archive.reader.status()),
    groups: () => holding('read', archive => [...archive.reader.groups()]),
  }
}

/** A thread with all its posts in memory. */
type HeldThread = StoredThread & { posts: PostNode[] }

export type Desk = ReturnType<typeof desk>

/** What says only when the archive looked. */
export const TIME_OF_READING = /SeenAt$|^(?:readAt|goneAt|editedBy)$/

/** The archive as an export would show it, but for the server's port and the times of reading. */
export function contentOf(one: Desk, url: string): unknown {
  const text = JSON.stringify(one.threads(), (key, value) => (TIME_OF_READING.test(key) ? undefined : value))
  return JSON.parse(text.replaceAll(url.replace(/\/$/, ''), 'https://site.example'))
}

/** Ids of all posts that are held, as numbers, smallest first. */
export function idsHeld(one: Desk): number[] {
  const ids = one.threads().flatMap(thread => thread.posts.map(({ post }) => Number(post.id)))
  return ids.sort((a, b) => a - b)
}

/** The only target of a run: its state, and its first problem in short. */
export function outcome(report: RunReport) {
  const [target] = report.targets
  const [problem] = target?.problems ?? []
  return { code: report.exitCode, state: target?.state, message: problem?.message, advice: problem?.advice, target }
}
