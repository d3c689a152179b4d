import { UsageError } from '../../model/errors.js'

/** A request that the developer tools of a browser have copied: as cURL, as fetch, or for PowerShell. */

export interface CopiedRequest {
  /** Null: the request names none. */
  url: string | null
  cookies: { key: string; value: string }[]
}

/** The cookies of a copied request; null: the text is none. @throws UsageError if the browser has left the cookies out. */
export function copiedRequest(text: string): CopiedRequest | null {
  const plain = text.trim()
  if (/^curl(?:\.exe)?\s/i.test(plain)) return ofCurl(plain.replace(/\^(.)/g, '$1'))
  if (/^(?:await\s+)?fetch\s*\(/.test(plain)) return ofFetch(plain)
  return /Invoke-WebRequest|New-Object (?:Microsoft\.PowerShell|System\.Net\.Cookie)/i.test(plain)
    ? ofPowerShell(plain)
    : null
}

/** `name=value; name=value`. */
export const cookiePairs = (header: string): CopiedRequest['cookies'] =>
  [...header.matchAll(/(?:^|;)\s*([^=;\s]+)=([^;\r\n]*)/g)].map(([, key = '', value = '']) => ({
    key,
    value: value.trim(),
  }))

/** `-H 'cookie: …'` and `-b '…'`, quoted for a POSIX shell ('…', $'…') or for Windows ("…", with carets). */
const CURL_COOKIE = /(?:-H|--header)\s+\$?(['"])cookie:\s*(.*?)\1(?=\s|$)|(?:-b|--cookie)\s+\$?(['"])(.*?)\3(?=\s|$)/is
const QUOTED_URL = /['"\s](https?:\/\/[^'"\s]+)/i

function ofCurl(plain: string): CopiedRequest {
  const match = CURL_COOKIE.exec(plain)
  return { url: QUOTED_URL.exec(plain)?.[1] ?? null, cookies: cookiePairs(match?.[2] ?? match?.[4] ?? '') }
}

/** A JavaScript string of JSON's kind after a name: `"cookie": "a=b"`. */
const FETCH_COOKIE = /["']cookie["']\s*:\s*("(?:[^"\\]|\\.)*")/i

/** Browsers leave the cookies out of "Copy as fetch", and not out of "Copy as fetch (Node.js)". */
function ofFetch(plain: string): CopiedRequest {
  const header = FETCH_COOKIE.exec(plain)?.[1]
  if (header === undefined)
    throw new UsageError(
      'The copied request has no cookies: "Copy as fetch" leaves them out.',
      'Copy it as cURL, or as fetch (Node.js).',
    )
  return { url: QUOTED_URL.exec(plain)?.[1] ?? null, cookies: cookiePairs(unescaped(header)) }
}

function unescaped(json: string): string {
  try {
    return String(JSON.parse(json))
  } catch {
    return json.slice(1, -1)
  }
}

/** A string of PowerShell, in which a backtick escapes a character. */
const STRING = '"((?:[^"`]|`.)*)"'
const POWERSHELL_COOKIE = new RegExp(`System\\.Net\\.Cookie\\(${STRING},\\s*${STRING}`, 'gi')
const POWERSHELL_HEADER = new RegExp(`"cookie"\\s*=\\s*${STRING}`, 'i')

function ofPowerShell(plain: string): CopiedRequest {
  const bare = (text = '') => text.replace(/`(.)/g, '$1')
  const added = [...plain.matchAll(POWERSHELL_COOKIE)].map(([, key, value]) => ({ key: bare(key), value: bare(value) }))
  const url = /-Uri\s+"(https?:\/\/[^"]+)"/i.exec(plain)?.[1] ?? QUOTED_URL.exec(plain)?.[1] ?? null
  return { url, cookies: [...added, ...cookiePairs(bare(POWERSHELL_HEADER.exec(plain)?.[1]))] }
}
