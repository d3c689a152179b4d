import { createHash, type Hash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../model/errors.js'
import { errorCode } from '../model/thrown.js'
import { chunksOf, type Pieces } from './chunks.js'
import { isOfFiles, unwritable } from './file-failures.js'
import { PresentFile } from './present-file.js'
import { isAlive, thisProcess } from './process.js'
import { isSpecial, refuseDangling, refuseDatabase, writeToPipe } from './special-file.js'

/**
 * Writes a file that is complete or absent: under another name in the same folder (so that renaming moves no bytes), then
 * renames it. A file with the same bytes is not touched. Awaits `pause` between pieces; an error thrown there ends the writing.
 * @throws KnownError (2 or 6) if the file can't be written.
 */
export async function writeAtomically(
  path: string,
  pieces: Pieces,
  pause: () => Promise<void>,
  mode = FOR_ALL,
): Promise<void> {
  try {
    makeFolder(dirname(path))
    const target = targetOf(path)
    refuseDatabase(target.path)
    if (isFolder(target.path)) throw new UsageError(`${path} is a folder.`, 'Name a file.')
    if (target.stat?.isFIFO()) await writeToPipe(target.path, pieces, pause)
    else if (target.stat) await fill(openSync(target.path, 'w', mode), pieces, pause)
    else await fillAndRename(target.path, mode, pieces, pause)
  } catch (error) {
    throw isOfFiles(error) ? unwritable(path, error) : error
  }
}

/** The mode of a new file, before the umask. */
const FOR_ALL = 0o666

/** Makes a folder and those above it. One after the other: with `recursive`, Node never returns where a file system answers ENOENT. */
export function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return
  refuseDangling(path)
  // Nothing is above the root of a drive, which may not exist.
  if (dirname(path) !== path) makeFolder(dirname(path), mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another export may have made it just now.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

async function fillAndRename(path: string, mode: number, pieces: Pieces, pause: () => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), temporaryName(path))
  const present = new PresentFile(path)
  try {
    cleanOnce(dirname(path))
    // A file of this name may be a link that somebody planted.
    rmSync(temporary, { force: true })
    await fill(openSync(temporary, 'wx', mode), pieces, pause, bytes => present.compare(bytes))
    const isSame = present.isSame()
    present.close()
    // A file that only its owner may read is always replaced: its mode may differ.
    if (mode === FOR_ALL && isSame) rmSync(temporary)
    else renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    present.close()
  }
}

/** Short enough for a file name, and of this process alone: another export of the same file must not rename a half-written one. */
const temporaryName = (path: string) =>
  `.${Buffer.from(basename(path)).subarray(0, 200).toString('utf8').replaceAll('\ufffd', '')}.threadkeep-${thisProcess().pid}.part`

const cleaned = new Set<string>()

/** Once, because a folder may hold many files. */
function cleanOnce(folder: string): void {
  if (!cleaned.has(folder)) removeLeftovers(folder)
  cleaned.add(folder)
}

/** Removes what killed exports have left in a folder. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.threadkeep-(\d+)\.part$/.exec(name)?.[1]
    const stat = pid === undefined ? undefined : lstatSync(join(folder, name), { throwIfNoEntry: false })
    if (stat?.isFile() && !isAlive(Number(pid), stat.mtime.toISOString())) rmSync(join(folder, name), { force: true })
  }
}

/** Writes all pieces into the file, and closes it. */
async function fill(
  file: number,
  pieces: Pieces,
  pause: () => Promise<void>,
  written: (bytes: Uint8Array) => void = () => {},
): Promise<void> {
  try {
    const bytesIn = reusedBytes()
    for await (const chunk of chunksOf(pieces)) {
      const bytes = bytesIn(chunk)
      writeAll(file, bytes)
      written(bytes)
      await pause()
    }
  } finally {
    closeSync(file)
  }
}

const bytesOf = (chunk: string | Uint8Array): Uint8Array => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)

/** Like `bytesOf`, but what a call returns is valid until the next one: a buffer for each text would be garbage outside of the heap. */
function reusedBytes(): (chunk: string | Uint8Array) => Uint8Array {
  let space = Buffer.alloc(0)
  return chunk => {
    if (typeof chunk !== 'string') return chunk
    const most = chunk.length * MOST_BYTES
    if (space.length < most) space = Buffer.allocUnsafeSlow(most)
    return space.subarray(0, space.write(chunk))
  }
}

/** UTF-8 bytes of a UTF-16 code unit. */
const MOST_BYTES = 3

/** A pipe or a nearly full disk may take only a part of the bytes. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** Links are followed. `stat`: of what is written to directly; null: it is replaced by renaming. @throws UsageError */
function targetOf(path: string): { path: string; stat: Stats | null } {
  refuseDangling(path)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return { path, stat: null }
  return isSpecial(stat) ? { path, stat } : { path: realpathSync(path), stat: null }
}

/** The same as `writeAtomically`, and returns the SHA-256 of the bytes, in hexadecimal. */
export async function writeHashed(path: string, pieces: Pieces, pause: () => Promise<void>): Promise<string> {
  const hash = createHash('sha256')
  await writeAtomically(path, hashed(pieces, hash), pause)
  return hash.digest('hex')
}

async function* hashed(pieces: Pieces, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(pieces)) {
    const bytes = bytesOf(chunk)
    hash.update(bytes)
    yield bytes
  }
}

/** A file of a folder: its name below the folder, with `/` between folders; or, with a `/` at its end, an empty folder. */
export interface FileToWrite {
  name: string
  body: Pieces
}

/** Writes the files of a folder one after the other, each complete or absent, and yields each with the SHA-256 of its bytes. */
export async function* writeFiles<File extends FileToWrite>(
  folder: string,
  files: Iterable<File> | AsyncIterable<File>,
  pause: () => Promise<void>,
): AsyncGenerator<[File, string]> {
  for await (const file of files) {
    const path = insideOf(folder, file.name)
    if (!isReallyIn(folder, path))
      throw new UsageError(`${path} leads out of the output folder by a link.`, 'Export into another folder.')
    if (file.name.endsWith('/')) makeFolder(path)
    else yield [file, await writeHashed(path, file.body, pause)]
  }
}

/** The same at once, where nobody wants to know the hashes. */
export async function writeAllFiles(
  folder: string,
  files: Iterable<FileToWrite>,
  pause: () => Promise<void>,
): Promise<void> {
  for await (const _ of writeFiles(folder, files, pause)) await pause()
}

/** SHA-256 of a file in hexadecimal; null: there is no such file, or it cannot be read. */
export function hashOf(path: string): string | null {
  const hash = createHash('sha256')
  const part = Buffer.alloc(PART)
  try {
    // A pipe would be waited for.
    if (!statSync(path).isFile()) return null
    const file = openSync(path, 'r')
    try {
      for (let size = readSync(file, part); size > 0; size = readSync(file, part)) hash.update(part.subarray(0, size))
      return hash.digest('hex')
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

const PART = 65_536

export const isFile = (path: string): boolean => existsSync(path) && !isFolder(path)

export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

/** Whether a path below the folder leads nowhere else by a link. What does not exist yet is no link. */
export function isReallyIn(folder: string, path: string): boolean {
  if (!existsSync(folder)) return true
  let present = path
  while (present !== folder && !lstatSync(present, { throwIfNoEntry: false })) present = dirname(present)
  try {
    const way = relative(realpathSync(folder), realpathSync(present))
    return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
  } catch {
    // A link that leads to nothing.
    return false
  }
}

/** The path of a file in the output folder. Names are made from what strangers wrote: this is the last gate. */
export function insideOf(folder: string, name: string): string {
  const path = resolve(folder, name)
  const way = relative(folder, path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new UsageError(`The file name ${name} leaves the output folder ${folder}.`, 'Use another template with -o.')
  }
  return path
}
