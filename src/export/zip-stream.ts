import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { ZipFile } from 'yazl'
import type { Chunk, Chunks, ExportFile } from './exporter.js'

/** Without a time zone, and the same on every day. */
const FIXED = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

interface Compression {
  /** False: the files are stored as they are, so that a reader can begin in the middle of one. */
  compress: boolean
}

/**
 * A zip file of these files, in their order, of any size. Each is asked for, and read, when the ones before it are written. The same files
 * give the same bytes.
 */
export async function* zipped(files: Iterable<ExportFile>, { compress }: Compression): AsyncGenerator<Chunk> {
  const { default: yazl } = await import('yazl')
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => void output.destroy(error))
  // Not waited for: its failure destroys the output, which throws it.
  addAll(zip, files, compress).catch((error: Error) => void output.destroy(error))
  yield* output
}

async function addAll(zip: ZipFile, files: Iterable<ExportFile>, compress: boolean): Promise<void> {
  for (const { name, body } of files) {
    const content = Readable.from(joinedBytes(body))
    addStream(zip, name, { ...FIXED, compress }, content)
    // Throws what the reading of the file has thrown, of which yazl does not hear.
    await once(content, 'end')
  }
  zip.end()
}

/** yazl keeps the function of each entry until the end: the stream must not be kept with it. */
function addStream(zip: ZipFile, name: string, options: typeof FIXED & Compression, content: Readable): void {
  let next: Readable | null = content
  zip.addReadStreamLazy(name, options, ready => {
    const stream = next ?? Readable.from([])
    next = null
    ready(null, stream)
  })
}

const ENOUGH = 65_536

/** As bytes. Small texts are joined, because a step of the compressor for each post would cost more than the compression. */
async function* joinedBytes(body: Chunks): AsyncGenerator<Uint8Array> {
  let held = ''
  for await (const chunk of body) {
    if (typeof chunk === 'string') held += chunk
    if (held.length >= ENOUGH || (typeof chunk !== 'string' && held !== '')) {
      yield ownBytes(held)
      held = ''
    }
    if (typeof chunk !== 'string' && chunk.length > 0) yield Buffer.from(chunk)
  }
  if (held !== '') yield ownBytes(held)
}

/** Outside of the memory that small buffers share, which yazl holds by the names of its entries. */
function ownBytes(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
