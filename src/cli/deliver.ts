import { relative } from 'node:path'
import type { Plan } from '../export/destination.js'
import { type ExportContext, type Exporter, filesOf } from '../export/index.js'
import type { KeptThread } from '../model/archive.js'
import { UsageError } from '../model/errors.js'
import { preOrder } from '../model/tree.js'
import { writeWhole } from '../node/atomic-write.js'
import { writeFiles } from '../node/write-files.js'
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

/** A format, and what it renders. */
export interface Rendering {
  exporter: Exporter
  threads: Iterable<KeptThread>
  about: ExportContext
}

/** Renders to where the plan says. One thread is in memory at a time. */
export async function deliver(rendering: Rendering, plan: Plan, io: Io): Promise<Delivered> {
  const done = { threads: 0, posts: 0, where: placeName(plan, io) }
  const threads = counted(rendering.threads, done)
  await withPause(io, pause => send({ ...rendering, threads }, plan, io, pause))
  return done
}

async function send({ exporter, threads, about }: Rendering, plan: Plan, io: Io, pause: Pause): Promise<void> {
  if (plan.kind === 'folder') return writeFiles(plan.folder, filesOf(exporter, threads, about, plan.template), pause)
  const pieces = exporter.render(threads, about)
  if (plan.kind === 'file') return writeWhole(plan.path, pieces, pause)
  // A file or a pipe gets the exact bytes; a terminal would obey what a post tells it.
  return print(io.stdout, io.stdout.isTTY ? harmless(pieces, exporter) : pieces, pause)
}

function* counted(threads: Iterable<KeptThread>, done: Delivered): Generator<KeptThread> {
  for (const thread of threads) {
    done.threads++
    for (const _ of preOrder(thread.roots)) done.posts++
    yield thread
  }
}

/** @throws UsageError where the format is none for a terminal. */
function* harmless(pieces: Iterable<string | Uint8Array>, { name, extension }: Exporter): Generator<string> {
  for (const piece of pieces) {
    if (typeof piece !== 'string')
      throw new UsageError(`${name} is no text to show at a terminal.`, `Name a file: -o NAME.${extension}`)
    yield terminalLines(piece)
  }
}

function placeName(plan: Plan, io: Io): string {
  if (plan.kind === 'stdout') return 'stdout'
  const path = plan.kind === 'file' ? plan.path : plan.folder
  const near = relative(io.cwd, path)
  return `${near === '' || near.startsWith('..') ? path : near}${plan.kind === 'folder' ? '/' : ''}`
}
