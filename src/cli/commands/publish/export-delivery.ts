import { relative } from 'node:path'
import { type Exporter, outputName, renderStream, uniqueNames } from '../../../export/index.js'
import type { StoredThread } from '../../../model/archive.js'
import { preOrder } from '../../../model/tree.js'
import { writeAtomically } from '../../files/atomic-write.js'
import { insideOf, type OutputPlan } from '../../options/output-target.js'
import { type Pause, withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { print } from '../../terminal/print.js'
import { terminalLines } from '../../text/terminal-text.js'

export interface Delivered {
  threads: number
  posts: number
  /** In words, for the message: `stdout`, `notes.md`, `threadkeep-export/`. */
  where: string
}

/** Renders `threads` to where the plan says. One thread is in memory at a time. */
export async function deliver(
  threads: Iterable<StoredThread>,
  exporter: Exporter,
  plan: OutputPlan,
  io: Io,
): Promise<Delivered> {
  const done = { threads: 0, posts: 0, where: placeName(plan, io) }
  await withPause(io, pause => send(counted(threads, done), exporter, plan, io, pause))
  return done
}

async function send(
  threads: Iterable<StoredThread>,
  exporter: Exporter,
  plan: OutputPlan,
  io: Io,
  pause: Pause,
): Promise<void> {
  if (plan.kind === 'folder') return eachToItsFile(threads, exporter, plan, pause)
  const pieces = renderStream(exporter, threads)
  if (plan.kind === 'file') return writeAtomically(plan.path, pieces, pause)
  // A file or a pipe gets the exact bytes; a terminal would obey what a post tells it.
  return print(io.stdout, io.stdout.isTTY ? harmless(pieces) : pieces, pause)
}

async function eachToItsFile(
  threads: Iterable<StoredThread>,
  exporter: Exporter,
  { folder, template }: Extract<OutputPlan, { kind: 'folder' }>,
  pause: Pause,
): Promise<void> {
  const unique = uniqueNames()
  for (const thread of threads) {
    const name = unique(outputName(template, thread, exporter.extension), thread.id)
    await writeAtomically(insideOf(folder, name), renderStream(exporter, [thread]), pause)
  }
}

function* counted(threads: Iterable<StoredThread>, done: Delivered): Generator<StoredThread> {
  for (const thread of threads) {
    done.threads++
    for (const _ of preOrder(thread.roots)) done.posts++
    yield thread
  }
}

function* harmless(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield terminalLines(piece)
}

function placeName(plan: OutputPlan, io: Io): string {
  if (plan.kind === 'stdout') return 'stdout'
  const path = plan.kind === 'file' ? plan.path : plan.folder
  const near = relative(io.cwd, path)
  return `${near === '' || near.startsWith('..') ? path : near}${plan.kind === 'folder' ? '/' : ''}`
}
