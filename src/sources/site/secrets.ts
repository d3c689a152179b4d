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
const NONCE_TABLE = /("nonces"\s*:\s*\{)([^}]*)(\})/g
const BLANK = '0000000000'

/** The body with each nonce replaced by zeros. Bytes that are not ASCII are unchanged, in any charset. */
export function withoutNonces(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  if (!/nonce/i.test(text)) return body
  let clean = text.replace(
    NONCE_TABLE,
    (_all, open, table: string, close) => open + table.replace(/"[0-9a-f]{10}"/gi, `"${BLANK}"`) + close,
  )
  for (const place of NONCE_PATTERNS) clean = clean.replace(place, `$1${BLANK}`)
  return Buffer.from(clean, 'latin1')
}

/** The nonces of a page by name: `BP_Nouveau.nonces` (bp-nouveau/buddypress-functions.php). */
export function noncesIn(body: Uint8Array): Record<string, string> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const table = /"nonces"\s*:\s*(\{[^}]*\})/.exec(text)?.[1]
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
