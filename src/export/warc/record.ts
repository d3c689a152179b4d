import { createHash } from 'node:crypto'
import type { Instant } from '../../model/discussion.js'

/** One record of a WARC file (ISO 28500, version 1.1). */
export interface WarcRecord {
  type: 'warcinfo' | 'request' | 'response' | 'revisit'
  /** `<urn:uuid:…>` */
  id: string
  date: Instant
  /** More fields, in this order. */
  fields: Readonly<Record<string, string>>
  /** What a message of HTTP is before its body. Of a `warcinfo` record, all that it says. */
  head: Buffer
  /** The body of a message of HTTP: the payload. */
  body: Uint8Array
}

export const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Digest in the form of WARC and WACZ. */
export const digestOf = (...parts: readonly (string | Uint8Array)[]): string => `sha256:${sha256(...parts)}`

/** An id that follows from what the record says (RFC 9562, version 8), so that the same archive gives the same bytes. */
export function idOf(...said: readonly unknown[]): string {
  const hex = sha256(JSON.stringify(said))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ]
  return `<urn:uuid:${parts.join('-')}>`
}

/** The bytes of a record, before compression. */
export function serialised({ type, id, date, fields, head, body }: WarcRecord): Buffer {
  const lines = Object.entries({
    'WARC-Type': type,
    'WARC-Record-ID': id,
    'WARC-Date': date,
    ...fields,
    'WARC-Block-Digest': digestOf(head, body),
    ...(type === 'warcinfo' ? {} : { 'WARC-Payload-Digest': fields['WARC-Payload-Digest'] ?? digestOf(body) }),
    'Content-Length': String(head.length + body.length),
  })
  return Buffer.concat([Buffer.from(`WARC/1.1\r\n${headerText(lines)}`), head, body, Buffer.from('\r\n\r\n')])
}

/** Lines of a header, with the empty line that ends it. A value is one line, whatever a site has sent. */
export const headerText = (lines: readonly (readonly [string, string])[]): string =>
  `${lines.map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]+/g, ' ')}\r\n`).join('')}\r\n`
