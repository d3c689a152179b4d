import type { PostNode, StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { type ExportContext, type Exporter, NOTICES, type PartRendering } from '../exporter.js'
import { setPosts } from '../markdown/posts.js'
import { type Style, styleOf } from '../markdown/style.js'
import { type Cut, threadsBetween } from '../words/pieces.js'

/** Markdown of one document: for each byte of it the programs that make documents hold some 300. */
const MOST_BYTES = 5_000_000

/** What a thread has besides its posts: heading, status line, entry in the contents. */
const HEAD_BYTES = 600

/** What all formats for office programs and paper have in common. */
export const OFFICE_DOCUMENT = {
  ...{ scope: 'thread', delivery: 'file', leavesOut: NOTICES },
  ...{ tells: true, shows: 'live', embeds: true },
  parts: partsOf,
} as const satisfies Partial<Exporter>

/**
 * The documents of these threads: one, or as many as no program needs too much memory for. A document ends before a thread, else before an answer
 * to an opening post; only where all that is below one such answer is too much, within it.
 * @throws UsageError for a post that is too long by itself.
 */
export function partsOf(
  threads: Iterable<StoredThread>,
  about: ExportContext,
  most = MOST_BYTES,
): readonly PartRendering[] {
  const cutter = new Cutter(most)
  let style: Style | null = null
  for (const thread of threads) {
    style ??= styleOf(about, thread)
    cutter.begin()
    for (const { node, text } of setPosts(thread, style, 2)) cutter.add(node, Buffer.byteLength(text))
  }
  const { cuts } = cutter
  return cuts.map((cut, at) => {
    const own = { [Symbol.iterator]: () => threadsBetween(about.again(), cut, cuts[at + 1]) }
    const part = cuts.length === 1 ? undefined : { number: at + 1, of: cuts.length }
    return { threads: own, about: { ...about, again: () => own, part } }
  })
}

/** A place where a document may begin, and the bytes since then. */
interface Boundary {
  cut: Cut
  bytes: number
}

/** Finds where documents begin, while posts pass. */
class Cutter {
  readonly cuts: Cut[] = [{ thread: 0, position: 0, above: [] }]
  /** Bytes since the last cut. */
  private filled = 0
  /** The last beginning of a thread, and of what is below an opening post. */
  private readonly boundaries: { thread: Boundary | null; answer: Boundary | null } = { thread: null, answer: null }
  private thread = -1
  private head = 0
  /** Position of the post at each depth above the next one. */
  private readonly path: number[] = []

  constructor(private readonly most: number) {}

  begin(): void {
    this.thread++
    this.head = HEAD_BYTES
    this.path.length = 0
  }

  add({ post, depth, position }: PostNode, text: number): void {
    this.path.length = depth
    const bytes = text + this.head
    this.head = 0
    if (bytes > this.most) throw tooLong(post.url)
    // Made where it is needed only: the path of a chain of thousands is long.
    const here = () => ({ thread: this.thread, position, above: [...this.path] })
    if (position === 0) this.boundaries.thread = { cut: here(), bytes: 0 }
    // Nobody wants a document of the opening post alone.
    if (depth < 2 && position !== 1) this.boundaries.answer = { cut: here(), bytes: 0 }
    if (this.filled + bytes > this.most) this.cut(here, bytes)
    this.path.push(position)
    this.filled += bytes
    for (const boundary of Object.values(this.boundaries)) if (boundary) boundary.bytes += bytes
  }

  /** Before the thread, the answer or the post, whichever comes first and leaves room for the post. */
  private cut(here: () => Cut, bytes: number): void {
    const { thread, answer } = this.boundaries
    // One with as many bytes as the document or more is no later than its beginning.
    const fits = [thread, answer].find(one => one && one.bytes < this.filled && one.bytes + bytes <= this.most)
    this.cuts.push(fits?.cut ?? here())
    this.filled = fits?.bytes ?? 0
  }
}

const tooLong = (url: string): UsageError =>
  new UsageError(
    `The post ${url} is too long for a document of this format: its markdown has more than ${MOST_BYTES / 1_000_000} MB. No document was written.`,
    'Leave its thread out, or write another format: -f html, which a browser also prints, or -f md.',
  )
