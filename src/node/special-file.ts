import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs'
import { Socket } from 'node:net'
import { UsageError } from '../model/errors.js'
import { errorCode } from '../model/thrown.js'
import type { Pieces } from './chunks.js'
import { writeTo } from './write-stream.js'

/** Devices, pipes and sockets are written to directly, because renaming would destroy them. */
export const isSpecial = (stat: Stats): boolean =>
  stat.isCharacterDevice() || stat.isBlockDevice() || stat.isFIFO() || stat.isSocket()

/** True for the path of one, also by a link. Nothing beside it belongs to it, so that it takes one document. */
export const isSpecialFile = (path: string): boolean => existsSync(path) && isSpecial(statSync(path))

/** @throws UsageError for a link that leads to nothing: what it was made for, such as another disk, is not there. */
export function refuseDangling(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() || statSync(path, { throwIfNoEntry: false })) return
  throw new UsageError(
    `${path} is a link to ${readlinkSync(path)}, which does not exist.`,
    'Make what it leads to, or name another place.',
  )
}

/** How often a writer that waits for its reader looks whether it is to end, in milliseconds. */
const LOOK = 200

/**
 * Writes to a named pipe, no quicker than it is read. An open pipe is waited for without blocking, so that signals arrive.
 * @throws UsageError if nobody reads it; errors of the file system, and those of `pause`.
 */
export async function writeToPipe(path: string, pieces: Pieces, pause: () => Promise<void>): Promise<void> {
  const pipe = new Socket({ fd: opened(path), readable: false, writable: true })
  const end = new AbortController()
  const looking = setInterval(() => void pause().catch(reason => end.abort(reason)), LOOK)
  try {
    await writeTo(pipe, pieces, pause, end.signal)
    await new Promise<void>(resolve => pipe.end(resolve))
  } finally {
    clearInterval(looking)
    pipe.on('error', () => {}).destroy()
  }
}

function opened(path: string): number {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (errorCode(error) !== 'ENXIO') throw error
    throw new UsageError(
      `${path} is a named pipe, and nobody reads it.`,
      'Start its reader first; then run the same command again.',
    )
  }
}

/** The first bytes of each SQLite database (sqlite.org/fileformat2.html, 1.3). */
const DATABASE_HEAD = 'SQLite format 3\0'

/**
 * An export onto the archive itself, or onto its log of changes, would destroy it. No document of ours replaces a database, or has the name
 * of a log that is not there: SQLite would delete the document with the next change.
 */
export function refuseDatabase(path: string): void {
  const main = path.replace(/-(?:wal|shm|journal)$/, '')
  if (!isDatabase(main)) return
  const what =
    main === path
      ? 'an SQLite database, perhaps the archive itself'
      : `the name of a part of the SQLite database ${main}`
  throw new UsageError(`${path} is ${what}. Nothing was written to it.`, 'Name another file.')
}

function isDatabase(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(DATABASE_HEAD.length)
    readSync(file, head, 0, head.length, 0)
    return head.toString('latin1') === DATABASE_HEAD
  } finally {
    closeSync(file)
  }
}
