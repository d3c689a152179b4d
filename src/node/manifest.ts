import { readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { EXIT, KnownError } from '../model/errors.js'

/** The list of what exports have written into a folder, in the folder itself. */
export const MANIFEST = '.threadkeep.json'

/** A file that an export wrote: the hash of its bytes, the thread that it is of, and when that was read. */
const FILE = z.object({ sha256: z.string(), thread: z.string().optional(), readAt: z.string().optional() })
export type WrittenFile = z.infer<typeof FILE>

/** Files by name below the folder, with `/` between folders, of one format and one selection. */
const EXPORT = z.object({ format: z.string(), selection: z.string(), files: z.record(z.string(), FILE) })
export type ManifestExport = z.infer<typeof EXPORT>

const SCHEMA = 'threadkeep.manifest/1'
const CONTENT = z.object({ schema: z.literal(SCHEMA), exports: z.array(EXPORT) })

/**
 * What exports have written into this folder; empty if none has.
 * @throws KnownError (2) for a manifest that cannot be read: without it, files of other origin could be taken for ours.
 */
export function readManifest(folder: string): ManifestExport[] {
  const path = join(folder, MANIFEST)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  try {
    if (!stat.isFile()) throw new Error('It is no file.')
    const { exports } = CONTENT.parse(JSON.parse(readFileSync(path, 'utf8')))
    // Names of ours never leave the folder: who else wrote them could have files removed elsewhere.
    const names = exports.flatMap(({ files }) => Object.keys(files))
    if (names.some(name => isAbsolute(name) || name.split(/[\\/]/).includes('..')))
      throw new Error('A name leaves the folder.')
    return exports
  } catch (cause) {
    const advice = 'Export into another folder, or delete this file: files of earlier exports are then never removed.'
    throw new KnownError(EXIT.usage, `${path} is no list of exported files.`, advice, { cause })
  }
}

/** The file's text: sorted, one line a file, so that a version control system shows what changed. */
export function manifestText(exports: readonly ManifestExport[]): string {
  const sorted = [...exports].sort((a, b) => compare(keyOf(a), keyOf(b)))
  const parts = sorted.map(({ format, selection, files }) => {
    const lines = Object.entries(files)
      .sort(([a], [b]) => compare(a, b))
      .map(([name, file]) => `    ${JSON.stringify(name)}: ${JSON.stringify(file)}`)
    const head = `  {"format": ${JSON.stringify(format)}, "selection": ${JSON.stringify(selection)}, "files": {`
    return lines.length === 0 ? `${head}}}` : `${head}\n${lines.join(',\n')}\n  }}`
  })
  return `{"schema": "${SCHEMA}", "exports": [\n${parts.join(',\n')}\n]}\n`
}

export const keyOf = ({ format, selection }: Pick<ManifestExport, 'format' | 'selection'>): string =>
  `${format} ${selection}`

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
