import { closeSync, createReadStream, lstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type yauzl from 'yauzl'
import { EXIT, KnownError } from '../../model/errors.js'

interface Refused {
  file: string
  what: string
}

/** The files of a package. Close it. */
export interface OpenPackage {
  form: 'folder' | 'zip'
  files: readonly { name: string; bytes: number }[]
  /** What no package may have: links, names that lead out of it, entries that cannot be unpacked. */
  refused: readonly Refused[]
  /** The bytes of a file. Throws where they are damaged. */
  read(name: string): AsyncIterable<Uint8Array>
  close(): void
}

/** What a path leads to, by its content; null: nothing that threadkeep writes. */
export function kindAt(path: string): 'archive' | 'folder' | 'zip' | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return null
  if (stat.isDirectory())
    return PARTS.some(name => statSync(join(path, name), { throwIfNoEntry: false })) ? 'folder' : null
  if (!stat.isFile()) return null
  const head = headOf(path)
  if (head.startsWith('SQLite format 3')) return 'archive'
  return ZIPS.some(start => head.startsWith(start)) ? 'zip' : null
}

/** The first bytes of a zip file, perhaps of an empty one. */
const ZIPS = ['PK\x03\x04', 'PK\x05\x06']

/** The advice for a damaged package. */
export const AGAIN = 'Get it again from where it was deposited, or make it again with `threadkeep package`.'

/** True if it has at least something of a package. */
export const isPackage = ({ files, refused }: OpenPackage): boolean =>
  refused.length > 0 || files.some(({ name }) => PARTS.includes(name))

/** What is left of a damaged package has one of these. */
const PARTS = ['bagit.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt', 'data/datapackage.json']

function headOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(16)
    return head.toString('latin1', 0, readSync(file, head))
  } finally {
    closeSync(file)
  }
}

/** @throws KnownError (6) for a zip file that cannot be read at all. */
export const openPackage = (path: string, form: 'folder' | 'zip'): Promise<OpenPackage> =>
  form === 'zip' ? openZip(path) : Promise.resolve(openFolder(path))

/** Links are not followed: what they lead to is not in the package. */
function openFolder(path: string): OpenPackage {
  const files: { name: string; bytes: number }[] = []
  const refused: Refused[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(path, folder), { withFileTypes: true })) {
      const name = `${folder}${entry.name}`
      if (entry.isDirectory()) walk(`${name}/`)
      else if (entry.isFile()) files.push({ name, bytes: lstatSync(join(path, name)).size })
      else refused.push({ file: name, what: entry.isSymbolicLink() ? 'it is a link' : 'it is no file' })
    }
  }
  walk('')
  return { form: 'folder', files, refused, read: name => createReadStream(join(path, name)), close: () => {} }
}

async function openZip(path: string): Promise<OpenPackage> {
  const { default: yauzl } = await import('yauzl')
  try {
    // Names are checked here, so that the report names each wrong one.
    const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false })
    const found = await entriesOf(zip, statSync(path).size)
    const read = (name: string) => contentOf(zip, found.entries.get(name))
    const files = [...found.entries].map(([name, { uncompressedSize: bytes }]) => ({ name, bytes }))
    return { form: 'zip', files, refused: found.refused, read, close: () => zip.close() }
  } catch (cause) {
    const reason = cause instanceof Error ? ` (${cause.message})` : ''
    throw new KnownError(EXIT.archive, `${path} is damaged: it cannot be read as a zip file${reason}.`, AGAIN, {
      cause,
    })
  }
}

interface ZipContent {
  entries: Map<string, yauzl.Entry>
  refused: Refused[]
}

/** No package has more files than this. */
const MOST_ENTRIES = 2_000_000

/** The files below the one folder that a zip file of a package has. */
async function entriesOf(zip: yauzl.ZipFile, size: number): Promise<ZipContent> {
  if (zip.entryCount > MOST_ENTRIES) throw new Error(`it names ${zip.entryCount} files`)
  const all: (readonly [string, yauzl.Entry])[] = []
  for await (const entry of zip.eachEntry()) all.push([Buffer.from(entry.fileName).toString('utf8'), entry])
  // A bomb of a few kilobytes has thousands of entries with the same bytes.
  const packed = all.reduce((sum, [, { compressedSize }]) => sum + compressedSize, 0)
  if (packed > size) throw new Error('its files lie over each other, as in a zip bomb')
  const { entries, refused } = sorted(all, topOf(all.map(([name]) => name)))
  for (const [name, entry] of entries) {
    const local = await localNameOf(zip, entry)
    if (local !== null) refused.push({ file: name, what: `it is called ${local} where its bytes are` })
  }
  return { entries, refused }
}

/** The name before the bytes of a file, which some programs unpack it under; null: it is the same as in the directory. */
async function localNameOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<string | null> {
  try {
    const { fileName } = await zip.readLocalFileHeaderPromise(entry)
    return fileName.equals(Buffer.from(entry.fileName)) ? null : fileName.toString('utf8')
  } catch {
    // Reading the file reports the damage.
    return null
  }
}

/** The folder of the package: `gardeners/`. */
const topOf = (names: readonly string[]): string =>
  names.flatMap(name => /^([^/\\]*\/)?bagit\.txt$/.exec(name)?.[1] ?? [])[0] ??
  /^[^/\\]*\//.exec(names[0] ?? '')?.[0] ??
  ''

function sorted(all: readonly (readonly [string, yauzl.Entry])[], top: string): ZipContent {
  const entries = new Map<string, yauzl.Entry>()
  const refused: Refused[] = []
  const folded = new Set<string>()
  const folders: string[] = []
  for (const [full, entry] of all) {
    const name = full.startsWith(top) ? full.slice(top.length) : full
    const what = obstacleOf(entry, full, top) ?? (folded.has(name.toLowerCase()) ? 'another file has this name' : null)
    folded.add(name.toLowerCase())
    if (what !== null) refused.push({ file: name, what })
    else if (!full.endsWith('/')) entries.set(name, entry)
    else if (name !== '') folders.push(name)
  }
  // Packages have no empty folders.
  for (const name of folders)
    if (![...entries.keys()].some(file => file.startsWith(name)))
      refused.push({ file: name, what: 'it is an empty folder, which packages have none of' })
  return { entries, refused }
}

const isOutside = (name: string): boolean =>
  name.includes('\\') ||
  name.startsWith('/') ||
  /^[a-z]:/i.test(name) ||
  name.split('/').includes('..') ||
  name.includes('\0')

/** More than text can be compressed to, where the file is large. */
const [MOST_TIMES, LARGE] = [300, 100_000_000]

/** Why an entry is not read; null: it is. */
function obstacleOf(entry: yauzl.Entry, name: string, top: string): string | null {
  if (isOutside(name)) return 'its name leads out of the package'
  if (!name.startsWith(top)) return `it is not below ${top}`
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return 'it is a link'
  if (entry.isEncrypted()) return 'it is encrypted'
  if (!entry.canDecodeFileData()) return `it is compressed by a method that is not known (${entry.compressionMethod})`
  const times = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (entry.uncompressedSize > LARGE && times > MOST_TIMES)
    return `it would be ${Math.round(times)} times as large as it is stored, as in a zip bomb`
  return null
}

/** The library ends with an error where an entry has more or fewer bytes than the zip file says. */
async function* contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined): AsyncGenerator<Uint8Array> {
  if (!entry) return
  yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
}
