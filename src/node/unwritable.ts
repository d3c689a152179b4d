import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isOfFiles, unwritable } from './file-failures.js'
import { readManifest } from './manifest.js'
import { refuseDangling, refuseDatabase } from './special-file.js'

/** Where an export goes: to no place of its own, to a file, or into a folder. */
type Place = { kind: 'stdout' } | { kind: 'file'; path: string } | { kind: 'folder'; folder: string }

/**
 * Looks, without writing, whether an export can be written there.
 * @throws KnownError (2) if a file is in the way of a folder or a folder in that of a file, if the user may not write there, for a
 * database in place of the file, and for a damaged list of exported files.
 */
export function refuseUnwritable(place: Place): void {
  if (place.kind === 'stdout') return
  const path = place.kind === 'file' ? place.path : place.folder
  try {
    if (place.kind === 'file') refuseFile(path)
    else refuseFolder(path)
  } catch (error) {
    throw isOfFiles(error) ? unwritable(path, error) : error
  }
  if (place.kind === 'folder') readManifest(path)
}

function refuseFile(path: string): void {
  refuseDangling(path)
  const present = statSync(path, { throwIfNoEntry: false })
  if (present?.isDirectory()) throw failed('EISDIR')
  refuseDatabase(path)
  // Another file is replaced by renaming, which only its folder has to allow; a device or a pipe is written to.
  if (!present || present.isFile()) refuseFolder(dirname(present ? realpathSync(path) : path))
  else accessSync(path, constants.W_OK)
}

/** Of a folder that is to be made, the one above it that is there decides. */
function refuseFolder(path: string): void {
  let folder = path
  while (!statSync(folder, { throwIfNoEntry: false })) {
    refuseDangling(folder)
    folder = dirname(folder)
  }
  if (!statSync(folder).isDirectory()) throw failed('ENOTDIR')
  accessSync(folder, constants.W_OK | constants.X_OK)
}

const failed = (code: string) => Object.assign(new Error(code), { code, syscall: 'stat' })
