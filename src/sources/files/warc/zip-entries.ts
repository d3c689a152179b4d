import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { FileBytes } from './bytes.js'

/** One file in a zip file. */
export interface ZipEntry {
  name: string
  /** Sizes in bytes, before and after decompression, as the zip file gives them. */
  packed: number
  size: number
  /** As the zip file gives it, in the time zone of the machine. */
  modifiedAt: Date
  /** Why it cannot be read, as a clause; null: it can. */
  obstacle: string | null
  /** Its bytes in the zip file, if it is stored without compression; null: it is compressed. @throws if the zip file is damaged. */
  stored(): Promise<FileBytes | null>
  /** Its bytes, decompressed. @throws behind the last one that can be read, if they are damaged or not as many as the entry says. */
  content(): AsyncIterable<Uint8Array>
}

/** Whether this is the beginning of a zip file, perhaps an empty one. */
export const isZip = (head: Uint8Array): boolean =>
  ['PK\x03\x04', 'PK\x05\x06'].includes(Buffer.from(head.subarray(0, 4)).toString('latin1'))

/** The files in a zip file, in the order of its directory. @throws if it is damaged. */
export async function* zipEntries(bytes: FileBytes): AsyncGenerator<ZipEntry> {
  // One entry with wrong sizes would hide those behind it.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false }
  const zip = await yauzl.fromRandomAccessReaderPromise(new Reader(bytes), bytes.size, options)
  for await (const entry of zip.eachEntry()) yield entryOf(zip, entry, bytes)
}

function entryOf(zip: yauzl.ZipFile, entry: yauzl.Entry, bytes: FileBytes): ZipEntry {
  return {
    // Names are only shown, and never become paths.
    name: Buffer.from(entry.fileName).toString('utf8'),
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    modifiedAt: entry.getLastModDate(),
    obstacle: obstacleOf(entry),
    async stored() {
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
      return entry.compressionMethod === STORED ? bytes.part(fileDataStart, entry.compressedSize) : null
    },
    content: () => content(zip, entry),
  }
}

async function* content(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > entry.uncompressedSize) break
    yield piece
  }
  if (size !== entry.uncompressedSize) throw new Error('it has not the size that the zip file gives')
}

const STORED = 0

function obstacleOf(entry: yauzl.Entry): string | null {
  if (entry.isEncrypted()) return 'it is encrypted'
  return entry.canDecodeFileData()
    ? null
    : `it is compressed by a method that threadkeep does not know (${entry.compressionMethod})`
}

const PIECE = 65_536

class Reader extends yauzl.RandomAccessReader {
  constructor(private readonly bytes: FileBytes) {
    super()
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end))
  }

  private async *pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const piece = (await this.bytes.peek(at, 1)).subarray(0, Math.min(PIECE, end - at))
      if (piece.length === 0) return
      yield piece
      at += piece.length
    }
  }
}
