import * as zlib from 'node:zlib'
import { MAX_BODY_BYTES } from '../../model/capture.js'
import { errorCode } from '../../model/thrown.js'

/** A body over the limit, before or after decompression. Another attempt would end in the same way. */
export class TooLarge extends Error {
  readonly code = 'TOO_LARGE'

  constructor() {
    super(`the response is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB`)
  }
}

type Decode = (body: Uint8Array) => Buffer

const LIMIT = { maxOutputLength: MAX_BODY_BYTES }

/** Node 22.15 and later have it. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (body: Uint8Array, options: typeof LIMIT) => Buffer }

const gunzip: Decode = body => zlib.gunzipSync(body, LIMIT)

const DECODERS: Record<string, Decode> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  'x-deflate': inflate,
  br: body => zlib.brotliDecompressSync(body, LIMIT),
  ...(zstdDecompressSync ? { zstd: body => zstdDecompressSync(body, LIMIT) } : {}),
}

/** Encodings that no decoder of this Node reads. Other unknown names (`utf-8`, `none`) mean no encoding. */
const UNREADABLE = new Set(['compress', 'x-compress', 'zstd', 'dcb', 'dcz'].filter(name => !DECODERS[name]))

/** `Accept-Encoding` of all requests. */
export const ACCEPTED = `br, gzip, deflate${zstdDecompressSync ? ', zstd' : ''}`

/**
 * The body without its content encodings. The header names several encodings in the order in which they were applied.
 * @throws if the body is not encoded as its header says, or is larger than the limit.
 */
export function withoutEncodings(body: Buffer, encodings = ''): Uint8Array {
  const names = encodings.toLowerCase().split(',')
  const bytes = names.reduceRight<Buffer>((bytes, name) => decodedOnce(bytes, name.trim()), body)
  return isGzip(bytes) ? decodedOnce(bytes, 'gzip') : bytes
}

function decodedOnce(body: Buffer, name: string): Buffer {
  if (body.length === 0) return body
  if (UNREADABLE.has(name)) throw new Error(`the response is compressed as "${name}", which threadkeep cannot read`)
  try {
    return DECODERS[name]?.(body) ?? body
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge()
    if (isPlain(body)) return body
    throw error
  }
}

/** Caches and plugins name an encoding for pages and JSON that they have not encoded, or have decoded. */
const isPlain = (body: Buffer): boolean => /^\s*[<{[][\t\r\n\x20-\x7e\x80-\xff]*$/.test(body.toString('latin1', 0, 200))

/** The magic number of gzip. Caches also send encoded bodies without a word about it, or encode them twice. */
const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b && body[2] === 8

/** `deflate` means the zlib format (RFC 9110, 8.4.1.2), but some servers send the data without its header, and browsers read both. */
function inflate(body: Uint8Array): Buffer {
  const [first = 0, second = 0] = body
  const hasHeader = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
  return hasHeader ? zlib.inflateSync(body, LIMIT) : zlib.inflateRawSync(body, LIMIT)
}
