import type { StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { ExportContext, ExportFile } from '../exporter.js'
import { CollectionDocument } from './collection.js'
import { renderDocument } from './document.js'
import { renderPosts } from './posts.js'
import { partsOf, splitOf } from './split.js'
import { styleOf } from './style.js'

type Threads = Iterable<StoredThread>

/** One thread alone is a document of its own. Several are walked twice: first for the head, which says something of all. */
export function* render(threads: Threads, about: ExportContext): Generator<string> {
  if (splitOf(about.options) !== null)
    throw new UsageError('Several documents need a folder.', 'Name one with a slash at its end: -o out/')
  const [first, second, all] = peeked(threads)
  if (!first) return
  const style = styleOf(about, first)
  if (!second) return yield* renderDocument(first, style)
  const document = new CollectionDocument(style)
  for (const thread of all) document.add(thread)
  yield* document.render(about.again(), about)
}

/** The documents of a split, or null where there is none: then each thread has a file. */
export function files(threads: Threads, about: ExportContext): Iterable<ExportFile> | null {
  return splitOf(about.options) === null ? null : splitFiles(threads, about)
}

/** The second walk follows the first one, a document behind, so that no more than the head of one document is in memory. */
function* splitFiles(threads: Threads, about: ExportContext): Generator<ExportFile> {
  const split = splitOf(about.options)
  const [first, , all] = peeked(threads)
  if (!first || split === null) return
  const style = styleOf(about, first)
  let document = new CollectionDocument(style)
  const sizeOf = (thread: StoredThread) => {
    let bytes = 0
    for (const piece of renderPosts(thread, style, 1)) bytes += Buffer.byteLength(piece)
    return bytes
  }
  const again = about.again()[Symbol.iterator]()
  const parts = partsOf(all, split, { clock: style.clock, sizeOf, add: thread => document.add(thread) })
  for (const { name, threads: count } of parts) {
    const own = taken(again, count)
    yield { name: `${name}.md`, body: document.render(own, about) }
    // Whoever did not want this document gets the next one.
    for (const _ of own);
    document = new CollectionDocument(style)
  }
}

/** The first two threads, and all of them. */
function peeked(threads: Threads): [StoredThread | undefined, StoredThread | undefined, Threads] {
  const all = threads[Symbol.iterator]()
  const [first, second] = [...taken(all, 2)]
  return [first, second, chained([first, second], all)]
}

function* chained(start: (StoredThread | undefined)[], rest: Iterator<StoredThread>): Generator<StoredThread> {
  for (const thread of start) if (thread) yield thread
  start.length = 0
  yield* taken(rest, Number.POSITIVE_INFINITY)
}

function* taken(threads: Iterator<StoredThread>, count: number): Generator<StoredThread> {
  for (let at = 0; at < count; at++) {
    const next = threads.next()
    if (next.done) return
    yield next.value
  }
}
