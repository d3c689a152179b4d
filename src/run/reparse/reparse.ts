import type { Archive, Reparser, StoredCapture } from '../../archive/index.js'
import type { Instant } from '../../model/discussion.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { ReparseReport } from '../../model/reports/reparse.js'
import type { Task } from '../../model/task.js'
import { parse } from '../../parse/index.js'
import type { Clock } from '../../sources/index.js'
import { expected } from '../judge/expect.js'
import { authorityOf, parserOf } from '../judge/provenance.js'
import { StreamMemory } from '../judge/stream-memory.js'
import { taskByRequest } from '../plan/task-from-request.js'

export interface ReparseRequest {
  /** Only captures from then on; null: all. */
  since: Instant | null
  /** Say what would change, and change nothing: the archive may be open for reading only. */
  dryRun: boolean
}

export interface ReparseDeps {
  archive: Archive
  clock: Clock
  /** Aborted: end, and leave everything as it was. */
  signal: AbortSignal
  /** The words of the command line, for the log of runs. */
  command: string
  version: string
  /** So many of all captures are read. */
  progress(read: number, of: number): void
}

/** Captures between two looks at what happens outside. */
const BATCH = 20

/**
 * Reads every kept capture again, with the parsers of today, and brings the archive up to what they say. Nothing is asked of any
 * site. The archive is changed in one transaction at the end, or not at all.
 * @throws ArchiveError if the archive can't be read or written.
 */
export async function reparseArchive(request: ReparseRequest, deps: ReparseDeps): Promise<ReparseReport> {
  const { archive, clock, command, version } = deps
  const startedAt = iso(clock)
  const run = request.dryRun ? null : archive.startRun(command, version, startedAt).run
  const reparsing = archive.reparsing(request.since)
  const head = { schema: 'threadkeep.reparse/1', run, ...request, startedAt } as const
  try {
    await reparseAll(reparsing, deps)
    const end = { finishedAt: iso(clock), exitCode: deps.signal.aborted ? EXIT.interrupted : EXIT.done }
    if (deps.signal.aborted) return reparsing.interrupted({ ...head, ...end })
    if (run === null) return { ...head, ...end, ...reparsing.compareOnly() }
    return reparsing.compareAndWrite({ run, at: startedAt }, found => ({
      ...head,
      ...end,
      ...found,
      finishedAt: iso(clock),
    }))
  } finally {
    reparsing.close()
  }
}

const iso = (clock: Clock): string => new Date(clock.now()).toISOString()

async function reparseAll(reparsing: Reparser, deps: ReparseDeps): Promise<void> {
  const { size } = reparsing
  const memories = new Memories()
  let read = 0
  for (const kept of reparsing.storedCaptures()) {
    if (read++ % BATCH === 0) {
      deps.progress(read - 1, size)
      await deps.clock.sleep(0, deps.signal)
    }
    if (deps.signal.aborted) return
    reparseCapture(kept, reparsing, memories, deps.version)
  }
  deps.progress(read, size)
}

function reparseCapture(kept: StoredCapture, reparsing: Reparser, memories: Memories, version: string): void {
  if (!kept.capture || kept.wasUnused) {
    reparsing.skip(kept)
    return
  }
  const told = parse(kept.capture)
  const task = taskOf(kept, told, reparsing)
  const memory = memories.of(kept)
  const page = judged(kept, task, heldOnly(task, told, reparsing), memory)
  if (task.kind === 'stream' && !page.wall) memory.note(task, page)
  reparsing.add(page, { stored: kept, task, parser: parserOf(page, version), authority: authorityOf(task, page) })
}

/** Where nobody knows what it was asked for, it was asked for the texts that were shortened. */
function taskOf({ purpose, request }: StoredCapture, page: Page, { shadow }: Reparser): Task {
  if (purpose) return purpose.task
  const task = taskByRequest(request)
  return task.kind === 'thread' ? { ...task, texts: shadow.shortened(page) } : task
}

/** The replies of the whole site: those to threads that are held. */
function heldOnly(task: Task, page: Page, { shadow }: Reparser): Page {
  if (task.kind !== 'latest') return page
  return { ...page, posts: page.posts.filter(post => shadow.holdsThread(page.site, post.threadId)), threads: [] }
}

/** That the session had ended was told by the site when it was asked, and is in no capture. */
function judged({ wall }: StoredCapture, task: Task, page: Page, memory: StreamMemory): Page {
  if (wall !== 'session-ended') return expected(task, page, memory)
  return { ...page, wall: { kind: wall, seen: 'a page for visitors' }, posts: [], threads: [], groups: [] }
}

/** Each run remembered its own streams, target by target. */
class Memories {
  private readonly known = new Map<string, StreamMemory>()
  private run = 0

  of({ run, purpose }: StoredCapture): StreamMemory {
    if (run !== this.run) this.known.clear()
    this.run = run
    const pass = purpose?.pass ?? ''
    const memory = this.known.get(pass) ?? new StreamMemory()
    this.known.set(pass, memory)
    return memory
  }
}
