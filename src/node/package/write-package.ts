import { createReadStream, existsSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { UsageError } from '../../model/errors.js'
import { insideOf, writeAtomically, writeHashed } from '../atomic-write.js'
import type { Pieces } from '../chunks.js'
import { atExit, isAlive, thisProcess } from '../process.js'

/** Gives files, and takes back each with its hash and size before it gives the next. */
type Packing<Result> = Generator<
  { name: string; body: Pieces },
  Result,
  { name: string; sha256: string; bytes: number }
>

/** Where a package goes. */
export interface PackageTarget {
  /** Absolute. */
  path: string
  /** The folder within a zip file; null: the path is a folder. */
  folderInZip: string | null
}

/**
 * Writes a package that is complete or absent: into a folder beside its place, which then gets its name, or becomes a zip file.
 * `pause` is awaited between pieces; an error thrown there ends the writing.
 * @throws UsageError where something is that the package must not replace; KnownError (2 or 6) if it can't be written.
 */
export async function writePackage<Result>(
  target: PackageTarget,
  files: Packing<Result>,
  pause: () => Promise<void>,
): Promise<Result> {
  refuseTaken(target)
  const folder = stagingOf(target.path)
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const forget = atExit(remove)
  try {
    removeLeftovers(target.path)
    remove()
    const result = await fill(folder, files, pause)
    if (target.folderInZip !== null) await writeAtomically(target.path, zipped(folder, target.folderInZip), pause)
    else takePlace(folder, target.path)
    return result
  } finally {
    forget()
    remove()
  }
}

/** A folder with something in it stays as it is; a zip file is replaced. @throws UsageError */
export function refuseTaken({ path, folderInZip }: PackageTarget): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return
  const isFolder = stat.isDirectory()
  if (folderInZip !== null && isFolder) throw new UsageError(`${path} is a folder.`, 'Name a zip file with -o.')
  if (folderInZip === null && !isFolder)
    throw new UsageError(
      `${path} is a file, and a package is a folder or a zip file.`,
      'Name a folder, or a file that ends in .zip.',
    )
  if (folderInZip === null && readdirSync(path).length > 0)
    throw new UsageError(
      `${path} is not empty, and a package must not mix with other files.`,
      'Name a new folder with -o, or empty it.',
    )
}

const stagingOf = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(-150)}.threadkeep-${thisProcess().pid}.parts`)

/** Folders that killed processes have left of the same package. */
function removeLeftovers(path: string): void {
  if (!existsSync(dirname(path))) return
  const start = `.${basename(path).slice(-150)}.threadkeep-`
  for (const name of readdirSync(dirname(path))) {
    const pid = name.startsWith(start) ? /^(\d+)\.parts$/.exec(name.slice(start.length))?.[1] : undefined
    const stat = pid === undefined ? undefined : lstatSync(join(dirname(path), name), { throwIfNoEntry: false })
    if (stat?.isDirectory() && !isAlive(Number(pid), stat.mtime.toISOString()))
      rmSync(join(dirname(path), name), { recursive: true, force: true })
  }
}

async function fill<Result>(folder: string, files: Packing<Result>, pause: () => Promise<void>): Promise<Result> {
  for (let step = files.next(); ; ) {
    if (step.done) return step.value
    const { name, body } = step.value
    const path = insideOf(folder, name)
    const sha256 = await writeHashed(path, body, pause)
    step = files.next({ name, sha256, bytes: statSync(path).size })
  }
}

/** An empty folder of this name gives way. */
function takePlace(folder: string, path: string): void {
  if (existsSync(path)) rmdirSync(path)
  renameSync(folder, path)
}

/** Without a time zone, and the same on every day. */
const FIXED = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/** These are compressed already. */
const PACKED = /\.(?:zip|docx|epub|wacz|gz|parquet|png|jpe?g|gif|webp|mp[34]|pdf)$/i

/** A zip file of all that is in a folder, sorted by name. */
async function* zipped(folder: string, prefix: string): AsyncGenerator<Uint8Array> {
  const { default: yazl } = await import('yazl')
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => void output.destroy(error))
  for (const name of filesBelow(folder)) {
    const open = (ready: (error: unknown, stream: Readable) => void) =>
      ready(null, createReadStream(join(folder, name)))
    zip.addReadStreamLazy(`${prefix}/${name}`, { ...FIXED, compress: !PACKED.test(name) }, open)
  }
  zip.end()
  yield* output
}

/** Names of all files below a folder with `/` between folders, in the order of code units, which no locale changes. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => !entry.isDirectory())
  return files
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort((a, b) => (a < b ? -1 : 1))
}
