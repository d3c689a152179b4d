import type { PackedFile } from './packed-file.js'

/** Size of a block of a tar archive (POSIX.1-2001): headers have one, contents are filled up to the next. */
const BLOCK = 512

/** Longest name that a record of its own gives, in bytes. */
const LONGEST_NAME = 65_536

export const isTar = (head: Uint8Array): boolean => Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar'

/** Takes pieces of a stream in the sizes that are needed. */
class Pieces {
  private rest: Uint8Array = new Uint8Array()
  private readonly source: AsyncIterator<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  /** At most `most` bytes; null: the end. */
  async some(most: number): Promise<Uint8Array | null> {
    while (this.rest.length === 0) {
      const { value, done } = await this.source.next()
      if (done) return null
      this.rest = value
    }
    const piece = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(piece.length)
    return piece
  }

  /** Exactly so many bytes. @throws if the stream ends before. */
  async *exactly(bytes: number): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0; ) {
      const piece = await this.some(left)
      if (!piece) throw new Error('it ends before its last file does')
      left -= piece.length
      yield piece
    }
  }

  async all(bytes: number): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    for await (const piece of this.exactly(bytes)) pieces.push(piece)
    return Buffer.concat(pieces)
  }
}

/** The files of a tar archive (ustar, pax, GNU), in their order. Links and devices are left out. @throws if it is damaged. */
export async function* tarFiles(source: AsyncIterable<Uint8Array>): AsyncGenerator<PackedFile> {
  const pieces = new Pieces(source)
  let longName: string | null = null
  for (;;) {
    const header = await headerIn(pieces)
    if (header === null) return
    const { type, size } = header
    const isName = ['L', 'x'].includes(type) && size <= LONGEST_NAME
    if (isName) {
      const record = (await pieces.all(size)).toString('utf8')
      longName = type === 'L' ? record.replace(/\0.*$/s, '') : (/^\d+ path=(.*)$/m.exec(record)?.[1] ?? longName)
    } else {
      const content = pieces.exactly(size)
      if (['0', '\0', '7'].includes(type)) yield { ...header, name: longName ?? header.name, content: () => content }
      // What nobody has read is skipped.
      for await (const _ of content);
      if (type !== 'g') longName = null
    }
    await pieces.all((BLOCK - (size % BLOCK)) % BLOCK)
  }
}

interface Header extends Omit<PackedFile, 'content'> {
  size: number
  type: string
}

/** Null: the end. */
async function headerIn(pieces: Pieces): Promise<Header | null> {
  const first = await pieces.some(BLOCK)
  if (!first) return null
  const rest = first.length < BLOCK ? await pieces.all(BLOCK - first.length) : Buffer.alloc(0)
  const block = Buffer.concat([first, rest])
  if (block.every(byte => byte === 0)) return null
  if (!isTar(block) || !hasChecksum(block)) throw new Error('a header in it is damaged')
  const prefix = text(block, 345, 155)
  return {
    name: prefix === '' ? text(block, 0, 100) : `${prefix}/${text(block, 0, 100)}`,
    size: number(block, 124, 12),
    packed: null,
    modifiedAt: new Date(number(block, 136, 12) * 1000),
    obstacle: null,
    type: String.fromCharCode(block[156] ?? 0),
  }
}

const text = (block: Buffer, at: number, length: number): string =>
  block.toString('utf8', at, at + length).replace(/\0.*$/s, '')

/** Octal digits; or, for large numbers, binary behind a byte with its highest bit set (GNU). */
function number(block: Buffer, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) === 0) return Number.parseInt(text(block, at, length).trim() || '0', 8) || 0
  return block.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The sum of the header's bytes, with blanks in place of the sum itself. */
function hasChecksum(block: Buffer): boolean {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  return sum === number(block, 148, 8)
}
