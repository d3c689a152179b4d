import { Sqlite } from '../native/sqlite.js'

/**
 * The key after which the next batch of rows begins: that of the last row of this one, or `after` if there is none. In a damaged table
 * keys are out of order, so that the same batch would be read for ever.
 * @throws SqliteError (SQLITE_CORRUPT) if the key is not greater than the one before.
 */
export function nextKey(after: number, last: number | undefined): number {
  if (last === undefined) return after
  if (last > after) return last
  throw new Sqlite.SqliteError(`rows are out of order: ${last} after ${after}`, 'SQLITE_CORRUPT')
}
