import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportedFile, ExportTest } from '../model/reports/forget.js'
import type { Stepwise } from '../model/steps.js'
import { hashOf, insideOf } from './atomic-write.js'
import { isJournal } from './journal.js'
import { MANIFEST, type ManifestExport, readManifest, type WrittenFile } from './manifest.js'

/** Most folders that are looked into below a place, and how far below. */
const MOST_FOLDERS = 5000
const MOST_LEVELS = 4

/** Folders of exports at this place and below, by the lists of exported files in them. Links are not followed. */
export function exportFolders(place: string): string[] {
  const found: string[] = []
  let level = [place]
  let left = MOST_FOLDERS
  for (let depth = 0; depth <= MOST_LEVELS && level.length > 0; depth++) {
    const next: string[] = []
    for (const folder of level.slice(0, left)) {
      const entries = entriesOf(folder)
      if (entries.some(({ name }) => name === MANIFEST || isJournal(name))) found.push(folder)
      next.push(
        ...entries
          .filter(entry => entry.isDirectory() && !isPassedOver(entry.name))
          .map(({ name }) => join(folder, name)),
      )
    }
    left -= level.length
    level = left > 0 ? next : []
  }
  return found.sort()
}

const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** Empty for a folder that can't be read. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** The exported files of these folders that hold something of a member. Reads one file at a time, in pieces. */
export function* filesHolding(folders: readonly string[], test: ExportTest): Stepwise<ExportedFile[]> {
  const found: ExportedFile[] = []
  const all = folders.flatMap(folder => listed(folder, found))
  for (const [at, { folder, name, written, own }] of all.entries()) {
    yield { what: 'Searching exported files', done: at, total: all.length }
    const path = insideOf(folder, name)
    const hash = hashOf(path)
    const because = hash === null ? null : reasonFor({ path, name, hash, ...written }, test)
    if (because)
      found.push({
        folder,
        file: name,
        format: own.format,
        selection: own.selection,
        because,
        changed: hash !== written.sha256,
      })
  }
  return found
}

interface Listed {
  folder: string
  name: string
  written: WrittenFile
  own: ManifestExport
}

/** The files of the list; a list that can't be read is itself one of the findings. */
function listed(folder: string, found: ExportedFile[]): Listed[] {
  try {
    return readManifest(folder).flatMap(own =>
      Object.entries(own.files).map(([name, written]) => ({ folder, name, written, own })),
    )
  } catch {
    found.push({ folder, file: MANIFEST, format: '', selection: '', because: 'unread', changed: false })
    return []
  }
}

const TEXTS = /\.(?:md|html?|jsonl?|[ct]sv|txt|xml|atom|js|graphml|gexf|svg)$/i
const PICTURES = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico|mp[34]|webm|ogg|wav|css)$/i

function reasonFor(
  { path, name, hash, thread }: { path: string; name: string; hash: string; thread?: string | undefined },
  test: ExportTest,
): ExportedFile['because'] | null {
  if (test.pictures.has(hash)) return 'picture'
  // The name of a file has the title or the author of its thread.
  if (test.holds(name)) return 'words'
  if (TEXTS.test(path)) return holds(path, test) ? 'words' : null
  if (thread !== undefined) return test.threads.has(thread) ? 'thread' : null
  return PICTURES.test(path) ? null : 'unread'
}

const PIECE = 1 << 20
/** Characters of the piece before: a name or a phrase may lie across. */
const OVERLAP = 4096

function holds(path: string, { holds: isIn }: ExportTest): boolean {
  const file = openSync(path, 'r')
  try {
    const decoder = new TextDecoder()
    const bytes = new Uint8Array(PIECE)
    let before = ''
    for (let length = readSync(file, bytes); length > 0; length = readSync(file, bytes)) {
      const text = before + decoder.decode(bytes.subarray(0, length), { stream: true })
      if (isIn(text)) return true
      before = text.slice(-OVERLAP)
    }
    return false
  } finally {
    closeSync(file)
  }
}
