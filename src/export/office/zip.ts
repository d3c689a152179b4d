import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** A file in a zip file. Texts are UTF-8. */
export interface ZipEntry {
  name: string
  body: string | Uint8Array
}

/**
 * A zip file of these entries, in their order, with one date, so that the same entries give the same bytes. `mimetype` is not compressed,
 * as EPUB wants it.
 */
export async function* zipOf(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const { default: yazl } = await import('yazl')
  const zip = new yazl.ZipFile()
  for await (const { name, body } of entries)
    zip.addBuffer(Buffer.from(body as Uint8Array), name, { ...FIXED, compress: name !== 'mimetype' })
  zip.end()
  yield* zip.outputStream as Readable
}

/** Without a time zone, and the same on every day. */
const FIXED = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/** How an entry is changed: by its name, what its text becomes. */
export type Edits = Readonly<Record<string, (text: string) => string>>

/** The same zip file with one date, and with some of its texts changed. It is in memory as a whole. */
export const rezipped = (file: AsyncIterable<Uint8Array>, edits: Edits): AsyncGenerator<Uint8Array> =>
  zipOf(editedEntries(file, edits))

async function* editedEntries(file: AsyncIterable<Uint8Array>, edits: Edits): AsyncGenerator<ZipEntry> {
  const { default: yauzl } = await import('yauzl')
  const zip = await yauzl.fromBufferPromise(await buffer(file), { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const body = await buffer(await zip.openReadStreamPromise(entry))
    const edit = edits[entry.fileName]
    yield { name: entry.fileName, body: edit ? edit(body.toString('utf8')) : body }
  }
}
