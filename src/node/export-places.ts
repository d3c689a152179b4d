import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isJournal } from './journal.js'
import { MANIFEST } from './manifest.js'

/** Where exported files are. */
interface ExportPlaces {
  /** Folders with a list of exported files. */
  folders: string[]
  /** Folders of packages, and zip files that may be packages. */
  packages: PackagePlace[]
}

export interface PackagePlace {
  path: string
  form: 'folder' | 'zip'
}

/** Most folders that are looked into below a place, and how far below. */
const MOST_FOLDERS = 5000
const MOST_LEVELS = 4

/** What is at these places and below, each once. Links are not followed. */
export function exportPlaces(places: readonly string[]): ExportPlaces {
  const folders = new Set<string>()
  const packages = new Map<string, PackagePlace>()
  for (const place of places) {
    if (isZip(place) && statSync(place, { throwIfNoEntry: false })?.isFile())
      packages.set(place, { path: place, form: 'zip' })
    for (const { folder, entries } of foldersBelow(place)) {
      if (entries.some(({ name }) => name === MANIFEST || isJournal(name))) folders.add(folder)
      if (isBag(entries)) packages.set(folder, { path: folder, form: 'folder' })
      for (const { path } of zipsIn(folder, entries)) packages.set(path, { path, form: 'zip' })
    }
  }
  return { folders: [...folders].sort(), packages: [...packages.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) }
}

const isZip = (name: string): boolean => /\.zip$/i.test(name)

const isBag = (entries: readonly Dirent[]): boolean =>
  entries.some(entry => entry.isFile() && (entry.name === 'bagit.txt' || entry.name === 'manifest-sha256.txt'))

const zipsIn = (folder: string, entries: readonly Dirent[]): { path: string }[] =>
  entries
    .filter(entry => entry.isFile() && isZip(entry.name) && !isPassedOver(entry.name))
    .map(({ name }) => ({ path: join(folder, name) }))

interface Folder {
  folder: string
  entries: readonly Dirent[]
}

/** Level by level; what is below a package belongs to it. */
function* foldersBelow(place: string): Generator<Folder> {
  let level = [place]
  let left = MOST_FOLDERS
  for (let depth = 0; depth <= MOST_LEVELS && level.length > 0; depth++) {
    const next: string[] = []
    for (const folder of level.slice(0, left)) {
      const entries = entriesOf(folder)
      yield { folder, entries }
      const below = entries.filter(entry => entry.isDirectory() && !isPassedOver(entry.name))
      if (!isBag(entries)) next.push(...below.map(({ name }) => join(folder, name)))
    }
    left -= level.length
    level = left > 0 ? next : []
  }
}

const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** Empty for a folder that can't be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
