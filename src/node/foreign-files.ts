import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../model/errors.js'
import { hashOf, insideOf, isFile } from './atomic-write.js'
import { isJournal } from './journal.js'
import { MANIFEST, readManifest } from './manifest.js'
import { refuseUnwritable } from './unwritable.js'

/**
 * Looks, without writing, whether something that no export has written has the name of a file that is to be written, or of a folder of it.
 * `names`: those of the files, which are only made where the folder holds something of others. `overwrite`: files may be replaced.
 * @throws UsageError that names the first such file; KnownError (2) for a damaged manifest, and for a folder in place of a file or the reverse.
 */
export function refuseForeign(folder: string, names: () => Iterable<string>, overwrite = false): void {
  const ours = new Set(readManifest(folder).flatMap(({ files }) => Object.keys(files)))
  if (!holdsOthers(folder, '', ours, foldersOf(ours))) return
  for (const name of names()) {
    if (name.endsWith('/')) continue
    const path = insideOf(folder, name)
    refuseUnwritable({ kind: 'file', path })
    if (overwrite || ours.has(name) || !isFile(path)) continue
    throw new UsageError(
      `${join(folder, name)} is there already, and no export of threadkeep has written it. Nothing was written.`,
      'Name another folder with -o, take the file away, or let it be replaced: --overwrite',
    )
  }
}

/**
 * Looks whether a file would be replaced that nobody has named, and that no export has left as it is: one of the documents behind the
 * first. `second`: the path of the second document; where it does not exist, no later one does. `paths`: the paths of all documents, asked for
 * only where the second exists.
 * `overwrite`: files may be replaced.
 * @throws UsageError that names the first such file; KnownError (2) for a folder, or a link that leads to nothing, in place of a file.
 */
export function refusePresent(second: string, paths: () => Iterable<string>, overwrite = false): void {
  if (!lstatSync(second, { throwIfNoEntry: false })) return
  const written = readManifest(dirname(second)).flatMap(({ files }) => Object.entries(files))
  const isOurs = (path: string) => {
    const hash = hashOf(path)
    return written.some(([name, { sha256 }]) => name === basename(path) && sha256 === hash)
  }
  for (const path of paths()) {
    refuseUnwritable({ kind: 'file', path })
    if (!overwrite && isFile(path) && !isOurs(path))
      throw new UsageError(
        `The export fills several documents, and ${path} is there already. Nothing was written.`,
        'Name another file with -o, take the file away, or let it be replaced: --overwrite',
      )
  }
}

/** Ends at the first such file or folder. `below`: a folder within, with a slash at its end. */
function holdsOthers(folder: string, below: string, files: ReadonlySet<string>, folders: ReadonlySet<string>): boolean {
  for (const entry of entriesOf(join(folder, below))) {
    const name = below + entry.name
    const isOurs = entry.isDirectory()
      ? folders.has(`${name}/`) && !holdsOthers(folder, `${name}/`, files, folders)
      : files.has(name) || isOurOwn(entry.name)
    if (!isOurs) return true
  }
  return false
}

/** The folders that these files are in, each with a slash at its end. */
function foldersOf(names: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const name of names)
    for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1))
      folders.add(name.slice(0, end + 1))
  return folders
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
