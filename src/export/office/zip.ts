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

/** How an entry is changed: by its name, what its text becomes. A long text comes in pieces, each of which ends with a paragraph. */
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
    yield { name: entry.fileName, body: edit ? edited(body, edit) : body }
  }
}

const PIECE = 65_536
const END = '</w:p>'

/** As a whole, a text of megabytes would be in memory several times, with two bytes a letter. */
function edited(text: Buffer, edit: (piece: string) => string): Buffer {
  const pieces: Buffer[] = []
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf(END, start + PIECE)
    const end = at < 0 ? text.length : at + END.length
    pieces.push(Buffer.from(edit(text.toString('utf8', start, end))))
    start = end
  }
  return Buffer.concat(pieces)
}
