import type { ArchiveReader, KeptCapture, Selection, StoredThread } from '../model/archive.js'
import type { SampleFigures } from '../model/coding/sample.js'
import { fileName } from './destination.js'
import { asEarlierRead, type Readings } from './earlier-readings.js'
import { type ExportContext, type Exporter, type ExportFile, type ShownStatus, threadKey } from './exporter.js'
import { besideDocument, type LocalMedia } from './media.js'
import { outputName, uniqueNames } from './names.js'
import { documentFiles } from './parts.js'
import { shownCount } from './shown.js'

/** A format, what it renders, and the files that posts show. */
export interface FolderContent {
  exporter: Exporter
  threads: Iterable<StoredThread>
  about: ExportContext
  media: LocalMedia
}

/**
 * The files of an export into a folder, one after the other: the documents, and behind them the copies of files that they need.
 * `template` names the files of threads; null: all threads are in one file.
 */
export function* filesOf(
  { exporter, threads, about, media }: FolderContent,
  template: string | null,
  readings: Readings,
): Generator<ExportFile> {
  const again = () => asEarlierRead(about.again(), readings)
  yield* documentsOf(exporter, asEarlierRead(threads, readings), { ...about, again }, template)
  yield* media.copies()
}

/** The files of a folder, without those that posts show. */
export function documentsOf(
  exporter: Exporter,
  threads: Iterable<StoredThread>,
  about: ExportContext,
  template: string | null,
): Iterable<ExportFile> {
  const own = template === null ? null : exporter.files?.(threads, about)
  if (own) return own
  if (exporter.scope === 'thread' && template !== null) return fileAThread(exporter, threads, about, template)
  return documentFiles(exporter, threads, about, fileName(exporter))
}

/** The names of `documentsOf`, whose bodies are made while they are read, and are not. */
export function* documentNames(exporter: Exporter, about: ExportContext, template: string | null): Generator<string> {
  for (const { name } of documentsOf(exporter, about.again(), about, template)) yield name
}

/** A document a thread. */
function* fileAThread(
  exporter: Exporter,
  threads: Iterable<StoredThread>,
  about: ExportContext,
  template: string,
): Generator<ExportFile> {
  const unique = uniqueNames()
  for (const thread of threads) {
    const name = unique(outputName(template, thread, exporter.extension), thread.id)
    const own = { ...besideDocument(about, name), again: () => [thread] }
    const nameOf = (part: string) => unique(part, thread.id)
    for (const file of documentFiles(exporter, [thread], own, name, nameOf))
      yield { ...file, thread: threadKey(thread) }
  }
}

/** How much was exported. */
export interface Tally {
  threads: number
  posts: number
  /** Only of a format that renders captures, and no threads. */
  captures?: number
  /** How the threads were drawn; absent: all that were selected are there. */
  sample?: SampleFigures
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
