import { existsSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { UsageError } from '../model/errors.js'
import { writeAtomically } from './atomic-write.js'

/** Writes the files of a folder one after the other, each complete or absent. `pause` is awaited between pieces. */
export async function writeFiles(
  folder: string,
  files: Iterable<{ name: string; body: Iterable<string | Uint8Array> }>,
  pause: () => Promise<void>,
): Promise<void> {
  for (const { name, body } of files) await writeAtomically(insideOf(folder, name), body, pause)
}

export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

/** The path of a file in the output folder. Names are made from what strangers wrote: this is the last gate. */
function insideOf(folder: string, name: string): string {
  const path = resolve(folder, name)
  const way = relative(folder, path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way) {
    throw new UsageError(`The file name ${name} leaves the output folder ${folder}.`, 'Use another template with -o.')
  }
  return path
}
