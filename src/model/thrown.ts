/** Anything can be thrown: these read it without trusting that it is an `Error`. */

/** The code of an error of the system, of SQLite or of a library (`ENOENT`, `SQLITE_BUSY`); empty: it has none. */
export const errorCode = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code ?? '') : ''

export const errorMessage = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
