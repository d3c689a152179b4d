import { existsSync, statSync } from 'node:fs'
import { ArchiveError, BusyError } from '../../model/errors.js'
import { errorCode } from '../../model/thrown.js'
import { isUnbuilt, unbuilt } from '../native/sqlite.js'

const LOCAL_DISK =
  'Put the archive on a local disk, such as that of your home folder, and copy it to the share afterwards.'

/** The same words for several of SQLite's input and output errors. */
const inWords = (names: string, words: [string, string]): Record<string, [string, string]> =>
  Object.fromEntries(names.split(' ').map(name => [`SQLITE_IOERR_${name}`, words]))

const SENTENCES: Record<string, [string, string]> = {
  SQLITE_NOTADB: ['is not a threadkeep archive (not an SQLite file)', 'Name another file with --db FILE.'],
  SQLITE_CORRUPT: [
    'is damaged',
    'See what is damaged, and what can be done about it: threadkeep verify. A backup may be the best cure.',
  ],
  SQLITE_FULL: [
    'could not be written: the disk is full',
    'Free some space and run the command again: it continues where it stopped.',
  ],
  SQLITE_READONLY: ['cannot be written', 'Check the permissions of the file and of its folder.'],
  SQLITE_CANTOPEN: ['cannot be opened', 'Check that the folder exists, and that you may read and write in it.'],
  SQLITE_PERM: ['cannot be locked: its file system does not allow it', LOCAL_DISK],
  SQLITE_IOERR_SHM: ['cannot be shared between programs: its file system has no shared memory', LOCAL_DISK],
  ...inWords('RDLOCK LOCK UNLOCK CHECKRESERVEDLOCK', ['cannot be locked: its file system has no locks', LOCAL_DISK]),
  SQLITE_IOERR: ['could not be read or written (disk error)', 'Check the disk, and run the command again.'],
}

/** Errors of the operating system, such as of a copy of the file. A file may be limited in size (`ulimit -f`), as a disk is. */
const OF_SYSTEM: Record<string, string> = {
  ...{ ENOSPC: 'SQLITE_FULL', EDQUOT: 'SQLITE_FULL', EFBIG: 'SQLITE_FULL' },
  ...{ EACCES: 'SQLITE_READONLY', EPERM: 'SQLITE_READONLY', EROFS: 'SQLITE_READONLY', EIO: 'SQLITE_IOERR' },
}

/** SQLite's codes for a lock that another program holds on the file. */
const LOCKED = /^SQLITE_(BUSY|LOCKED|PROTOCOL)/

/** Turns known SQLite errors into an `ArchiveError`, or a `BusyError` for a lock. Returns other errors unchanged: they are bugs. */
export function asArchiveError(error: unknown, file: string): unknown {
  if (isUnbuilt(error)) return unbuilt(error)
  const code = codeOf(error, file)
  if (code === '' && !(error instanceof TypeError)) return error
  if (existsSync(file) && statSync(file).isDirectory()) return isFolder(file, error)
  if (code === 'SQLITE_ERROR' && isTooGreat(error)) return damaged(file, error)
  if (LOCKED.test(code)) return new BusyError(...lockedWords(file), { cause: error })
  if (code === 'SQLITE_CANTOPEN' && existsSync(`${file}-wal`)) return unfinished(file, error)
  const name = Object.keys(SENTENCES).find(prefix => code.startsWith(prefix))
  if (name) return new ArchiveError(`${file} ${SENTENCES[name]?.[0]}.`, SENTENCES[name]?.[1] ?? null, { cause: error })
  return error instanceof TypeError && /directory does not exist/.test(error.message) ? noFolder(file, error) : error
}

/** A sum of numbers that no site has counted. */
const isTooGreat = (error: unknown): boolean => error instanceof Error && error.message === 'integer overflow'

/** SQLite's code. An error of the operating system counts if it concerns the archive or a copy beside it, and not an exported file. */
function codeOf(error: unknown, file: string): string {
  const code = errorCode(error)
  const isOfFile = error instanceof Error && 'dest' in error && String(error.dest).startsWith(file)
  return (isOfFile ? OF_SYSTEM[code] : undefined) ?? code
}

const lockedWords = (file: string): [string, string] => [
  `Another program has locked ${file}.`,
  'Close that program (a database browser, a backup), or wait for it with --wait-lock. If no program uses the file, its file system may have no locks: put it on a local disk.',
]

/** The error for a file that is proven to be damaged, whatever failed first. */
export const damaged = (file: string, cause: unknown): ArchiveError =>
  new ArchiveError(`${file} ${SENTENCES['SQLITE_CORRUPT']?.[0]}.`, SENTENCES['SQLITE_CORRUPT']?.[1] ?? null, { cause })

/** What a killed run has left in the write-ahead log must be put into the file, which a read-only folder does not allow. */
const unfinished = (file: string, cause: unknown) =>
  new ArchiveError(
    `${file} cannot be opened: a part of it is in ${file}-wal, and nothing can be written in its folder.`,
    'Copy both files to a folder in which you may write, and name the copy with --db FILE.',
    { cause },
  )

const isFolder = (file: string, cause: unknown) =>
  new ArchiveError(`${file} is a folder.`, 'Name a file with --db FILE.', { cause })

const noFolder = (file: string, cause: Error) =>
  new ArchiveError(`The folder of ${file} does not exist.`, 'Create the folder, or name another file with --db FILE.', {
    cause,
  })
