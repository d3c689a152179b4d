import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../model/errors.js'
import { insideOf, isFile } from './atomic-write.js'
import { isJournal } from './journal.js'
import { MANIFEST, readManifest } from './manifest.js'

/**
 * Looks, without writing, whether a file that no export has written has the name of one that is to be written. `names`: those of the
 * files, which are only made where the folder holds something of others.
 * @throws UsageError that names the first such file; KnownError (2) for a damaged manifest.
 */
export function refuseForeign(folder: string, names: () => Iterable<string>): void {
  const ours = new Set(readManifest(folder).flatMap(({ files }) => Object.keys(files)))
  if (!holdsOthers(folder, '', ours)) return
  for (const name of names()) {
    if (ours.has(name) || name.endsWith('/') || !isFile(insideOf(folder, name))) continue
    throw new UsageError(
      `${join(folder, name)} is there already, and no export of threadkeep has written it. Nothing was written.`,
      'Name another folder with -o, take the file away, or let it be replaced: --overwrite',
    )
  }
}

/**
 * Looks whether a file would be replaced that nobody has named: one of the documents behind the first. `second`: the one without which
 * there are no others. `paths`: those of all, which are only made where that one is there.
 * @throws UsageError that names the first such file.
 */
export function refusePresent(second: string, paths: () => Iterable<string>): void {
  if (!isFile(second)) return
  for (const path of paths())
    if (isFile(path))
      throw new UsageError(
        `The export fills several documents, and ${path} is there already. Nothing was written.`,
        'Name another file with -o, take the file away, or let it be replaced: --overwrite',
      )
}

/** Ends at the first such file. `below`: a folder within, with a slash at its end. */
function holdsOthers(folder: string, below: string, ours: ReadonlySet<string>): boolean {
  for (const entry of entriesOf(join(folder, below))) {
    const name = below + entry.name
    if (entry.isDirectory() ? holdsOthers(folder, `${name}/`, ours) : !ours.has(name) && !isOurOwn(entry.name))
      return true
  }
  return false
}

const isOurOwn = (name: string): boolean => name === MANIFEST || isJournal(name)

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // It is not there yet, or can't be read, which the writing reports.
    return []
  }
}
