import { createHash } from 'node:crypto'
import type { BytePlace } from './bytes.js'

/** Header fields by lower-case names. A name that occurs several times has several values. */
export type Fields = ReadonlyMap<string, readonly string[]>

/** One record of a WARC file (ISO 28500). Its block can be read until the next record is requested. */
export interface WarcRecord {
  place: BytePlace
  fields: Fields
  /** Size of the block in bytes. */
  size: number
  /** The first bytes of the block: at least `least`, if it has as many. */
  start(least: number): Promise<Buffer>
  /** The whole block. It is in memory: look at `size` first. */
  block(): Promise<Buffer>
}

/** A part of a file that holds no record that can be read. */
export interface Lost {
  place: BytePlace
  /** A clause, of which the part is the subject: `its gzip checksum does not fit`. */
  why: string
  /** Set if nothing behind it can be read, either. */
  isRest: boolean
}

export const isLost = (found: WarcRecord | Lost): found is Lost => 'why' in found

/** The only value, or the first one. */
export const field = (fields: Fields, name: string): string | undefined => fields.get(name)?.[0]

/** Offset behind the empty line that ends a header; null: there is none. Lines end with CRLF, or LF only. */
export function headerEnd(bytes: Buffer): number | null {
  const crlf = bytes.indexOf('\n\r\n')
  const lf = (crlf < 0 ? bytes : bytes.subarray(0, crlf)).indexOf('\n\n')
  if (lf >= 0) return lf + 2
  return crlf < 0 ? null : crlf + 3
}

/** The lines of a header below its first one. A line that begins with a space continues the line before it. */
export function fieldsOf(header: string): Fields {
  const fields = new Map<string, string[]>()
  const lines = header
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .slice(1)
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    fields.set(name, [...(fields.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return fields
}

const ALGORITHMS = new Map([
  ['sha1', 'sha1'],
  ['sha-1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha-256', 'sha256'],
  ['sha512', 'sha512'],
  ['md5', 'md5'],
])

/** Whether a digest such as `sha1:BASE32` or `sha256:hex` is that of the bytes; null: it is absent or of an unknown kind. */
function fitsDigest(digest: string | undefined, bytes: Uint8Array): boolean | null {
  const [, name = '', value = ''] = /^([\w-]+):\s*(\S+)$/.exec(digest ?? '') ?? []
  const algorithm = ALGORITHMS.get(name.toLowerCase())
  if (!algorithm) return null
  const found = createHash(algorithm).update(bytes).digest()
  const plain = value.replace(/=+$/, '').toLowerCase()
  return [found.toString('hex'), base32(found).toLowerCase(), found.toString('base64url').toLowerCase()].includes(plain)
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Without padding (RFC 4648, 6), as most WARC files have their digests. */
function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + LETTERS[(value << (5 - bits)) & 31] : text
}

/**
 * Whether digests prove the block of a record: that of the block, else that of the payload, which begins behind the header of
 * HTTP. False: they disprove it; null: there is none that can be checked.
 */
export function provenBlock(fields: Fields, block: Buffer): boolean | null {
  const whole = fitsDigest(field(fields, 'warc-block-digest'), block)
  if (whole) return true
  const payload = block.subarray(block.toString('latin1', 0, 5) === 'HTTP/' ? (headerEnd(block) ?? 0) : 0)
  return fitsDigest(field(fields, 'warc-payload-digest'), payload) || whole
}
