import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import type { Bytes } from './bytes.js'

/** A gzip member that cannot be read to its end. The message is a clause. */
export class DamagedMember extends Error {
  constructor(
    message: string,
    /** True if nothing shows where in the member the damage is. */
    readonly isAnywhere = false,
  ) {
    super(message)
  }
}

/** Size of the trailer: a checksum and the size of the content (RFC 1952, 2.3). */
const TRAILER = 8
const HEAD = 10
const LONGEST_HEAD = 65_536

/** Longer content is read in pieces. Bytes. */
const MOST_AT_ONCE = 4 * 1024 * 1024
/** Pages of real sites are compressed to a tenth or, with much boilerplate, a hundredth; deflate itself ends at 1,032. */
const BOMB = { bytes: 64 * 1024 * 1024, ratio: 400 }

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8

const FLAGS = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 }

/** Offset of the deflate data behind the header of a member; null: it is no header, or not all of it. */
function dataOffset(bytes: Buffer): number | null {
  const flags = bytes[3] ?? FLAGS.reserved
  if (!isGzip(bytes) || flags & FLAGS.reserved || bytes.length < HEAD + 2) return null
  let at = HEAD
  if (flags & FLAGS.extra) at += 2 + bytes.readUInt16LE(at)
  for (const flag of [FLAGS.name, FLAGS.comment]) {
    if (!(flags & flag)) continue
    const end = bytes.indexOf(0, at)
    if (end < 0) return null
    at = end + 1
  }
  if (flags & FLAGS.headerCrc) at += 2
  return at < bytes.length ? at : null
}

const isIntact = (content: { crc: number; size: number }, trailer: Buffer): boolean =>
  content.crc === trailer.readUInt32LE(0) && content.size % 2 ** 32 === trailer.readUInt32LE(4)

/** A member that is in `bytes` as a whole, with its length there; null: it is longer, or damaged. Quicker than a stream for small members. */
export function wholeMember(bytes: Buffer): { content: Buffer; length: number } | null {
  const start = dataOffset(bytes)
  if (start === null) return null
  const inflated = inflatedStart(bytes.subarray(start), MOST_AT_ONCE)
  if (!inflated) return null
  const { content, consumed } = inflated
  const trailer = bytes.subarray(start + consumed, start + consumed + TRAILER)
  if (trailer.length < TRAILER || !isIntact({ crc: crc32(content), size: content.length }, trailer)) return null
  return { content, length: start + consumed + TRAILER }
}

/** What the beginning of deflate data holds, whether or not it is all there; null: it is damaged, or holds more than `most` bytes. */
function inflatedStart(data: Buffer, most: number): { content: Buffer; consumed: number } | null {
  const options = { info: true, finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most, chunkSize: 65_536 }
  try {
    const { buffer, engine } = inflateRawSync(data, options) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    return { content: buffer, consumed: engine.bytesWritten }
  } catch {
    return null
  }
}

const PROBE = 4096

/** The first bytes that a member holds; null: there is no member here. */
export function memberStart(bytes: Buffer): Buffer | null {
  const start = dataOffset(bytes)
  return start === null ? null : (inflatedStart(bytes.subarray(start, start + PROBE), MOST_AT_ONCE)?.content ?? null)
}

/** It may hold a thousand times as much. */
const SLICE = 16_384

/**
 * What a member of any size holds, in pieces. Returns the position behind it.
 * @throws DamagedMember behind the last piece that could be read.
 */
export async function* memberPieces(file: Bytes, at: number): AsyncGenerator<Buffer, number> {
  const start = dataOffset(await file.peek(at, LONGEST_HEAD))
  if (start === null) throw new DamagedMember('its gzip header is damaged')
  const inflater = new Inflater()
  try {
    yield* inflatedPieces(file, at + start, inflater)
  } finally {
    inflater.close()
  }
  const end = at + start + inflater.consumed
  const trailer = (await file.peek(end, TRAILER)).subarray(0, TRAILER)
  if (trailer.length < TRAILER) throw new DamagedMember(CUT_OFF)
  if (!isIntact(inflater, trailer)) throw new DamagedMember('its gzip checksum does not fit', true)
  return end + TRAILER
}

const CUT_OFF = 'its gzip data ends too early'

async function* inflatedPieces(file: Bytes, from: number, inflater: Inflater): AsyncGenerator<Buffer> {
  for (let position = from; !inflater.isAtEnd; position += SLICE) {
    const slice = (await file.peek(position, SLICE)).subarray(0, SLICE)
    if (slice.length === 0) throw new DamagedMember(CUT_OFF)
    yield await inflater.inflate(slice)
    if (inflater.failure) throw new DamagedMember(`its gzip data is damaged (${inflater.failure.message})`)
    if (inflater.size > BOMB.bytes && inflater.size > BOMB.ratio * inflater.consumed)
      throw new DamagedMember('its gzip data expands to far more than pages do')
  }
}

/** Deflate data that comes in slices. */
class Inflater {
  isAtEnd = false
  failure: Error | null = null
  /** Size and checksum of the content so far. */
  size = 0
  crc = 0
  private readonly stream = createInflateRaw({ chunkSize: 65_536 })
  private pieces: Buffer[] = []
  private settle = () => {}

  constructor() {
    this.stream.on('data', (piece: Buffer) => void this.pieces.push(piece))
    this.stream.on('end', () => {
      this.isAtEnd = true
      this.settle()
    })
    this.stream.on('error', error => {
      this.failure = error
      this.settle()
    })
  }

  /** Bytes of the deflate data that belong to the content so far. */
  get consumed(): number {
    return this.stream.bytesWritten
  }

  async inflate(slice: Buffer): Promise<Buffer> {
    await new Promise<void>(resolve => {
      this.settle = resolve
      // At the end of the data the stream ends, and does not call back.
      this.stream.write(slice, () => resolve())
    })
    const content = Buffer.concat(this.pieces)
    this.pieces = []
    this.size += content.length
    this.crc = crc32(content, this.crc)
    return content
  }

  close(): void {
    this.stream.destroy()
  }
}
