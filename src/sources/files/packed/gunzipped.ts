import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Writable } from 'node:stream'
import { pipeline as whenDone } from 'node:stream/promises'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

/** What a gzip file holds, all members one after the other. @throws behind the last byte that can be read, if it is damaged or cut off. */
export async function* gunzipped(path: string): AsyncGenerator<Uint8Array> {
  // A strict decoder loses what it has decoded last when the file is cut off.
  const lenient = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
  pipeline(createReadStream(path), lenient, () => {})
  let size = 0
  for await (const piece of lenient as AsyncIterable<Buffer>) {
    size += piece.length
    yield piece
  }
  if (size % 2 ** 32 !== (await sizeIn(path))) await proveWhole(path)
}

/** The size of the last member's content, as its trailer gives it. */
async function sizeIn(path: string): Promise<number> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4))
    return buffer.readUInt32LE(0)
  } finally {
    await file.close()
  }
}

/** @throws if the file is cut off. A file with several members is not, although its trailer tells the size of the last one only. */
const proveWhole = (path: string): Promise<void> =>
  whenDone(createReadStream(path), createGunzip(), new Writable({ write: (_, __, done) => done() }))

/** The first bytes of what a file that begins with `head` holds; empty: not readable. */
export function gunzippedStart(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array()
  }
}
