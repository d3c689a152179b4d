import { type FileHandle, mkdir, open, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode, errorMessage } from '../../../model/thrown.js'
import type { Unread } from '../door.js'
import type { FileBytes } from '../warc/bytes.js'
import type { Pack } from './pack.js'
import type { PackedFile } from './packed-file.js'

/** Most files, and most bytes of them, that are taken out of one archive. */
const BOUNDS = { files: 200_000, bytes: 16 * 1024 ** 3 }

/** Saved pages are compressed to a hundredth at most. */
const BOMB = { bytes: 64 * 1024 * 1024, ratio: 400 }

/** Folders within an archive, and characters of a name, that are kept. */
const DEEPEST = 40
const LONGEST = 200

/**
 * Writes the files of an archive into a private folder, with the times that the archive gives. Yields what cannot be read. Links and devices are not
 * made, and no name leads out of the folder.
 * @throws errors of the file system.
 */
export async function* unpack(
  pack: Pack,
  { name, bytes }: { name: string; bytes: FileBytes },
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Unread> {
  const room = { files: 0, bytes: 0 }
  const files = pack.files(bytes)[Symbol.asyncIterator]()
  for (;;) {
    const found = await nextOf(files)
    if (found === null || signal.aborted) return
    if ('why' in found)
      return yield { name, why: `${name} is damaged (${found.why}). What is before the damage is read.` }
    if (++room.files > BOUNDS.files || room.bytes > BOUNDS.bytes)
      return yield {
        name,
        why: `${name} holds more than import takes out of an archive. Unpack it, and import its folder.`,
      }
    const failure = await written(found, folder, room, signal)
    if (failure !== null) yield { name, why: `${name}, ${found.name}: ${failure}.` }
  }
}

/** The next file, or why there is none; null: the end. */
async function nextOf(files: AsyncIterator<PackedFile>): Promise<PackedFile | { why: string } | null> {
  try {
    const { value, done } = await files.next()
    return done ? null : value
  } catch (error) {
    return { why: errorMessage(error) }
  }
}

/** Why the file is not read, or not whole, as a clause. */
async function written(
  file: PackedFile,
  folder: string,
  room: { files: number; bytes: number },
  signal: AbortSignal,
): Promise<string | null> {
  const obstacle = file.obstacle ?? (isBomb(file.size ?? 0, file.packed) ? IS_BOMB : null)
  if (obstacle !== null) return `this file was left out, because ${obstacle}`
  const { path, handle } = await newFile(folder, safeName(file.name), room.files)
  let size = 0
  let isReading = true
  try {
    for await (const piece of file.content()) {
      isReading = false
      if (signal.aborted) return null
      size += piece.length
      room.bytes += piece.length
      if (isBomb(size, file.packed) || room.bytes > BOUNDS.bytes) return `this file was left out, because ${IS_BOMB}`
      await handle.writeFile(piece)
      isReading = true
    }
    return null
  } catch (error) {
    if (!isReading) throw error
    return `this file is damaged (${errorMessage(error)}). What is before the damage is read`
  } finally {
    await handle.close()
    if (file.modifiedAt && !Number.isNaN(file.modifiedAt.getTime()))
      await utimes(path, file.modifiedAt, file.modifiedAt)
  }
}

/** A name that is taken, too long, or that of a folder, gets a folder of its own. */
async function newFile(
  folder: string,
  name: readonly string[],
  number: number,
): Promise<{ path: string; handle: FileHandle }> {
  try {
    return await opened(join(folder, ...name))
  } catch (error) {
    if (!NAME_FAULTS.includes(errorCode(error))) throw error
    return opened(join(folder, `~${number}`, (name.at(-1) ?? '').replace(/[^\w.-]/g, '_').slice(-50)))
  }
}

const NAME_FAULTS = ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ENOENT', 'EINVAL', 'EILSEQ']

async function opened(path: string): Promise<{ path: string; handle: FileHandle }> {
  await mkdir(dirname(path), { recursive: true })
  return { path, handle: await open(path, 'wx', 0o600) }
}

const IS_BOMB = 'it expands to far more than pages do'

const isBomb = (size: number, packed: number | null): boolean =>
  packed !== null && size > BOMB.bytes && size > BOMB.ratio * packed

/** The parts of a name, none of which leads elsewhere. Mirrors need their folders, which are parts of addresses. */
export function safeName(name: string): string[] {
  const parts = name
    .split(/[\\/]+/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are taken out
    .map(part => part.replace(/[\0-\x1f]/g, '_').slice(0, LONGEST))
    .filter(part => !/^\.*$/.test(part))
  return parts.length === 0 ? ['file'] : parts.slice(-DEEPEST)
}
