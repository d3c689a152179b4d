import { statSync } from 'node:fs'
import { ArchiveError } from '../../model/errors.js'

/**
 * Detects that the open file was removed, replaced or unmounted. A process can keep writing to such a file without any error, and all
 * of it would be lost; SQLite does not check this.
 */
export class FileIdentity {
  private readonly before: string | null

  constructor(private readonly file: string) {
    this.before = identityOf(file)
  }

  /** @throws ArchiveError if the path now leads to another file, or to none. */
  check(): void {
    if (this.before === null || identityOf(this.file) === this.before) return
    throw new ArchiveError(
      `${this.file} was moved or removed while it was written to, or its disk was removed.`,
      'Put the file back, and run the command again: it continues from the state of the file.',
    )
  }
}

/** Device and inode; null if the system has no inodes, or for a database in memory. */
function identityOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return file === ':memory:' ? null : 'none'
  return stat.ino === 0 ? null : `${stat.dev} ${stat.ino}`
}
