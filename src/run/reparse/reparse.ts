import type { Archive, Found, Misread, Reparser, StoredCapture } from '../../archive/index.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { ReparseReport } from '../../model/reports/reparse.js'
import type { Stepwise } from '../../model/steps.js'
import type { Task } from '../../model/task.js'
import type { Clock } from '../../sources/index.js'
import { authorityOf, expected, parserOf, StreamMemory } from '../judge/expect.js'
import { withListedGroup } from '../judge/listed-group.js'
import { collectGarbage, HUGE_BYTES } from '../parsing/heap.js'
import { PageParser } from '../parsing/page-parser.js'
import { sampled } from '../plan/feeds/samples.js'
import { ownGroups } from '../plan/own-groups.js'

/** `dryRun`: the archive may be open read-only. */
export type ReparseRequest = Pick<ReparseReport, 'since' | 'dryRun'>

export interface ReparseDeps {
  archive: Archive
  clock: Clock
  /** When aborted, the reparse ends without any change. */
  signal: AbortSignal
  /** The command line, for the run log. */
  command: string
  version: string
  /** Number of captures read, and of all captures. */
  progress(read: number, of: number): void
}

/** Captures, and bytes of bodies, between two reports of progress and checks of `signal`. */
const BATCH = 20
const BATCH_BYTES = 150_000

/**
 * Parses every stored capture with the current parsers, and updates the archive. Sends no requests. Changes the archive in one
 * transaction at the end, or not at all.
 * @throws ArchiveError if the archive cannot be read or written.
 */
export async function reparseArchive(request: ReparseRequest, deps: ReparseDeps): Promise<ReparseReport> {
  const { archive, clock, command, version } = deps
  const startedAt = iso(clock)
  const run = request.dryRun ? null : archive.startRun(command, version, startedAt).run
  const reparsing = archive.reparsing(request.since)
  const head = { schema: 'threadkeep.reparse/1', run, ...request, startedAt } as const
  try {
    await reparseAll(reparsing, deps)
    const report = await toItsEnd(comparison(reparsing, head, deps), deps)
    if (report !== null) return report
    return reparsing.interrupted({ ...head, finishedAt: iso(clock), exitCode: EXIT.interrupted })
  } finally {
    reparsing.close()
  }
}

type Head = Pick<ReparseReport, 'schema' | 'run' | 'since' | 'dryRun' | 'startedAt'>

function* comparison(reparsing: Reparser, head: Head, { clock }: ReparseDeps): Stepwise<ReparseReport> {
  const { run, startedAt } = head
  if (run === null) return reportOf(head, yield* reparsing.compareOnly(), clock)
  return yield* reparsing.compareAndWrite({ run, at: startedAt }, found => reportOf(head, found, clock))
}

const reportOf = (head: Head, found: Found, clock: Clock): ReparseReport => ({
  ...head,
  ...found,
  finishedAt: iso(clock),
  exitCode: EXIT.done,
})

/** Does work step by step, so that signals arrive. Null: `signal` was aborted, and the work has left nothing. */
async function toItsEnd<Result>(
  work: Stepwise<Result>,
  { clock, signal }: Pick<ReparseDeps, 'clock' | 'signal'>,
): Promise<Result | null> {
  while (!signal.aborted) {
    const step = work.next()
    if (step.done) return step.value
    await clock.sleep(0, signal)
  }
  const unfinished: Stepwise<unknown> = work
  unfinished.return(undefined)
  return null
}

/** Posts that differ from what the present parsers read in their captures again. Changes nothing. */
export async function misreadPosts(deps: Omit<ReparseDeps, 'command'>): Promise<Misread[]> {
  const reparsing = deps.archive.reparsing(null)
  try {
    await reparseAll(reparsing, deps)
    return (await toItsEnd(reparsing.misread(), deps)) ?? []
  } finally {
    reparsing.close()
  }
}

const iso = (clock: Clock): string => new Date(clock.now()).toISOString()

async function reparseAll(reparsing: Reparser, deps: Omit<ReparseDeps, 'command'>): Promise<void> {
  const { size } = reparsing
  const memories = new Memories()
  const parser = new PageParser()
  // A function of its own, so that a page of 10 MB needs no memory any more when the next one is parsed.
  const readAgain = async (stored: StoredCapture) => {
    const capture = stored.wasUnused ? null : stored.capture
    const page = capture && (await parser.parseAndEmpty(capture, deps.signal))
    if (page) addPage(page, stored, reparsing, memories, deps.version)
    else reparsing.skip(stored)
  }
  let read = 0
  let bytes = 0
  try {
    for (const stored of reparsing.storedCaptures()) {
      const size = stored.capture?.body.length ?? 0
      bytes += size
      if (read++ % BATCH === 0 || bytes > BATCH_BYTES) {
        bytes = 0
        deps.progress(read - 1, size)
        await deps.clock.sleep(0, deps.signal)
      }
      if (deps.signal.aborted) return
      await readAgain(stored)
      if (size > HUGE_BYTES) collectGarbage()
    }
    deps.progress(read, size)
  } finally {
    await parser.close()
  }
}

function addPage(parsed: Page, stored: StoredCapture, reparsing: Reparser, memories: Memories, version: string): void {
  const { task } = stored.purpose
  const memory = memories.of(stored)
  const page = judged(stored, task, heldOnly(task, parsed, reparsing), memory)
  if (task.kind === 'stream' && !page.wall) memory.note(task, page)
  const isOfUnknown = stored.isImported && stored.purpose.group === null
  reparsing.add(isOfUnknown ? withListedGroup(page) : page, {
    stored,
    task,
    parser: parserOf(page, version),
    authority: authorityOf(task, page),
  })
}

/** For replies of the whole site: only those to threads of the archive. */
function heldOnly(task: Task, page: Page, { shadow }: Reparser): Page {
  if (task.kind === 'own') return ownGroups(page)
  if (task.kind === 'sample') return sampled(page)
  if (task.kind !== 'latest') return page
  return { ...page, posts: page.posts.filter(post => shadow.holdsThread(page.site, post.threadId)), threads: [] }
}

/** The recorded `session-ended` is used: no capture shows it, because the source had asked the site separately. */
function judged({ wall }: StoredCapture, task: Task, page: Page, memory: StreamMemory): Page {
  if (wall !== 'session-ended') return expected(task, page, memory)
  return { ...page, wall: { kind: wall, seen: 'a page for visitors' }, posts: [], threads: [], groups: [] }
}

/** Stream memories as they were: one a run and pass. */
class Memories {
  private readonly byPass = new Map<string, StreamMemory>()
  private run = 0

  of({ run, purpose }: StoredCapture): StreamMemory {
    if (run !== this.run) this.byPass.clear()
    this.run = run
    const pass = purpose.pass
    const memory = this.byPass.get(pass) ?? new StreamMemory()
    this.byPass.set(pass, memory)
    return memory
  }
}
