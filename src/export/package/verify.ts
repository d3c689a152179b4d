import { createHash } from 'node:crypto'
import { agreements, type Metadata, metadataOf } from './agreements.js'
import { DECLARATION, oxumOf, readManifestLines } from './bagit.js'
import type { PackageCheck, PackageFinding, PackageSource, ReadFile, ReadFiles, TextOf } from './checks.js'
import { DATA } from './package.js'
import { type RowCounter, rowCounterOf } from './row-counter.js'

/** Longest text that is read as metadata, in bytes. */
const MOST_METADATA = 64_000_000
const MOST_HEAD = 10_000

/** Reads each file once, and yields the checks when their files were read. `step` is awaited between pieces, with the name of the file. */
export async function* packageChecks(
  source: PackageSource,
  step: (name: string) => Promise<void>,
): AsyncGenerator<PackageCheck> {
  yield { name: 'names', what: 'each name leads to a file of the package', findings: source.refused }
  const { files, damaged } = await readAll(source, step)
  yield { name: 'files', what: 'each file can be read', findings: damaged }
  const text = (name: string) => textOf(source, name, files)
  const unreadable = new Set(damaged.map(({ file }) => file))
  const listOf = (name: string) => readList(name, text, unreadable)
  const lists = [await listOf('manifest-sha256.txt'), await listOf('tagmanifest-sha256.txt')] as const
  yield {
    name: 'bag',
    what: 'what BagIt wants is there',
    findings: [...(await bagFindings(text, files, unreadable)), ...lists.flatMap(({ wrong }) => wrong)],
  }
  yield {
    name: 'hashes',
    what: 'each file that is listed is there, with its hash',
    findings: lists.flatMap(list => [...hashFindings(list, files, unreadable)]),
  }
  yield {
    name: 'extras',
    what: 'no file is there that is not listed',
    findings: extraFindings(files, lists, unreadable),
  }
  const metadata = await metadataOf(text)
  yield* agreements(metadata, files, unreadable)
  yield {
    name: 'page',
    what: 'the first page is the same within the data',
    findings: await pageFindings(text, metadata),
  }
}

interface Read {
  files: ReadFiles
  damaged: PackageFinding[]
}

async function readAll(source: PackageSource, step: (name: string) => Promise<void>): Promise<Read> {
  const files = new Map<string, ReadFile>()
  const damaged: PackageFinding[] = []
  for (const { name } of source.files) {
    try {
      files.set(name, await readOne(source.read(name), name, () => step(name)))
    } catch (error) {
      if (!(error instanceof Error) || isStop(error)) throw error
      damaged.push({ file: name, what: `it cannot be read (${error.message})` })
    }
  }
  return { files, damaged }
}

/** An end that somebody wanted, not damage. */
const isStop = (error: Error): boolean => 'exitCode' in error || error.name === 'AbortError'

async function readOne(body: AsyncIterable<Uint8Array>, name: string, step: () => Promise<void>): Promise<ReadFile> {
  const hash = createHash('sha256')
  const counter: RowCounter | null = rowCounterOf(name)
  let bytes = 0
  let head = ''
  for await (const piece of body) {
    hash.update(piece)
    counter?.take(piece)
    if (counter && head.length < MOST_HEAD) head += Buffer.from(piece.subarray(0, MOST_HEAD)).toString('utf8')
    bytes += piece.length
    await step()
  }
  const [first = null] = counter ? head.replace(/^\ufeff/, '').split(/\r?\n/, 1) : []
  return { sha256: hash.digest('hex'), bytes, rows: counter?.rows ?? null, head: first }
}

/** Null: there is no such file, or it is longer than metadata are. */
async function textOf(source: PackageSource, name: string, files: ReadFiles): Promise<string | null> {
  const file = files.get(name)
  if (!file || file.bytes > MOST_METADATA) return null
  const pieces: Uint8Array[] = []
  for await (const piece of source.read(name)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** A list of hashes. */
interface List {
  name: string
  hashes: ReadonlyMap<string, string>
  wrong: PackageFinding[]
}

/** Names of the files that are there and cannot be read: each is found once, as damaged. */
type Unreadable = ReadonlySet<string>

async function readList(name: string, text: TextOf, unreadable: Unreadable): Promise<List> {
  const content = await text(name)
  if (content === null) return { name, hashes: new Map(), wrong: missing(name, unreadable) }
  const lines = [...readManifestLines(content)]
  const wrong = lines.includes(null) ? [{ file: name, what: 'it has a line without a hash and a name' }] : []
  return { name, hashes: new Map(lines.flatMap(line => (line ? [[line.name, line.sha256]] : []))), wrong }
}

const missing = (file: string, unreadable: Unreadable): PackageFinding[] =>
  unreadable.has(file) ? [] : [{ file, what: 'it is missing' }]

async function bagFindings(text: TextOf, files: ReadFiles, unreadable: Unreadable): Promise<PackageFinding[]> {
  const declaration = await text('bagit.txt')
  const info = await text('bag-info.txt')
  const stated = /^Payload-Oxum: (.*)$/m.exec(info ?? '')?.[1]?.trim()
  const payload = [...files].filter(([name]) => name.startsWith(DATA)).map(([, file]) => file)
  // The size of a file that cannot be read is not known.
  const isWhole = ![...unreadable].some(name => name.startsWith(DATA))
  return [
    ...(declaration === null ? missing('bagit.txt', unreadable) : []),
    ...(declaration !== null && declaration !== DECLARATION
      ? [{ file: 'bagit.txt', what: 'it is not that of BagIt 1.0' }]
      : []),
    ...(info === null ? missing('bag-info.txt', unreadable) : []),
    ...(isWhole && stated !== undefined && stated !== oxumOf(payload)
      ? [
          {
            file: 'bag-info.txt',
            what: `it says ${stated} (bytes and files of data), and there are ${oxumOf(payload)}`,
          },
        ]
      : []),
  ]
}

function* hashFindings({ hashes }: List, files: ReadFiles, unreadable: Unreadable): Generator<PackageFinding> {
  for (const [name, sha256] of hashes) {
    const file = files.get(name)
    if (unreadable.has(name)) yield { file: name, what: 'it has no hash, because it cannot be read' }
    else if (!file) yield { file: name, what: 'it is missing' }
    if (file && file.sha256 !== sha256) yield { file: name, what: 'it was changed: its hash is another one' }
  }
}

/** Where a list cannot be read, what it lists is not known. */
function extraFindings(files: ReadFiles, lists: readonly List[], unreadable: Unreadable): PackageFinding[] {
  if (lists.some(({ name }) => unreadable.has(name))) return []
  const listed = new Set([...lists.flatMap(({ hashes }) => [...hashes.keys()]), 'tagmanifest-sha256.txt'])
  return [...files.keys()].filter(name => !listed.has(name)).map(file => ({ file, what: 'it is in no list' }))
}

async function pageFindings(text: TextOf, { title }: Metadata): Promise<PackageFinding[]> {
  const [outer, inner] = [await text('README.md'), await text(`${DATA}README.md`)]
  if (outer === null || inner === null) return []
  const isSame = outer.replaceAll('](data/', '](') === inner
  const isTitled = title === null || outer.startsWith(`# ${title.trim()}\n`)
  return [
    ...(isSame ? [] : [{ file: 'README.md', what: 'it differs from data/README.md' }]),
    ...(isTitled ? [] : [{ file: 'README.md', what: 'its title is not that of the metadata' }]),
  ]
}
