import { closeSync, openSync, readSync } from 'node:fs'
import type { ExportedFile, ExportTest } from '../model/reports/forget.js'
import type { Stepwise } from '../model/steps.js'
import { hashOf, insideOf } from './atomic-write.js'
import { MANIFEST, type ManifestExport, readManifest, type WrittenFile } from './manifest.js'
import { PICTURES, TEXTS, type Trace, TraceSearch, traceIn } from './trace-search.js'

/** The exported files of these folders that hold something of a member. Reads one file at a time, in pieces. */
export function* filesHolding(folders: readonly string[], test: ExportTest): Stepwise<ExportedFile[]> {
  const found: ExportedFile[] = []
  const all = folders.flatMap(folder => listed(folder, found))
  for (const [at, { folder, name, written, own }] of all.entries()) {
    yield { what: 'Searching exported files', done: at, total: all.length }
    const path = insideOf(folder, name)
    const hash = hashOf(path)
    const reason = hash === null ? null : reasonFor({ path, name, hash, ...written }, test)
    if (reason)
      found.push({
        folder,
        file: name,
        format: own.format,
        selection: own.selection,
        ...reason,
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
    found.push({ folder, file: MANIFEST, format: '', selection: '', because: 'unread', named: false, changed: false })
    return []
  }
}

type Reason = Pick<ExportedFile, 'because' | 'named'>

function reasonFor(
  { path, name, hash, thread }: { path: string; name: string; hash: string; thread?: string | undefined },
  test: ExportTest,
): Reason | null {
  if (test.pictures.has(hash)) return { because: 'picture', named: false }
  // The name of a file has the title or the author of its thread.
  const trace = traceIn(name, test) ?? (TEXTS.test(path) ? traceInFile(path, test) : null)
  if (trace) return { because: 'words', named: trace === 'name' }
  if (TEXTS.test(path)) return null
  if (thread !== undefined) return test.threads.has(thread) ? { because: 'thread', named: false } : null
  return PICTURES.test(path) ? null : { because: 'unread', named: false }
}

const PIECE = 1 << 20

function traceInFile(path: string, test: ExportTest): Trace | null {
  const file = openSync(path, 'r')
  try {
    const search = new TraceSearch(test)
    const bytes = new Uint8Array(PIECE)
    for (let length = readSync(file, bytes); length > 0; length = readSync(file, bytes))
      if (search.take(bytes.subarray(0, length))) break
    return search.found
  } finally {
    closeSync(file)
  }
}
