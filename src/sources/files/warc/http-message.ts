import { withoutEncodings } from '../../site/content-encoding.js'
import { type Fields, field, fieldsOf, headerEnd } from './record.js'

/** The header of a request or response. */
export interface HttpHead {
  /** `HTTP/1.1 200 OK`, `POST /wp-admin/admin-ajax.php HTTP/1.1`. */
  firstLine: string
  fields: Fields
  /** Where the body begins. */
  length: number
}

/** A header that has no end in `bytes` is all of it. Bytes become one character each, as undici gives them. */
export function httpHead(bytes: Buffer): HttpHead {
  const length = headerEnd(bytes) ?? bytes.length
  const text = bytes.toString('latin1', 0, length)
  return { firstLine: /^[^\r\n]*/.exec(text)?.[0] ?? '', fields: fieldsOf(text), length }
}

/** Status code of a response; null: it is none. */
export function statusOf({ firstLine }: HttpHead): number | null {
  const status = /^HTTP\/[\d.]+\s+(\d{3})\b/i.exec(firstLine)?.[1]
  return status === undefined ? null : Number(status)
}

export const headersOf = ({ fields }: HttpHead): Record<string, string[]> =>
  Object.fromEntries([...fields].map(([name, values]) => [name, [...values]]))

/**
 * The body behind a header, without the encodings that the header names. Recorders also keep the header of a body that they have decoded.
 * @throws if the body is not encoded as its header says, or is larger than the limit.
 */
export function bodyOf(head: HttpHead, block: Buffer): Uint8Array {
  const sent = block.subarray(head.length)
  const isChunked = /\bchunked\b/i.test(field(head.fields, 'transfer-encoding') ?? '')
  return withoutEncodings((isChunked && unchunked(sent)) || sent, head.fields.get('content-encoding')?.join(','))
}

/** Null: the body is not in chunks. A body whose last chunk is missing gives what there is. */
function unchunked(body: Buffer): Buffer | null {
  const whole = Buffer.allocUnsafe(body.length)
  let size = 0
  for (let at = 0; at < body.length; ) {
    const chunk = chunkAt(body, at)
    if (!chunk) return at === 0 ? null : whole.subarray(0, size)
    if (chunk.size === 0) break
    size += body.copy(whole, size, chunk.start, chunk.start + chunk.size)
    at = chunk.start + chunk.size
    for (const end of [0x0d, 0x0a]) if (body[at] === end) at++
  }
  return whole.subarray(0, size)
}

function chunkAt(body: Buffer, at: number): { start: number; size: number } | null {
  const [line, size] =
    /^([0-9a-f]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n/i.exec(body.toString('latin1', at, at + 256)) ?? []
  return line === undefined || size === undefined ? null : { start: at + line.length, size: Number.parseInt(size, 16) }
}
