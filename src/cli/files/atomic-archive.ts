import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ArchiveError, UsageError } from '../../model/errors.js'
import { makeFolder } from '../../node/atomic-write.js'
import { isOfFiles } from '../../node/file-failures.js'
import { refuseDangling } from '../../node/special-file.js'

/**
 * Makes an archive that is complete or absent: `work` writes it under another name in the same folder, then it is renamed.
 * @throws UsageError if the file exists and `force` is false; ArchiveError if it can't be written.
 */
export async function withNewArchive<Result>(
  file: string,
  force: boolean,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  refuseExisting(file, force)
  const temporary = join(dirname(file), `.${basename(file).slice(-200)}.part`)
  try {
    makeFolder(dirname(file))
    removeAll(temporary)
    const result = await work(temporary)
    // The journal of an earlier archive of this name must not be applied to the new one.
    for (const end of JOURNALS) rmSync(file + end, { force: true })
    renameSync(temporary, file)
    return result
  } catch (error) {
    throw isOfFiles(error)
      ? new ArchiveError(`${file} can't be written.`, 'Name another file with -o.', { cause: error })
      : error
  } finally {
    removeAll(temporary)
  }
}

function refuseExisting(file: string, force: boolean): void {
  refuseDangling(file)
  if (!existsSync(file)) return
  if (statSync(file).isDirectory()) throw new UsageError(`${file} is a folder.`, 'Name a file with -o.')
  if (!force)
    throw new UsageError(
      `${file} already exists.`,
      'Name another file, use --force to replace it, or --into to merge into it.',
    )
}

const JOURNALS = ['-journal', '-wal', '-shm']

function removeAll(file: string): void {
  for (const end of ['', ...JOURNALS]) rmSync(file + end, { force: true })
}
