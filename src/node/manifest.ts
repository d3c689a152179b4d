import { readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import * as z from 'zod'
import { EXIT, KnownError } from '../model/errors.js'
import { type JournalLine, type Journals, readJournals } from './journal.js'

/** The list of what exports have written into a folder, in the folder itself. */
export const MANIFEST = '.threadkeep.json'

/** A file that an export wrote: the hash of its bytes, and the thread that it is of. */
const FILE = z.object({ sha256: z.string(), thread: z.string().optional() })
export type WrittenFile = z.infer<typeof FILE>

/** When a thread and its posts were read, and the hash of what was held of it: `Reading` of the exports. */
const THREAD = z.object({
  content: z.string(),
  readAt: z.string().nullable(),
  seen: z.array(z.tuple([z.number().int().positive(), z.string()])),
})
export type WrittenThread = z.infer<typeof THREAD>

/** How the threads were drawn: `SampleFigures` of the exports. */
const SAMPLE = z.object({
  ...{ size: z.number(), of: z.number(), seed: z.string(), stratify: z.enum(['group', 'month']).nullable() },
  strata: z.array(z.object({ name: z.string(), drawn: z.number(), of: z.number() })),
})

/** Of one format and one selection: files by name below the folder, with `/` between folders, and threads by site and id. */
const EXPORT = z.object({
  format: z.string(),
  selection: z.string(),
  sample: SAMPLE.optional(),
  files: z.record(z.string(), FILE),
  threads: z.record(z.string(), THREAD).default({}),
})
export type ManifestExport = z.infer<typeof EXPORT>

const SCHEMA = 'threadkeep.manifest/1'
const CONTENT = z.object({ schema: z.literal(SCHEMA), exports: z.array(EXPORT) })

/**
 * What exports have written into this folder; empty if none has. `journals`: those of exports that have not ended.
 * @throws KnownError (2) for a manifest that cannot be read: without it, files of other origin could be taken for ours.
 */
export function readManifest(folder: string, journals: Journals = 'all'): ManifestExport[] {
  const path = join(folder, MANIFEST)
  try {
    const exports = withJournals(listIn(path), readJournals(folder, journals))
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

function listIn(path: string): ManifestExport[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isFile()) throw new Error('It is no file.')
  return CONTENT.parse(JSON.parse(readFileSync(path, 'utf8'))).exports
}

/** With what exports wrote that were ended from outside. A file without a hash has that of before: it may not have been replaced. */
function withJournals(exports: readonly ManifestExport[], lines: Iterable<JournalLine>): ManifestExport[] {
  const all = new Map(exports.map(one => [keyOf(one), { ...one, files: { ...one.files } }]))
  for (const { format, selection, name, sha256, thread } of lines) {
    const own = all.get(keyOf({ format, selection })) ?? { format, selection, files: {}, threads: {} }
    const before = Object.hasOwn(own.files, name) ? own.files[name]?.sha256 : undefined
    own.files[name] = { sha256: sha256 ?? before ?? '', ...(thread !== undefined && { thread }) }
    all.set(keyOf(own), own)
  }
  return [...all.values()]
}

/** The file's text, a piece a line: sorted, one line a file, so that a version control system shows what changed. */
export function* manifestText(exports: readonly ManifestExport[]): Generator<string> {
  yield `{"schema": "${SCHEMA}", "exports": [\n`
  const sorted = [...exports].sort((a, b) => compare(keyOf(a), keyOf(b)))
  for (const [at, { format, selection, sample, files, threads }] of sorted.entries()) {
    yield `${at === 0 ? '' : ',\n'}  {"format": ${JSON.stringify(format)}, "selection": ${JSON.stringify(selection)}`
    if (sample) yield `, "sample": ${JSON.stringify(sample)}`
    yield ', "files": '
    yield* linesOf(files)
    yield ', "threads": '
    yield* linesOf(threads)
    yield '}'
  }
  yield '\n]}\n'
}

function* linesOf(entries: Readonly<Record<string, unknown>>): Generator<string> {
  const names = Object.keys(entries).sort(compare)
  yield '{'
  for (const [at, name] of names.entries())
    yield `${at === 0 ? '' : ','}\n    ${JSON.stringify(name)}: ${JSON.stringify(entries[name])}`
  yield names.length === 0 ? '}' : '\n  }'
}

export const keyOf = ({ format, selection }: Pick<ManifestExport, 'format' | 'selection'>): string =>
  `${format} ${selection}`

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
