import { KnownError } from '../../model/errors.js'
import { connect } from '../database/connection.js'
import { asArchiveError, damaged } from '../database/sqlite-errors.js'
import { Verifier } from './verify.js'

/**
 * What to throw for an error that work with an archive ended with. Errors of SQLite are put in words. Any other error of a program is a
 * bug, unless the file is damaged so that any code can fail.
 */
export function failureOf(error: unknown, file: string): unknown {
  if (error instanceof KnownError) return error
  const known = asArchiveError(error, file)
  return known === error && !isOfSystem(error) && isDamaged(file) ? damaged(file, error) : known
}

/** Such as of a full disk or a closed connection: no row of an archive causes it. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error

/** False if the checks themselves fail: that proves nothing. */
function isDamaged(file: string): boolean {
  try {
    const db = connect(file, 'read')
    try {
      return new Verifier(db, file, null).canBreakCode({ host: '', isAlive: () => true })
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}
