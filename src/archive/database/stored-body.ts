import { gunzipSync } from 'node:zlib'

/** Longer than any response that a source accepts, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024

/** The smallest that zlib takes. */
const LEAST_CHUNK = 64

/**
 * Unpacks a stored body. A few bytes of another program's can expand without end, so that no more than the recorded size is unpacked. It
 * goes into one buffer, because many small ones would need the memory of a large body twice.
 * @throws Error if the body is damaged, or longer than its recorded size in bytes.
 */
export function unpackedBody(body: Uint8Array, size: number): Buffer {
  const most = Math.min(Math.max(1, size), MAX_BYTES)
  // One byte more, because zlib makes another buffer when one is full.
  return gunzipSync(body, { maxOutputLength: most, chunkSize: Math.max(LEAST_CHUNK, most + 1) })
}
