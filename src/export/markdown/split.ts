import type { StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { ExportContext } from '../exporter.js'
import type { ZonedClock } from '../words/clock.js'

/** Where one document ends and the next one begins: `threads` or `bytes` in each, or a month of opening posts. */
type Split = { threads: number } | { bytes: number } | 'month'

/** What the option `split` says: `100`, `20mb` or `month`; null: `none`. @throws UsageError */
export function splitOf({ split: words = 'none' }: ExportContext['options']): Split | null {
  const text = String(words).trim().toLowerCase()
  if (text === 'none') return null
  if (text === 'month') return text
  const [, number = '0', unit] = /^(\d{1,6}) ?([kmg]b)?$/.exec(text) ?? []
  if (Number(number) === 0)
    throw new UsageError(
      `"${words}" is no way to split documents.`,
      'It takes a number of threads (100), a size (20mb), or month.',
    )
  return unit === undefined ? { threads: Number(number) } : { bytes: Number(number) * (UNITS[unit] ?? 1) }
}

const UNITS: Readonly<Record<string, number>> = { kb: 1000, mb: 1_000_000, gb: 1_000_000_000 }

/** Threads that go into one document, and its name without extension. */
interface Part {
  name: string
  threads: number
}

/** The parts of a stream of threads, one after the other. `sizeOf`: bytes of the section of a thread. `add`: takes a thread into the present part. */
export function* partsOf(
  threads: Iterable<StoredThread>,
  split: Split,
  { clock, sizeOf, add }: { clock: ZonedClock; sizeOf(thread: StoredThread): number; add(thread: StoredThread): void },
): Generator<Part> {
  let part: Part | null = null
  let filled = 0
  let number = 0
  for (const thread of threads) {
    const size = split === 'month' ? 0 : 'threads' in split ? 1 : sizeOf(thread)
    const month = split === 'month' ? monthOf(thread, clock) : null
    const isFull = split !== 'month' && filled + size > ('threads' in split ? split.threads : split.bytes)
    if (part && (isFull || (month !== null && month !== part.name))) {
      yield part
      part = null
    }
    if (!part) filled = 0
    part ??= { name: month ?? `part-${String(++number).padStart(3, '0')}`, threads: 0 }
    part.threads++
    filled += size
    add(thread)
  }
  if (part) yield part
}

/** `2026-03` */
const monthOf = ({ when: { from, to } }: StoredThread, clock: ZonedClock): string => {
  const at = from ?? to
  return at === null ? 'undated' : clock.at(at).day.slice(0, 7)
}
