import { relative } from 'node:path'
import { insideOf, type Plan } from '../export/destination.js'
import { type Exporter, outputName, renderStream, uniqueNames } from '../export/index.js'
import type { KeptThread } from '../model/archive.js'
import { preOrder } from '../model/tree.js'
import { writeWhole } from '../node/atomic-write.js'
import type { Io } from './io.js'
import { type Pause, withPause } from './pause.js'
import { print } from './print.js'
import { terminalLines } from './terminal-text.js'

export interface Delivered {
  threads: number
  posts: number
  /** In words, for the message: `stdout`, `notes.md`, `threadkeep-export/`. */
  where: string
}

/** Renders `threads` to where the plan says. One thread is in memory at a time. */
export async function deliver(
  threads: Iterable<KeptThread>,
  exporter: Exporter,
  plan: Plan,
  io: Io,
): Promise<Delivered> {
  const done = { threads: 0, posts: 0, where: placeName(plan, io) }
  await withPause(io, pause => send(counted(threads, done), exporter, plan, io, pause))
  return done
}

async function send(
  threads: Iterable<KeptThread>,
  exporter: Exporter,
  plan: Plan,
  io: Io,
  pause: Pause,
): Promise<void> {
  if (plan.kind === 'folder') return eachToItsFile(threads, exporter, plan, pause)
  const pieces = renderStream(exporter, threads)
  if (plan.kind === 'file') return writeWhole(plan.path, pieces, pause)
  // A file or a pipe gets the exact bytes; a terminal would obey what a post tells it.
  return print(io.stdout, io.stdout.isTTY ? harmless(pieces) : pieces, pause)
}

async function eachToItsFile(
  threads: Iterable<KeptThread>,
  exporter: Exporter,
  { folder, template }: Extract<Plan, { kind: 'folder' }>,
  pause: Pause,
): Promise<void> {
  const unique = uniqueNames()
  for (const thread of threads) {
    const name = unique(outputName(template, thread, exporter.extension), thread.id)
    await writeWhole(insideOf(folder, name), renderStream(exporter, [thread]), pause)
  }
}

function* counted(threads: Iterable<KeptThread>, done: Delivered): Generator<KeptThread> {
  for (const thread of threads) {
    done.threads++
    for (const _ of preOrder(thread.roots)) done.posts++
    yield thread
  }
}

function* harmless(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield terminalLines(piece)
}

function placeName(plan: Plan, io: Io): string {
  if (plan.kind === 'stdout') return 'stdout'
  const path = plan.kind === 'file' ? plan.path : plan.folder
  const near = relative(io.cwd, path)
  return `${near === '' || near.startsWith('..') ? path : near}${plan.kind === 'folder' ? '/' : ''}`
}
