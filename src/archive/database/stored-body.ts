import { gunzipSync } from 'node:zlib'

/** Longer than any response that a source accepts, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Unpacks a stored body. A few bytes of another program's can expand without end, so that no more than the recorded size is unpacked.
 * @throws Error if the body is damaged, or longer than its recorded size in bytes.
 */
export const unpackedBody = (body: Uint8Array, size: number): Buffer =>
  gunzipSync(body, { maxOutputLength: Math.min(Math.max(1, size), MAX_BYTES) })
