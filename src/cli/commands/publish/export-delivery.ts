import { join, relative } from 'node:path'
import { fileName, type OutputPlan } from '../../../export/destination.js'
import type { Readings } from '../../../export/earlier-readings.js'
import type { ExportContext, Exporter, ExportFile, MediaMode } from '../../../export/exporter.js'
import { counted, countedCaptures, documentNames, filesOf, type Tally } from '../../../export/files.js'
import { type LocalMedia, mediaFor } from '../../../export/media.js'
import { documentFiles, partName, partPaths } from '../../../export/parts.js'
import type { Selection, StoredThread } from '../../../model/archive.js'
import type { Converter } from '../../../model/conversion.js'
import { UsageError } from '../../../model/errors.js'
import { writeAllFiles } from '../../../node/atomic-write.js'
import { chunksOf, type Pieces } from '../../../node/chunks.js'
import { converterOf } from '../../../node/convert.js'
import type { Replaced } from '../../../node/export-folder.js'
import { THIS_MACHINE } from '../../../node/process.js'
import { type Pause, withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { print } from '../../terminal/print.js'
import { terminalLines } from '../../text/terminal-text.js'

export interface Delivered extends Tally, Sent {
  /** In words, for the message: `stdout`, `notes.md`, `threadkeep-export/`. */
  where: string
}

/** What became of the files of earlier exports, and the names of documents of which one would have been too large. */
interface Sent extends Replaced {
  parts: string[]
}

/** A format, and the threads or captures that it renders. */
export interface Rendering {
  exporter: Exporter
  threads: Iterable<StoredThread>
  selections: readonly Selection[]
  about: Omit<ExportContext, 'captures' | 'converter' | 'media'>
  /** The selection as the user gave it. */
  selection: string
  /** What becomes of the files that posts show; undefined: what the place of the export suggests. */
  media: MediaMode | undefined
}

/** Renders to where the plan says. One thread is in memory at a time. */
export async function deliver(rendering: Rendering, plan: OutputPlan, io: Io): Promise<Delivered> {
  const done: Tally = { threads: 0, posts: 0 }
  const threads = counted(rendering.threads, done, rendering.about.status)
  const captures = () => countedCaptures(rendering.about.archive, rendering.selections, done)
  const media = mediaFor(plan, rendering.about.archive, rendering.media, rendering.exporter, io.cwd)
  const replaced = await withPause(io, (pause, signal) => {
    const about = { ...rendering.about, captures, converter: converterFor(io, signal), media: media.lookup }
    return send({ ...rendering, threads, about, media }, plan, io, pause)
  })
  return { ...done, where: placeName(plan, rendering.exporter, io), ...replaced }
}

/**
 * Looks, before anything is written, whether a file of somebody else would be replaced in a folder.
 * @throws UsageError that names the file.
 */
export async function refuseReplacing(
  { exporter, about }: Rendering,
  plan: OutputPlan,
  overwrite: boolean,
  io: Io,
): Promise<void> {
  const whole = { ...about, captures: () => [], converter: converterFor(io) }
  const { refuseForeign, refusePresent } = await import('../../../node/foreign-files.js')
  if (plan.kind === 'folder') refuseForeign(plan.folder, () => documentNames(exporter, whole, plan.template), overwrite)
  if (plan.kind === 'file' && exporter.parts)
    refusePresent(partName(plan.path, 2), () => partPaths(exporter, about.again(), whole, plan.path), overwrite)
}

/** Runs programs of this machine, as the environment of the command names them. */
export const converterFor = ({ env, platform }: Io, signal?: AbortSignal): Converter =>
  converterOf({ ...THIS_MACHINE, env, platform }, { signal })

interface Sending extends Omit<Rendering, 'selections' | 'about' | 'media'> {
  about: ExportContext
  media: LocalMedia
}

async function send(
  { exporter, threads, about, selection, media }: Sending,
  plan: OutputPlan,
  io: Io,
  pause: Pause,
): Promise<Sent> {
  const parts: string[] = []
  if (plan.kind === 'folder') {
    const { writeFolder } = await import('../../../node/export-folder.js')
    const content = { exporter, threads, about, media }
    const files = (readings: Readings) => noted(filesOf(content, plan.template, readings), parts)
    const target = { folder: plan.folder, files, format: exporter.name, selection, sample: about.sample }
    return { ...(await writeFolder(target, pause)), parts }
  }
  const replaced = { removed: [], kept: [], overwritten: [] }
  if (plan.kind === 'file') {
    const { writeDocuments } = await import('../../../node/later-documents.js')
    const documents = noted(documentFiles(exporter, threads, about, plan.path), parts)
    Object.assign(replaced, await writeDocuments(plan.path, documents, exporter.name, pause))
  } else await toStdout(exporter, exporter.render(threads, about), io, pause)
  await writeAllFiles(media.folder, media.copies(), pause)
  return { ...replaced, parts: parts.map(path => near(path, io)) }
}

/** The same files. `parts`: takes the names of documents of which one would have been too large. */
function* noted(files: Iterable<ExportFile>, parts: string[]): Generator<ExportFile> {
  for (const file of files) {
    if (file.part) parts.push(file.name)
    yield file
  }
}

/** A file or a pipe gets the exact bytes; a terminal would obey what a post tells it. */
const toStdout = (exporter: Exporter, pieces: Pieces, { stdout }: Io, pause: Pause): Promise<void> =>
  print(stdout, stdout.isTTY ? harmless(pieces, exporter) : pieces, pause)

/** @throws UsageError where the format is none for a terminal. */
async function* harmless(pieces: Pieces, { name, extension }: Exporter): AsyncGenerator<string> {
  for await (const piece of chunksOf(pieces)) {
    if (typeof piece !== 'string')
      throw new UsageError(`${name} is no text to show at a terminal.`, `Name a file: -o NAME.${extension}`)
    yield terminalLines(piece)
  }
}

function placeName(plan: OutputPlan, exporter: Exporter, io: Io): string {
  if (plan.kind === 'stdout') return 'stdout'
  const isFolder = plan.kind === 'folder' && plan.template !== null
  const path = plan.kind === 'file' ? plan.path : isFolder ? plan.folder : join(plan.folder, fileName(exporter))
  return `${near(path, io)}${isFolder ? '/' : ''}`
}

/** A path as the user would write it. */
function near(path: string, { cwd }: Io): string {
  const short = relative(cwd, path)
  return short === '' || short.startsWith('..') ? path : short
}
