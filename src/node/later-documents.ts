import { basename, dirname } from 'node:path'
import { type FileToWrite, writeAtomically } from './atomic-write.js'
import { type Replaced, writeFolder } from './export-folder.js'
import { readManifest } from './manifest.js'

/**
 * Writes the document that was named, and those behind it, if one would have been too large. Nobody has named these, so that they are listed
 * in their folder as files of an export are: the next export of the same document replaces them, and removes those that it has no more.
 */
export async function writeDocuments(
  path: string,
  documents: Iterable<FileToWrite>,
  format: string,
  pause: () => Promise<void>,
): Promise<Replaced> {
  const all = documents[Symbol.iterator]()
  const first = all.next()
  if (!first.done) await writeAtomically(path, first.value.body, pause)
  const later = [...{ [Symbol.iterator]: () => all }].map(file => ({ ...file, name: basename(file.name) }))
  const target = { folder: dirname(path), format, selection: `parts of ${basename(path)}` }
  if (later.length === 0 && !isListed(target)) return { removed: [], kept: [], overwritten: [] }
  return writeFolder({ ...target, files: () => later }, pause)
}

const isListed = ({ folder, format, selection }: Record<'folder' | 'format' | 'selection', string>): boolean =>
  readManifest(folder).some(one => one.format === format && one.selection === selection)
