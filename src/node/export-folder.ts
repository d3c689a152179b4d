import { rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../model/errors.js'
import {
  type FileToWrite,
  hashOf,
  insideOf,
  isReallyIn,
  makeFolder,
  writeAtomically,
  writeFiles,
} from './atomic-write.js'
import { isOfFiles, unwritable } from './file-failures.js'
import { endedJournals, isJournal, type Journal, journalIn, removeJournals } from './journal.js'
import {
  keyOf,
  MANIFEST,
  type ManifestExport,
  manifestText,
  readManifest,
  type WrittenFile,
  type WrittenThread,
} from './manifest.js'

interface FolderFile extends FileToWrite {
  thread?: string
}

/** What exports note of threads, by site and id: the earlier ones into this folder, that of the same selection first, and this one. */
interface NotedThreads {
  earlier: readonly ReadonlyMap<string, WrittenThread>[]
  present: Map<string, WrittenThread>
}

/** Files of a folder, each perhaps of one thread, and which export writes them. */
interface ExportFolder {
  folder: string
  files(threads: NotedThreads): Iterable<FolderFile>
  /** Name of the format. */
  format: string
  /** The selection as the user gave it: the next export of the same removes what is no longer in it. */
  selection: string
  /** How its threads were drawn; absent: all are there. */
  sample?: ManifestExport['sample']
}

/** What happened to files of earlier exports. */
export interface Replaced {
  /** Removed: their thread has another name now, or the same selection no longer has the file. */
  removed: string[]
  /** Left there for the same reason, because somebody has changed them since. */
  kept: string[]
  /** Replaced by a document of the same name, although no export had written them in this form. */
  overwritten: string[]
}

/**
 * Writes the files, each complete or absent; a file with the same bytes is not touched. Then removes files of earlier exports that are out
 * of date: those of the same format and selection that were not written now, and those of the same thread and format under another name.
 * Only files that the manifest of the folder lists, and that nobody has changed since, are removed. `pause` is awaited between pieces.
 * @throws KnownError (2) for a damaged manifest, or a name that leaves the folder.
 */
export async function writeFolder(target: ExportFolder, pause: () => Promise<void>): Promise<Replaced> {
  const earlier = await settled(target)
  const journal = journalIn(target.folder)
  const threads = notedThreads(target, earlier)
  const written = new Map<string, WrittenFile>()
  const overwritten: string[] = []
  try {
    const files = announced(target, withForeign(target, withoutManifest(target.files(threads)), earlier), journal)
    for await (const [{ name, thread, foreign }, sha256] of writeFiles(target.folder, files, pause)) {
      written.set(name, { sha256, ...(thread !== undefined && { thread }) })
      announce(target, { name, thread, sha256 }, journal)
      if (foreign !== null && foreign !== sha256) overwritten.push(name)
    }
  } catch (error) {
    journal.close()
    // On a full disk the journal stays as the list.
    if (written.size > 0) await saveAfterFailure(target, written, threads.present).then(journal.remove, () => {})
    else journal.remove()
    throw error
  }
  const outdated = outdatedFiles(target, earlier, written)
  const replaced = { ...removeAll(target.folder, outdated, written), overwritten }
  // Read again: another export into this folder may have ended meanwhile. What the own journal says is in memory.
  const present = readManifest(target.folder, 'others')
  await saveManifest(target, afterSuccess(target, present, written, outdated, threads.present))
  journal.remove()
  return replaced
}

/** The list of earlier exports, with what those wrote that were killed. */
async function settled(target: ExportFolder): Promise<ManifestExport[]> {
  const ended = endedJournals(target.folder)
  const earlier = readManifest(target.folder)
  if (ended.length > 0) await saveManifest(target, earlier)
  removeJournals(target.folder, ended)
  return earlier
}

/** The files, each of which is in the journal before it is written. */
function* announced<File extends FolderFile>(
  target: ExportFolder,
  files: Iterable<File>,
  journal: Journal,
): Generator<File> {
  for (const file of files) {
    if (!file.name.endsWith('/')) announce(target, file, journal)
    yield file
  }
}

/** @throws KnownError (2 or 6) if the folder can't be written. */
function announce(
  { folder, format, selection }: ExportFolder,
  { name, thread, sha256 }: { name: string; thread?: string | undefined; sha256?: string },
  journal: Journal,
): void {
  try {
    makeFolder(folder)
    journal.write({ format, selection, name, ...(sha256 && { sha256 }), ...(thread !== undefined && { thread }) })
  } catch (error) {
    throw isOfFiles(error) ? unwritable(insideOf(folder, name), error) : error
  }
}

function notedThreads(target: ExportFolder, earlier: readonly ManifestExport[]): NotedThreads {
  const own = earlier.filter(one => isSame(one, target))
  const all = [...own, ...earlier.filter(one => !own.includes(one))]
  return { earlier: all.map(({ threads }) => new Map(Object.entries(threads))), present: new Map() }
}

function* withForeign(
  { folder }: ExportFolder,
  files: Iterable<FolderFile>,
  earlier: readonly ManifestExport[],
): Generator<FolderFile & { foreign: string | null }> {
  for (const file of files) yield { ...file, foreign: foreignHash(folder, file.name, earlier) }
}

/** Hash of the file that has the name now, if no export has written it in this form; else null. */
function foreignHash(folder: string, name: string, earlier: readonly ManifestExport[]): string | null {
  const present = hashOf(insideOf(folder, name))
  const isOurs = earlier.some(({ files }) => Object.hasOwn(files, name) && files[name]?.sha256 === present)
  return isOurs ? null : present
}

/** @throws UsageError where a document has the name of the list. */
function* withoutManifest<File extends FileToWrite>(files: Iterable<File>): Generator<File> {
  for (const file of files) {
    if (file.name.toLowerCase() === MANIFEST || isJournal(file.name))
      throw new UsageError(`${file.name} is the name of the list of exported files.`, 'Use another template with -o.')
    yield file
  }
}

const isSame = (a: Pick<ManifestExport, 'format' | 'selection'>, b: Pick<ManifestExport, 'format' | 'selection'>) =>
  keyOf(a) === keyOf(b)

type Written = ReadonlyMap<string, WrittenFile>

type Noted = ReadonlyMap<string, WrittenThread>

function outdatedFiles(target: ExportFolder, earlier: readonly ManifestExport[], written: Written): Written {
  const ofFormat = earlier.filter(({ format }) => format === target.format)
  // A folder that is new may get a million files.
  if (ofFormat.length === 0) return new Map()
  const threads = new Set<string>()
  for (const { thread } of written.values()) if (thread !== undefined) threads.add(thread)
  const sites = new Set([...threads].map(siteOf))
  // Documents of another format may show the same copy of a picture.
  const elsewhere = new Set(earlier.filter(one => !isSame(one, target)).flatMap(({ files }) => Object.keys(files)))
  const isOutdated = (one: ManifestExport, name: string, { thread }: WrittenFile): boolean =>
    !written.has(name) &&
    ((thread !== undefined && threads.has(thread)) ||
      (isSame(one, target) && !elsewhere.has(name) && !isOfOtherSite(thread, sites)))
  return new Map(
    ofFormat.flatMap(one => Object.entries(one.files).filter(([name, file]) => isOutdated(one, name, file))),
  )
}

/** The same selection of another archive, whose sites are others: its files stay. */
const isOfOtherSite = (thread: string | undefined, sites: ReadonlySet<string>): boolean =>
  thread !== undefined && sites.size > 0 && !sites.has(siteOf(thread))

/** The site of a thread that is named by its site and its id. */
const siteOf = (thread: string): string => thread.split(' ', 1)[0] ?? ''

function removeAll(folder: string, outdated: Written, written: Written): Omit<Replaced, 'overwritten'> {
  const replaced = { removed: [] as string[], kept: [] as string[] }
  if (outdated.size === 0) return replaced
  const present = new Map<string, string>()
  for (const name of written.keys()) present.set(name.toLowerCase(), name)
  for (const [name, { sha256 }] of outdated) {
    const path = insideOf(folder, name)
    const hash = hashOf(path)
    const current = present.get(name.toLowerCase())
    if (hash === null || !isReallyIn(folder, path)) continue
    if (current !== undefined && isOneFile(path, insideOf(folder, current))) continue
    if (hash === sha256) removeFile(folder, path)
    replaced[hash === sha256 ? 'removed' : 'kept'].push(name)
  }
  return replaced
}

/** Two names lead to one file where the file system ignores case. */
function isOneFile(path: string, other: string): boolean {
  const [a, b] = [path, other].map(one => statSync(one, { throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.ino !== 0 && a.ino === b.ino && a.dev === b.dev
}

/** Removes a file, and the folders below the output folder that hold nothing then. */
function removeFile(folder: string, path: string): void {
  rmSync(path)
  for (let parent = dirname(path); parent !== folder && isRemoved(parent); ) parent = dirname(parent)
}

/** False: the folder holds other files. */
function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}

function afterSuccess(
  target: ExportFolder,
  earlier: readonly ManifestExport[],
  written: Written,
  outdated: Written,
  noted: Noted,
): ManifestExport[] {
  const present = earlier.map(one => (one.format === target.format ? withFiles(one, written, outdated) : one))
  const own = present.find(one => isSame(one, target))
  const others = present.filter(one => one !== own && Object.keys(one.files).length > 0)
  return [...others, exportOf(target, own && withoutThreads(own, noted), written, noted)]
}

/** The threads of the same sites that were not noted again are no longer in the selection. */
function withoutThreads(own: ManifestExport, noted: Noted): ManifestExport {
  const sites = new Set([...noted.keys()].map(siteOf))
  const threads = Object.entries(own.threads).filter(([key]) => isOfOtherSite(key, sites))
  return { ...own, threads: Object.fromEntries(threads) }
}

const exportOf = (
  { format, selection, sample }: ExportFolder,
  own: ManifestExport | undefined,
  written: Written,
  noted: Noted,
): ManifestExport => ({
  ...{ format, selection, ...(sample && { sample }) },
  files: withAll(own?.files, written),
  threads: withAll(own?.threads, noted),
})

/** There may be a million of them, which are not copied twice. */
function withAll<Value>(
  before: Readonly<Record<string, Value>> | undefined,
  present: ReadonlyMap<string, Value>,
): Record<string, Value> {
  const all = Object.fromEntries(present)
  return before ? { ...before, ...all } : all
}

/** The list of an export, with the present hashes, and without what was removed. */
function withFiles(one: ManifestExport, written: Written, outdated: Written): ManifestExport {
  const files = Object.entries(one.files)
    .filter(([name]) => !outdated.has(name))
    .map(([name, file]) => [name, written.get(name) ?? file])
  return { ...one, files: Object.fromEntries(files) }
}

/** After a failure nothing was removed: the list holds what earlier exports wrote, and what this one did. */
function afterFailure(
  target: ExportFolder,
  earlier: readonly ManifestExport[],
  written: Written,
  noted: Noted,
): ManifestExport[] {
  const own = earlier.find(one => isSame(one, target))
  return [...earlier.filter(one => one !== own), exportOf(target, own, written, noted)]
}

const saveAfterFailure = async (target: ExportFolder, written: Written, noted: Noted): Promise<void> =>
  saveManifest(target, afterFailure(target, readManifest(target.folder), written, noted))

const saveManifest = async ({ folder }: ExportFolder, exports: ManifestExport[]): Promise<void> => {
  await writeAtomically(join(folder, MANIFEST), manifestText(exports), async () => {})
}
