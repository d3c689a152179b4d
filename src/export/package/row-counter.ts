import type { Chunk, Chunks } from '../exporter.js'

const [QUOTE, LINE_FEED] = [0x22, 0x0a]

/** Counts the rows of a table while its bytes pass, by the end of its name; null: a file whose rows are not lines. */
export function rowCounterOf(name: string): RowCounter | null {
  if (name.endsWith('.csv')) return new RowCounter(true, true)
  if (name.endsWith('.tsv')) return new RowCounter(false, true)
  return name.endsWith('.jsonl') ? new RowCounter(false, false) : null
}

/** Line ends outside quotes; the first line may hold the names of the columns. */
export class RowCounter {
  private lines = 0
  private isQuoted = false

  constructor(
    private readonly hasQuotes: boolean,
    private readonly hasNames: boolean,
  ) {}

  take(chunk: Chunk): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    for (const byte of bytes) {
      if (byte === QUOTE && this.hasQuotes) this.isQuoted = !this.isQuoted
      if (byte === LINE_FEED && !this.isQuoted) this.lines++
    }
  }

  get rows(): number {
    return Math.max(0, this.lines - (this.hasNames ? 1 : 0))
  }
}

/** The same pieces, counted as they pass. */
export const counting = (body: Chunks, counter: RowCounter): Chunks =>
  Symbol.iterator in body ? countingNow(body, counter) : countingLater(body, counter)

function* countingNow(body: Iterable<Chunk>, counter: RowCounter): Generator<Chunk> {
  for (const chunk of body) {
    counter.take(chunk)
    yield chunk
  }
}

async function* countingLater(body: AsyncIterable<Chunk>, counter: RowCounter): AsyncGenerator<Chunk> {
  for await (const chunk of body) {
    counter.take(chunk)
    yield chunk
  }
}
