/**
 * Nonces are sent to their own site only and never stored in the archive. A nonce of WordPress is ten
 * hex digits. Pages have them in inline scripts (`"nonce":"…"`, `"nonces":{…}`, `nonce = '…'`), in attributes
 * (`data-nonce="…"`), in hidden fields (`_wpnonce…`, value before or after the name) and in links.
 */
const NONCE_PATTERNS = [
  /(nonce[\w-]{0,40}\\?["']?\s{0,9}(?:[:=]|%3D|\()\s{0,9}\\?["']?)([0-9a-f]{10})\b/gi,
  /(createNonceMiddleware\(\s{0,9}\\?["'])([0-9a-f]{10})\b/gi,
  /(name=\\?["'][\w-]{0,40}nonce[\w-]{0,40}\\?["'][^>]{0,80}?value=\\?["'])([0-9a-f]{10})\b/gi,
  /(value=\\?["'])([0-9a-f]{10})(?=\\?["'][^>]{0,80}?(?:name|id)=\\?["'][\w-]*nonce)/gi,
]
const NONCE_TABLE = /("nonces"\s*:\s*\{)([^{}]*)(\})/g
const BLANK = '0000000000'

/** The body with each nonce replaced by zeros. Bytes that are not ASCII are unchanged, in any charset. */
export function withoutNonces(body: Uint8Array): Uint8Array {
  const text = latinOf(body)
  const clean = blanked(text.replace(ENCODED_SCRIPT, (_all, start, code) => start + blankedCode(code)))
  return clean === text ? body : Buffer.from(clean, 'latin1')
}

const latinOf = (body: Uint8Array): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')

function blanked(text: string): string {
  const places = placesOfNonces(text)
  if (places.length === 0) return text
  return inPlaces(withoutTables(text), places, part =>
    NONCE_PATTERNS.reduce((clean, pattern) => clean.replace(pattern, `$1${BLANK}`), part),
  )
}

/** The same length, so that places in it stay where they are. */
const withoutTables = (text: string): string =>
  text.replace(
    NONCE_TABLE,
    (_all, open, table: string, close) => open + table.replace(/"[0-9a-f]{10}"/gi, `"${BLANK}"`) + close,
  )

/** More than there is between the word and the nonce that it belongs to, before or behind it. */
const AROUND = 500

/** Where the word is, each with what is around it, as ranges that do not overlap: to look only there takes a fifth of the time. */
function placesOfNonces(text: string): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = []
  for (const { index: at } of text.matchAll(/nonce/gi)) {
    const last = places.at(-1)
    if (last && at - AROUND <= last.to) last.to = at + AROUND
    else places.push({ from: Math.max(0, at - AROUND), to: at + AROUND })
  }
  return places
}

function inPlaces(
  text: string,
  places: readonly { from: number; to: number }[],
  change: (part: string) => string,
): string {
  let done = 0
  const parts = places.flatMap(({ from, to }) => {
    const between = text.slice(done, from)
    done = to
    return [between, change(text.slice(from, to))]
  })
  return parts.join('') + text.slice(done)
}

/** Optimisers that delay scripts put inline scripts into the address of a script. */
const ENCODED_SCRIPT = /(data:(?:text|application)\/javascript(?:;charset=[\w-]{1,20})?;base64,)([A-Za-z0-9+/=]+)/gi

function blankedCode(code: string): string {
  const script = Buffer.from(code, 'base64').toString('latin1')
  const clean = blanked(script)
  return clean === script ? code : Buffer.from(clean, 'latin1').toString('base64')
}

/** The nonces of a page by name: `BP_Nouveau.nonces` (bp-nouveau/buddypress-functions.php). */
export function noncesIn(body: Uint8Array): Record<string, string> {
  const text = latinOf(body).replace(ENCODED_SCRIPT, (_all, _start, code) =>
    Buffer.from(code, 'base64').toString('latin1'),
  )
  const table = /"nonces"\s*:\s*(\{[^{}]*\})/.exec(text)?.[1]
  if (!table) return {}
  return Object.fromEntries(
    [...table.matchAll(/"(\w+)"\s*:\s*"([0-9a-f]{10})"/gi)].map(([, name, nonce]) => [name, nonce]),
  )
}

const SECRET_HEADERS = new Set(['set-cookie', 'set-cookie2', 'authorization', 'x-wp-nonce'])

/** Headers with lower-case names and one value each, without those that hold secrets. */
export function storedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || SECRET_HEADERS.has(name.toLowerCase())
        ? []
        : [[name.toLowerCase(), headerText([value].flat().join(', '))]],
    ),
  )
}

/** The text of a header: undici reads each byte as a character, but redirect plugins and old PHP write addresses in UTF-8. */
function headerText(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return value
  }
}
