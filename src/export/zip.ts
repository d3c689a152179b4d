import { Readable } from 'node:stream'
import type { Chunk, Chunks, ExportFile } from './exporter.js'

/** Without a time zone, and the same on every day. */
const FIXED = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644, compress: false }

/** A zip file of these files, which are not compressed. Each is read when the ones before it are written. */
export async function* zipped(files: Iterable<ExportFile>): AsyncGenerator<Chunk> {
  const { default: yazl } = await import('yazl')
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', error => output.destroy(error as Error))
  for (const { name, body } of files)
    zip.addReadStreamLazy(name, FIXED, ready => ready(null, Readable.from(bytesOf(body), { objectMode: false })))
  zip.end()
  yield* output
}

async function* bytesOf(body: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) if (chunk.length > 0) yield Buffer.from(chunk)
}
