import { KnownError } from '../../model/errors.js'
import { connect } from '../database/connection.js'
import { asArchiveError, damaged } from '../database/sqlite-errors.js'
import { Verifier } from './verify.js'

/**
 * What to throw for an error that work with an archive ended with. Errors of SQLite are put in words. Any other unexpected error is a
 * bug, unless the file is damaged: rows that are missing or of a wrong kind can make any code fail.
 */
export function failureOf(error: unknown, file: string): unknown {
  if (error instanceof KnownError) return error
  const known = asArchiveError(error, file)
  return known === error && isDamaged(file) ? damaged(file, error) : known
}

/** Whether one of the quick checks finds something wrong. False if the checks themselves fail: that proves nothing. */
function isDamaged(file: string): boolean {
  try {
    return findsDamage(file)
  } catch {
    return false
  }
}

function findsDamage(file: string): boolean {
  const db = connect(file, 'read')
  try {
    const options = { quick: true, env: { host: '', isAlive: () => true } }
    for (const { state } of new Verifier(db, file, null).results(options)) if (state === 'wrong') return true
    return false
  } finally {
    db.close()
  }
}
