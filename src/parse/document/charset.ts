import chardet from 'chardet'
import { type Capture, isSavedPage } from '../../model/capture.js'
import { withAddresses } from '../../model/markup/hidden-addresses.js'

type Decoder = InstanceType<typeof TextDecoder>
type Response = Pick<Capture, 'headers' | 'body' | 'imported'>

/**
 * The body as text, decoded as browsers do (WHATWG HTML, "determining the character encoding"): by a byte order mark, else by the
 * charset of the header, else by that of the page, else as UTF-8 if the bytes are valid, else by a guess. Invalid bytes become U+FFFD.
 * Every reader takes the text from here, so addresses that a proxy has hidden are shown here.
 */
export const textOfCapture = (response: Response): string => withAddresses(textIn(response.body, decoderOf(response)))

/**
 * Two calls, because in one call Node 20 decodes 0x80 to 0x9F of windows-1252 (and of all labels that mean it, such as
 * iso-8859-1) as control characters. UTF-8 takes a tenth of the time in one call.
 */
const textIn = (body: Uint8Array, decoder: Decoder): string =>
  decoder.encoding === 'utf-8' ? decoder.decode(body) : decoder.decode(body, { stream: true }) + decoder.decode()

function decoderOf(response: Response): Decoder {
  const { headers, body } = response
  const type = headers['content-type'] ?? ''
  const marked = byMark(body)
  // JSON is UTF-8, whatever its header says (RFC 8259, 8.1).
  if (marked || /\bjson\b/i.test(type)) return marked ?? new TextDecoder()
  return (
    labelled(/charset\s*=\s*["']?([^\s"';,]+)/i.exec(type)?.[1]) ??
    (isSavedPage(response) ? trusted(inPage(body), body) : inPage(body)) ??
    guessed(body)
  )
}

function byMark([first, second, third]: Uint8Array): Decoder | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder()
  if (first === 0xfe && second === 0xff) return labelled('utf-16be')
  return first === 0xff && second === 0xfe ? labelled('utf-16le') : null
}

/** The decoder of a label; null if there is no such encoding. */
function labelled(label: string | undefined): Decoder | null {
  try {
    return label ? new TextDecoder(label) : null
  } catch {
    return null
  }
}

/** Number of bytes at the beginning in which a page names its charset. */
const PRESCAN = 1024

/** By the `<meta>` of a page or the declaration of XML. Both can be read as ASCII, so they never mean UTF-16. */
function inPage(body: Uint8Array): Decoder | null {
  const head = asLatin(body.subarray(0, PRESCAN)).replace(/<!--[\s\S]*?(?:-->|$)/g, '')
  const label =
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1]
  const decoder = labelled(label === 'x-user-defined' ? 'windows-1252' : label)
  return decoder?.encoding.startsWith('utf-16') ? new TextDecoder() : decoder
}

/** The charset that a saved page names, if it does not have it, and the one by which it is read instead. */
export function misnamedCharset(response: Response): { named: string; used: string } | null {
  const named = isSavedPage(response) ? inPage(response.body)?.encoding : undefined
  const used = decoderOf(response).encoding
  return named !== undefined && named !== used && !isLabelled(response) ? { named, used } : null
}

const isLabelled = ({ headers, body }: Response): boolean =>
  byMark(body) !== null || /charset\s*=/i.test(headers['content-type'] ?? '')

/**
 * A program that saves a page drops the header, and an editor may store the page anew: then the page names a charset that it does not
 * have. Letters that are valid UTF-8 are UTF-8; where most of them are not, null.
 */
function trusted(named: Decoder | null, body: Uint8Array): Decoder | null {
  if (!named || named.encoding.startsWith('utf-16')) return named
  const text = new TextDecoder().decode(body)
  const letters = text.match(/[\u0080-\ufffc]/g)?.length ?? 0
  const broken = text.match(/\ufffd/g)?.length ?? 0
  if (letters > 0 && broken === 0) return new TextDecoder()
  return named.encoding === 'utf-8' && broken > letters ? null : named
}

/** Bytes as text, a character each: for ASCII among them. */
export const asLatin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** Number of bytes from which a charset is guessed. */
const SAMPLE = 262_144

/** Markup is ASCII in any language, so the guess is made without it. */
function guessed(body: Uint8Array): Decoder {
  if (isUtf8(body) || isDamagedUtf8(body)) return new TextDecoder()
  const words = asLatin(body.subarray(0, SAMPLE)).replace(/<[^<>]*>/g, ' ')
  return labelled(chardet.detect(Buffer.from(words, 'latin1')) ?? undefined) ?? new TextDecoder(LATIN)
}

/** True for UTF-8 with a few bytes of another encoding, such as a name that a program has pasted: no other encoding has such sequences. */
function isDamagedUtf8(body: Uint8Array): boolean {
  const text = asLatin(body.subarray(0, SAMPLE))
  const whole = text.match(SEQUENCES)?.length ?? 0
  const others = text.replace(SEQUENCES, '').match(/[\x80-\xff]/g)?.length ?? 0
  return whole > 2 * others
}

const SEQUENCES = /[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g

/** What browsers take for a page in a European language without any label. */
const LATIN = 'windows-1252'

function isUtf8(body: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body)
    return true
  } catch {
    return false
  }
}
