/** threadkeep as a library: seven functions, interfaces, and a default for every option. docs/library.md shows them at work. */
import { resolve } from 'node:path'
import type { ArchiveEnv } from './archive/database/env.js'
import { facade, openArchive as open, writableBehind } from './archive/index.js'
import { planOutput } from './export/destination.js'
import type { Readings } from './export/earlier-readings.js'
import type { Chunk } from './export/exporter.js'
import { documentNames, filesOf, type Tally } from './export/files.js'
import { EXPORTERS } from './export/index.js'
import { mediaFor } from './export/media.js'
import { slugOf } from './export/package/about.js'
import { packageFiles } from './export/package/package.js'
import { preparePackage } from './export/package/prepare.js'
import type { PackageRequest } from './export/package/request.js'
import { documentFiles, partName, partPaths, undivided } from './export/parts.js'
import { type Prepared, prepareExport } from './export/prepare.js'
import type { ExportRequest } from './export/request.js'
import type { Capture } from './model/capture.js'
import { ArchiveError, UsageError } from './model/errors.js'
import type { OpenArchive } from './model/open-archive.js'
import type { Page } from './model/page.js'
import type { PackageReport } from './model/reports/package.js'
import type { RunReport } from './model/reports/run.js'
import { isFile, isFolder, writeAllFiles } from './node/atomic-write.js'
import { converterOf } from './node/convert.js'
import { writeFolder } from './node/export-folder.js'
import { refuseForeign, refusePresent } from './node/foreign-files.js'
import { keyFile } from './node/key-file.js'
import { writeDocuments } from './node/later-documents.js'
import { refuseTaken, writePackage } from './node/package/write-package.js'
import { CLOCK, isAlive, MACHINE, THIS_MACHINE, thisProcess } from './node/process.js'
import { shippedText } from './node/shipped.js'
import { isSpecialFile } from './node/special-file.js'
import { type Sink, writeTo } from './node/write-stream.js'
import { parse as parsed } from './parse/index.js'
import type { ImportOptions, RunOptions, SyncRunOptions } from './run/session/run-options.js'

export type { ArchiveEnv } from './archive/database/env.js'
export type { AnnotationFile } from './export/coding/records.js'
export type { SampleRequest } from './export/coding/sample.js'
export type {
  Chunk,
  Chunks,
  ExportContext,
  Exporter,
  ExportFile,
  LocalFile,
  MediaMode,
  OptionSpec,
  OptionValue,
  ShownStatus,
} from './export/exporter.js'
export type { Tally } from './export/files.js'
export { EXPORTERS } from './export/index.js'
export type { PackageRequest } from './export/package/request.js'
export type { PrivacyRequest } from './export/pseudonyms/request.js'
export type { ExportRequest, ExportSelection } from './export/request.js'
export type * from './model/archive.js'
export type { Arrival, Capture, Failure, FetchRequest, Validators } from './model/capture.js'
export type * from './model/coding/annotation.js'
export type { SampleFigures } from './model/coding/sample.js'
export type * from './model/conversion.js'
export type { ApplicationPassword, Credentials } from './model/credentials.js'
export type * from './model/discussion.js'
export * from './model/errors.js'
export type { ImportCounts } from './model/imports.js'
export type { MediaItem, MediaKind, MediaReason, MediaReport, MediaState } from './model/media/media.js'
export type * from './model/open-archive.js'
export type * from './model/page.js'
export type { KnownPerson } from './model/people/known-person.js'
export type { Query } from './model/query/query.js'
export type * from './model/reports/archive-status.js'
export type * from './model/reports/history.js'
export type * from './model/reports/package.js'
export type * from './model/reports/pass.js'
export type * from './model/reports/provenance.js'
export type * from './model/reports/run.js'
export type { Hit, Piece } from './model/reports/search.js'
export type * from './model/reports/statistics.js'
export type * from './model/sync.js'
export type { Route } from './model/task.js'
export type { Sink } from './node/write-stream.js'
export type { ImportOptions, MediaOptions, RunOptions, SyncRunOptions } from './run/session/run-options.js'
export type * from './sources/source.js'

const DEFAULT_FILE = 'threadkeep.db'

/** Which archive is meant. */
export interface InArchive {
  /** Its file, or an archive that is open and stays open (a run needs one that is open for writing). Default: `threadkeep.db`. */
  db?: string | OpenArchive
}

/** The format, its options, and which threads. */
export interface ExportOptions extends InArchive, ExportRequest {
  /** Files of a folder that no export has written may be replaced. Default: that is an error, and nothing is written. */
  overwrite?: boolean
  /** Aborted: the export ends with the reason of the signal, and leaves no half-written file. */
  signal?: AbortSignal
}

/** What a package holds, and which threads. */
export interface PackageOptions extends InArchive, PackageRequest {
  /** Aborted: the writing ends with the reason of the signal, and leaves nothing. */
  signal?: AbortSignal
}

/**
 * Reads sites, groups, threads or members into an archive, whose file is made where there is none. A run that was stopped goes on
 * where it stopped. What could not be read is no exception: the report names it, and its `exitCode` is not 0.
 * @throws UsageError if a target is no address.
 * @throws ArchiveError if the file can't be opened or written.
 * @throws BusyError if another run holds the archive.
 */
export async function archive(
  targets: string | readonly string[],
  options: RunOptions & InArchive = {},
): Promise<RunReport> {
  const { archiveRun } = await import('./run/library.js')
  const { command, run } = archiveRun([targets].flat(), options, MACHINE)
  return within('write', options.db, { command }, opened => run(writableBehind(opened)))
}

/**
 * Brings targets that were archived before up to date: all of them, or those that are named. Each is read as it was archived first,
 * but for what the options say now.
 * @throws UsageError if there is nothing to bring up to date; else as `archive`.
 */
export function sync(options?: SyncRunOptions & InArchive): Promise<RunReport>
export function sync(targets: string | readonly string[], options?: SyncRunOptions & InArchive): Promise<RunReport>
export async function sync(
  first: string | readonly string[] | (SyncRunOptions & InArchive) = {},
  second: SyncRunOptions & InArchive = {},
): Promise<RunReport> {
  const [words, options] = isWords(first) ? [[first].flat(), second] : [[], first]
  const { syncRun } = await import('./run/library.js')
  const { command, run } = syncRun(words, options, MACHINE)
  // Writing would make the file that is missing.
  if (typeof options.db !== 'object') openArchive(options.db, 'read').close()
  return within('write', options.db, { command }, opened => run(writableBehind(opened)))
}

/**
 * Reads files that are left of communities into an archive: saved pages, MHTML, WARC and WACZ, texts of threads; of folders all that is in
 * them. Sends no requests. Importing the same files again brings nothing new.
 * @throws UsageError if no path is named; else as `archive`.
 */
export async function importFrom(
  paths: string | readonly string[],
  options: ImportOptions & InArchive = {},
): Promise<RunReport> {
  const { importRun } = await import('./run/library.js')
  const { command, run } = importRun([paths].flat(), options, MACHINE)
  return within('write', options.db, { command }, opened => run(writableBehind(opened)))
}

const isWords = (first: object | string | readonly string[]): first is string | readonly string[] =>
  typeof first === 'string' || Array.isArray(first)

/**
 * Writes threads of an archive in one of the formats: to a file, a folder (`notes/`), files by a template (`notes/{id}.md`) or a
 * stream of Node, which is not ended. A file is complete or absent. Without a destination: the pieces of the export, as they are read.
 * @throws UsageError for an unknown format, option, group or thread; ArchiveError if the archive can't be read; KnownError if the
 * destination can't be written.
 */
export function exportTo(options?: ExportOptions): Iterable<Chunk>
export function exportTo(destination: string | Sink, options?: ExportOptions): Promise<Tally>
export function exportTo(
  first: string | Sink | ExportOptions = {},
  second: ExportOptions = {},
): Iterable<Chunk> | Promise<Tally> {
  if (typeof first === 'string' || 'write' in first) return deliver(first, second)
  return pieces(first)
}

function* pieces(options: ExportOptions): Generator<Chunk> {
  const opened = typeof options.db === 'object' ? options.db : openArchive(options.db, 'read')
  try {
    const { exporter, threads, about } = prepared(options, undefined, opened)
    const pieces = exporter.render(threads, about)
    if (Symbol.iterator in pieces) yield* pieces
    else
      throw new UsageError(`The format ${exporter.name} is written to a file or a stream only.`, 'Name a destination.')
  } finally {
    if (opened !== options.db) opened.close()
  }
}

const deliver = (destination: string | Sink, options: ExportOptions): Promise<Tally> =>
  within('read', options.db, {}, async opened => {
    const path = typeof destination === 'string' ? destination : undefined
    const rendering = prepared(options, path, opened)
    await send(rendering, destination, pausing(options.signal), options)
    return rendering.tally
  })

/** Lets signals arrive between two pieces, and ends with the reason of one that is aborted. */
const pausing = (signal: AbortSignal | undefined) => async (): Promise<void> => {
  await new Promise(resolve => setImmediate(resolve))
  signal?.throwIfAborted()
}

const prepared = (options: ExportOptions, path: string | undefined, opened: OpenArchive): Prepared =>
  prepareExport(options, path, opened, EXPORTERS, surroundings(options, path))

const surroundings = (options: { signal?: AbortSignal }, path: string | undefined) => ({
  now: CLOCK.now(),
  converter: converterOf(THIS_MACHINE, options),
  openKey: (key: string, how: { isShared: boolean }) =>
    keyFile(key, { ...how, outputs: path === undefined ? [] : [path.replace(/\{.*/s, '')] }),
})

async function send(
  given: Prepared,
  destination: string | Sink,
  pause: () => Promise<void>,
  { signal, overwrite }: ExportOptions,
): Promise<void> {
  const { threads, selection } = given
  if (typeof destination !== 'string')
    return writeTo(destination, given.exporter.render(threads, given.about), pause, signal)
  const plan = planOutput(destination, given.exporter, () => false, { cwd: '.', isFile, isFolder })
  const exporter = plan.kind === 'file' && isSpecialFile(plan.path) ? undivided(given.exporter) : given.exporter
  if (plan.kind === 'stdout')
    throw new UsageError('"-" is no file.', 'For standard output, give its stream as the destination.')
  const media = mediaFor(plan, given.about.archive, given.media, given.exporter)
  const about = { ...given.about, media: media.lookup }
  if (plan.kind === 'file') {
    if (exporter.parts)
      refusePresent(partName(plan.path, 2), () => partPaths(exporter, about.again(), about, plan.path), overwrite)
    await writeDocuments(plan.path, documentFiles(exporter, threads, about, plan.path), exporter.name, pause)
    await writeAllFiles(media.folder, media.copies(), pause)
  } else {
    refuseForeign(plan.folder, () => documentNames(exporter, about, plan.template), overwrite)
    const content = { exporter, threads, about, media }
    const files = (readings: Readings) => filesOf(content, plan.template, readings)
    await writeFolder({ folder: plan.folder, files, format: exporter.name, selection, sample: about.sample }, pause)
  }
}

/**
 * Writes a package, a data set that can be deposited: threads in several formats, codebook, methods, and the metadata of BagIt, RO-Crate and
 * Frictionless; into a new folder, or a file that ends in `.zip`. It is complete or absent, and the same archive gives the same bytes.
 * @throws UsageError for what `about` lacks, a format that no package can hold, a group that may not be public, and a folder that is not
 * empty; else as `exportTo`.
 */
export function packageTo(destination: string, options: PackageOptions): Promise<PackageReport> {
  return within('read', options.db, {}, async opened => {
    const isZip = /\.zip$/i.test(destination)
    const target = { path: resolve(destination), folderInZip: isZip ? slugOf(options.about) : null }
    refuseTaken(target)
    const around = { ...surroundings(options, target.path), shipped: shippedText }
    const plan = await preparePackage(options, opened, EXPORTERS, around)
    return writePackage(target, packageFiles(plan), pausing(options.signal))
  })
}

/**
 * Opens an archive. `read` (default) wants the file to exist, changes nothing and never waits; `write` makes the file where there is
 * none, and holds it against other writers until `close`. `overrides`: for tests, another clock or another process.
 * @throws ArchiveError if it can't be opened; BusyError if another run, or this process, holds it for writing.
 */
export function openArchive(
  file: string = DEFAULT_FILE,
  mode: 'read' | 'write' = 'read',
  overrides: Partial<ArchiveEnv> = {},
): OpenArchive {
  if (file === '') throw new ArchiveError('No archive is named.', 'Give the path of a file.')
  const env = { now: CLOCK.now, ...thisProcess(), command: 'library', isAlive, ...overrides }
  return facade(open(file, mode, env), mode, env.now)
}

/** What a response means: posts with their parents, group, members, what the page claims. Pure, and never throws for what a site sent. */
export function parse(capture: Capture): Page {
  return parsed(capture)
}

/** Opens the archive for this work and closes it afterwards; one that is open already is left open. */
async function within<Result>(
  mode: 'read' | 'write',
  db: string | OpenArchive | undefined,
  env: Partial<ArchiveEnv>,
  work: (opened: OpenArchive) => Promise<Result>,
): Promise<Result> {
  if (typeof db === 'object') return work(db)
  const opened = openArchive(db, mode, env)
  try {
    return await work(opened)
  } finally {
    opened.close()
  }
}
