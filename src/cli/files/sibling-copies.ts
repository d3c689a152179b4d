import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Older states of an archive that lie beside it: the copies made before it was brought up to date, what a killed merge has left, and others' backups. */
export function copiesBeside(file: string): string[] {
  const folder = dirname(file)
  if (!existsSync(folder)) return []
  const own = [basename(file), `${basename(file)}-wal`, `${basename(file)}-shm`, `${basename(file)}-journal`]
  return readdirSync(folder)
    .filter(name => (name.startsWith(basename(file)) || name.startsWith(`.${basename(file)}.`)) && !own.includes(name))
    .sort()
    .map(name => join(folder, name))
}
