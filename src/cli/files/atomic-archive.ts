import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ArchiveError, UsageError } from '../../model/errors.js'

/** An archive that is complete or absent: `work` makes it under another name in the same folder, then it is renamed. */
export async function withNewArchive<Result>(
  file: string,
  force: boolean,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  refuseOld(file, force)
  const temporary = join(dirname(file), `.${basename(file).slice(-200)}.part`)
  try {
    mkdirSync(dirname(file), { recursive: true })
    removeAll(temporary)
    const result = await work(temporary)
    // A log that an earlier archive of this name has left must not be taken for this one's.
    for (const end of ASIDE) rmSync(file + end, { force: true })
    renameSync(temporary, file)
    return result
  } catch (error) {
    throw isOfFiles(error)
      ? new ArchiveError(`${file} can't be written.`, 'Name another place with -o.', { cause: error })
      : error
  } finally {
    removeAll(temporary)
  }
}

function refuseOld(file: string, force: boolean): void {
  if (!existsSync(file)) return
  if (statSync(file).isDirectory()) throw new UsageError(`${file} is a folder.`, 'Name a file with -o.')
  if (!force)
    throw new UsageError(
      `${file} is there already.`,
      'Name another file, add --force to replace it, or merge --into it.',
    )
}

const ASIDE = ['-journal', '-wal', '-shm']

function removeAll(file: string): void {
  for (const end of ['', ...ASIDE]) rmSync(file + end, { force: true })
}

const isOfFiles = (error: unknown): boolean => error instanceof Error && 'syscall' in error
