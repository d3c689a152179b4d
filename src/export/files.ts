import type { ArchiveReader, KeptCapture, Selection, StoredThread } from '../model/archive.js'
import type { Instant } from '../model/discussion.js'
import { DEFAULT_NAME } from './destination.js'
import {
  type Chunks,
  type ExportContext,
  type Exporter,
  type ExportFile,
  type ShownStatus,
  threadKey,
} from './exporter.js'
import { besideDocument, type LocalMedia } from './media.js'
import { outputName, uniqueNames } from './names.js'
import { shownCount } from './shown.js'

/** The files of an export into a folder, one after the other. `template` names the files of threads. */
export function filesOf(
  exporter: Exporter,
  threads: Iterable<StoredThread>,
  about: ExportContext,
  template: string,
): Iterable<ExportFile> {
  const own = exporter.files?.(threads, about)
  if (own) return own
  if (exporter.scope === 'thread') return fileAThread(exporter, threads, about, template)
  return [{ name: `${DEFAULT_NAME}.${exporter.extension}`, body: exporter.render(threads, about) }]
}

/** The documents, and behind them the copies of files that they need. */
export function* withCopies(documents: Iterable<ExportFile>, media: LocalMedia): Generator<ExportFile> {
  yield* documents
  yield* media.copies()
}

function* fileAThread(
  exporter: Exporter,
  threads: Iterable<StoredThread>,
  about: ExportContext,
  template: string,
): Generator<ExportFile> {
  const unique = uniqueNames()
  for (const thread of threads) {
    const name = unique(outputName(template, thread, exporter.extension), thread.id)
    const render = (one: StoredThread) => exporter.render([one], besideDocument(about, name))
    yield { name, body: render(thread), thread: threadKey(thread), ...timed(exporter, thread, render) }
  }
}

/** Programs of others take too long for a document that is only compared. */
function timed({ ready }: Exporter, thread: StoredThread, render: (thread: StoredThread) => Chunks) {
  if (ready || thread.readAt === null) return {}
  return { readAt: thread.readAt, asReadAt: (readAt: Instant) => render({ ...thread, readAt }) }
}

/** How much was exported. */
export interface Tally {
  threads: number
  posts: number
  /** Only of a format that renders captures, and no threads. */
  captures?: number
}

/** The captures of selections, for a format that renders them, counted as they pass. */
export function* countedCaptures(
  archive: ArchiveReader,
  selections: readonly Selection[],
  tally: Tally,
): Generator<KeptCapture> {
  tally.captures = 0
  for (const capture of archive.captures?.(selections) ?? []) {
    tally.captures++
    yield capture
  }
}

/** The same threads, counted as they pass: posts of this status. */
export function* counted(threads: Iterable<StoredThread>, tally: Tally, status: ShownStatus): Generator<StoredThread> {
  for (const thread of threads) {
    tally.threads++
    tally.posts += shownCount(thread, status)
    yield thread
  }
}
