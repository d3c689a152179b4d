import { EXIT, KnownError } from '../model/errors.js'

/** Errors of the file system as failures to report. */

const ROOM = 'Make room on the disk, then run the same command again.'

/** An error of the file system, or of the network. */
export const isOfFiles = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

/** What was to be written there could not be. */
export function unwritable(path: string, cause: NodeJS.ErrnoException): KnownError {
  const advice = isFull(cause) ? ROOM : 'Name another file with -o.'
  return new KnownError(isFull(cause) ? EXIT.archive : EXIT.usage, `${path} can't be written.`, advice, { cause })
}

/** EFBIG: the user may not write larger files (`ulimit -f`). */
const isFull = ({ code = '' }: NodeJS.ErrnoException): boolean => ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code)

/** An error of the file system as a failure to report, wherever it came from; null: it is another error. */
export function fileFailure(error: unknown): KnownError | null {
  // Errors of the network have no path, either.
  if (!isOfFiles(error) || !(error.path || isFull(error))) return null
  const [code, advice] = isFull(error)
    ? ([EXIT.archive, ROOM] as const)
    : ([EXIT.usage, 'Check the path and its permissions, or name another one.'] as const)
  const path = 'dest' in error ? String(error.dest) : (error.path ?? 'A file')
  return new KnownError(code, `${path} can't be read or written.`, advice, { cause: error })
}
