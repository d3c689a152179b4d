import { createHash } from 'node:crypto'
import { closeSync, existsSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { UsageError } from '../model/errors.js'

/** SHA-256 of a file in hexadecimal; null: there is no such file, or it cannot be read. */
export function hashOf(path: string): string | null {
  const hash = createHash('sha256')
  const part = Buffer.alloc(PART)
  try {
    // A pipe would be waited for.
    if (!statSync(path).isFile()) return null
    const file = openSync(path, 'r')
    try {
      for (let size = readSync(file, part); size > 0; size = readSync(file, part)) hash.update(part.subarray(0, size))
      return hash.digest('hex')
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

const PART = 65_536

export const isFile = (path: string): boolean => existsSync(path) && !isFolder(path)

export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

/** Whether a path below the folder leads nowhere else by a link. What does not exist yet is no link. */
export function isReallyIn(folder: string, path: string): boolean {
  if (!existsSync(folder)) return true
  let present = path
  while (present !== folder && !lstatSync(present, { throwIfNoEntry: false })) present = dirname(present)
  try {
    const way = relative(realpathSync(folder), realpathSync(present))
    return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
  } catch {
    // A link that leads to nothing.
    return false
  }
}

/** The path of a file in the output folder. Names are made from what strangers wrote: this is the last gate. */
export function insideOf(folder: string, name: string): string {
  const path = resolve(folder, name)
  const way = relative(folder, path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way) {
    throw new UsageError(`The file name ${name} leaves the output folder ${folder}.`, 'Use another template with -o.')
  }
  return path
}
