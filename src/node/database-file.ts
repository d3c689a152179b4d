import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { UsageError } from '../model/errors.js'

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
