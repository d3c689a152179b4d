import { ReadableArchive } from './archive-reader.js'
import { connect } from './database/connection.js'

export type { ReadableArchive } from './archive-reader.js'

/**
 * Opens an archive of which a command only reads: nothing that writes is loaded, which shortens the start.
 * @throws ArchiveError (exit 6) if the file cannot be opened.
 */
export function openToRead(file: string): ReadableArchive {
  const db = connect(file, 'read')
  try {
    return new ReadableArchive(db, file)
  } catch (error) {
    db.close()
    throw error
  }
}
