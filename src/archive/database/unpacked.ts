import { gunzipSync } from 'node:zlib'
import { MAX_BODY_BYTES } from '../../model/capture.js'

/**
 * A stored body, unpacked. No body is larger than the largest that is read of a site, so that a hostile file cannot fill the memory.
 * @throws an error of zlib if it is damaged or larger.
 */
export const unpacked = (body: Uint8Array, most = MAX_BODY_BYTES): Buffer =>
  gunzipSync(body, { maxOutputLength: Math.max(1, Math.min(most, MAX_BODY_BYTES)) })
