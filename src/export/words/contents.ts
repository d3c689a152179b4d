/** Letters that become bytes at once. */
const BLOCK = 30_000

/**
 * The contents of a document until they are written. They are bytes, because a text that was put together takes several times its memory,
 * and a document may have 100,000 threads.
 */
export class Contents {
  /** Number of entries. */
  length = 0
  private readonly blocks: Buffer[] = []
  private open = ''

  add(entry: string): void {
    this.length++
    this.open += entry
    if (this.open.length < BLOCK) return
    this.blocks.push(Buffer.from(this.open))
    this.open = ''
  }

  /** The entries in their order, many in one text. */
  *texts(): Generator<string> {
    for (const block of this.blocks) yield block.toString()
    yield this.open
  }
}
