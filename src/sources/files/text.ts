import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Capture, MAX_BODY_BYTES } from '../../model/capture.js'
import { UNKNOWN_SITE } from '../../model/unknown-site.js'
import { holdsThreadWords } from '../../model/words/index.js'
import type { Door, DoorSettings, LeftFile, Unread } from './door.js'

/** Plain text with a thread in it: what a person copied, or what a converter wrote. The last door, because other kinds may hold such words. */
export const text: Door = {
  name: 'text',
  summary: 'threads in plain text: copied from a page, written by w3m, lynx, html2text, pandoc or by threadkeep itself',
  recognises: head => isPlainText(head) && decodings(head).some(holdsThreadWords),
  async *read(file, settings) {
    yield file.size > MAX_BODY_BYTES ? tooLarge(file) : captureOf(file, await readFile(file.path), settings)
  },
}

const tooLarge = ({ name }: LeftFile): Unread => ({
  name,
  why: `${name} is a text of more than ${MAX_BODY_BYTES / 1024 ** 2} MB. Split it between two threads, and import the parts.`,
})

function captureOf({ name, modifiedAt }: LeftFile, body: Uint8Array, { capturedAt, site }: DoorSettings): Capture {
  const url = `${UNKNOWN_SITE}text/${hash('sha256', body).slice(0, 16)}`
  const wide = wideCharset(body)
  return {
    request: { url, ...(site === null ? {} : { site }) },
    url,
    status: 200,
    headers: { 'content-type': wide === null ? 'text/plain' : `text/plain; charset=${wide}` },
    body,
    capturedAt: capturedAt ?? modifiedAt,
    ...(capturedAt === null ? { timeIsBound: true } : {}),
    imported: { door: 'text', origin: basename(name) },
  }
}

/** Beginnings of markup, of containers and of binary formats. */
const OTHER_KINDS =
  /^\s*(?:<(?:!doctype|html|head|body|\?xml|rss|svg)\b|WARC\/|%PDF|PK[^ -~]|\{|MIME-Version:|From: .*Blink)/i

/** False for pictures and other files whose bytes are no characters. */
function isPlainText(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 512))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
  if (OTHER_KINDS.test(start.replaceAll('\0', ''))) return false
  return wideCharset(head) !== null || !head.subarray(0, 8192).some(isControl)
}

/** No text has these; tabs, line ends, form feeds, backspaces and the escape character do occur. */
const isControl = (byte: number): boolean => byte < 7 || (byte > 13 && byte < 27) || byte === 127

/** UTF-16, by its byte order mark or by the zeros of ASCII characters; null: another encoding. */
function wideCharset(body: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le'
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be'
  const start = body.subarray(0, 512)
  const zeros = [0, 1].map(first => start.filter((byte, at) => at % 2 === first && byte === 0).length)
  const [high = 0, low = 0] = zeros
  if (Math.max(high, low) < start.length / 8 || Math.min(high, low) > 0) return null
  return high > low ? 'utf-16be' : 'utf-16le'
}

/** Encodings of texts that are no UTF-8. Only the words around posts are looked for: the parser decides about the encoding. */
const LABELS = [
  'windows-1252',
  'windows-1251',
  'iso-8859-2',
  'koi8-r',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
]

/** The text as it may be meant. */
function decodings(head: Uint8Array): string[] {
  const wide = wideCharset(head)
  if (wide !== null) return [new TextDecoder(wide).decode(head)]
  // The last character may be cut.
  const whole = head.length < 4 ? head : head.subarray(0, head.length - 3)
  try {
    return [new TextDecoder('utf-8', { fatal: true }).decode(whole, { stream: true })]
  } catch {
    return [new TextDecoder().decode(head), ...LABELS.map(label => new TextDecoder(label).decode(head))]
  }
}
