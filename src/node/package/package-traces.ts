import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { ExportedFile, ExportTest } from '../../model/reports/forget.js'
import type { PackagePlace } from '../export-places.js'
import { PICTURES, TEXTS, TraceSearch, traceIn } from '../trace-search.js'
import { type OpenPackage, openPackage } from './read-package.js'

type Reason = Pick<ExportedFile, 'because' | 'named'>

/**
 * The files of a package that hold something of a member; a zip file is one finding, because it is made again as a whole. Empty for a zip file
 * that is no package. `step` is awaited between pieces; what it throws ends the search.
 */
export async function packageFindings(
  { path, form }: PackagePlace,
  test: ExportTest,
  step: () => Promise<void>,
): Promise<ExportedFile[]> {
  const zip = (reason: Reason) => found(dirname(path), basename(path), reason)
  const opened = await openPackage(path, form).catch(() => null)
  if (!opened) return [zip(UNREAD)]
  try {
    if (!opened.files.some(({ name }) => BAG.includes(name))) return []
    const reasons = await reasonsIn(opened, test, step)
    if (form === 'folder') return reasons.map(([name, reason]) => found(path, name, reason))
    const [first] = reasons.map(([, reason]) => reason).sort((a, b) => rank(a) - rank(b))
    return first ? [zip(first)] : []
  } finally {
    opened.close()
  }
}

const BAG = ['bagit.txt', 'manifest-sha256.txt']

const UNREAD: Reason = { because: 'unread', named: false }

const found = (folder: string, file: string, reason: Reason): ExportedFile => ({
  ...{ folder, file, format: 'package', selection: '', changed: false },
  ...reason,
})

/** The surest reason comes first. */
const rank = ({ because, named }: Reason): number =>
  named ? -1 : ['words', 'picture', 'thread', 'unread'].indexOf(because)

async function reasonsIn(
  opened: OpenPackage,
  test: ExportTest,
  step: () => Promise<void>,
): Promise<[string, Reason][]> {
  const reasons: [string, Reason][] = []
  for (const { name } of opened.files) {
    const reason = await reasonFor(opened, name, test, step)
    if (reason) reasons.push([name, reason])
  }
  return reasons
}

async function reasonFor(
  opened: OpenPackage,
  name: string,
  test: ExportTest,
  step: () => Promise<void>,
): Promise<Reason | null> {
  const inName = traceIn(name, test)
  if (inName) return { because: 'words', named: inName === 'name' }
  const isText = TEXTS.test(name)
  const search = new TraceSearch(test)
  const hash = createHash('sha256')
  const pieces = opened.read(name)[Symbol.asyncIterator]()
  try {
    for (let piece = await next(pieces); !piece.done; piece = await next(pieces)) {
      if (piece.value === null) return UNREAD
      hash.update(piece.value)
      if (isText) search.take(piece.value)
      await step()
    }
  } finally {
    await pieces.return?.()
  }
  if (test.pictures.has(hash.digest('hex'))) return { because: 'picture', named: false }
  if (isText) return search.found && { because: 'words', named: search.found === 'name' }
  return PICTURES.test(name) ? null : UNREAD
}

/** The value is null where the bytes are damaged. */
const next = (pieces: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array | null>> =>
  pieces.next().catch(() => ({ done: false, value: null }))
