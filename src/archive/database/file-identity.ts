import { statSync } from 'node:fs'
import { ArchiveError } from '../../model/errors.js'

/**
 * A file that was removed, or whose disk was, can still be written to by whoever has it open: all of it would be lost without
 * a word. SQLite does not look after that.
 */
export class FileIdentity {
  private readonly before: string | null

  constructor(private readonly file: string) {
    this.before = identityOf(file)
  }

  /** @throws ArchiveError if another file, or none, has the name by now. */
  check(): void {
    if (this.before === null || identityOf(this.file) === this.before) return
    throw new ArchiveError(
      `${this.file} was moved or removed while it was written to, or its disk was.`,
      'Put it back where it was, and run the command again: it goes on where the file stands.',
    )
  }
}

/** Null where the system has no numbers for files. */
function identityOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return file === ':memory:' ? null : 'none'
  return stat.ino === 0 ? null : `${stat.dev} ${stat.ino}`
}
