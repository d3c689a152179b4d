import { Cookie, CookieJar } from 'tough-cookie'
import type { Credentials } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'

/** Reads cookies that users copy from their browser. Error messages never contain the value of a cookie. */

const HOW_TO_EXPORT =
  'Log in to the community with your browser. Then export a cookies.txt file in Netscape format with a browser add-on, or copy a request in the developer tools ("Copy as cURL"), or copy the value of its Cookie header.'

/**
 * A `cookies.txt` in Netscape format, a cURL command, or a `Cookie:` header.
 * @param site the site of the cookies if the text is only a header; null if the user named several sites, or none.
 * @throws UsageError if the text contains no cookie, a line is invalid, or the site of a header is not known.
 */
export function credentialsIn(text: string, site: string | null): Credentials {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true })
  const found = text.includes('\t') ? netscapeCookies(text) : headerCookies(text, site)
  for (const { cookie, url } of found) jar.setCookieSync(cookie, url, { ignoreError: true })
  // Expired cookies are kept: they show when the session ended, and the jar never sends them.
  return { cookies: jar.serializeSync()?.cookies ?? [], passwords: [] }
}

interface ParsedCookie {
  cookie: Cookie
  url: string
}

/** Each line is `domain, with subdomains, path, secure, expires (Unix seconds, 0: session), name, value`, separated by tabs. */
function netscapeCookies(text: string): ParsedCookie[] {
  const lines = text.split(/\r?\n/).map(line => line.replace(/^#HttpOnly_/, ''))
  return lines.flatMap((line, at) => (line.trim() === '' || line.startsWith('#') ? [] : [cookieIn(line, at)]))
}

function cookieIn(line: string, at: number): ParsedCookie {
  const [domain = '', subdomains = '', path = '', secure = '', expires = '', key = '', value] = line.split('\t')
  if (value === undefined || !domain || !key) {
    throw new UsageError(`Line ${at + 1} of the cookies does not have seven fields separated by tabs.`, HOW_TO_EXPORT)
  }
  const host = domain.replace(/^\./, '')
  const url = `${secure === 'TRUE' ? 'https' : 'http'}://${host}${path || '/'}`
  const until = Number(expires)
  const cookie = new Cookie({
    key,
    value,
    path: path || '/',
    secure: secure === 'TRUE',
    ...(subdomains === 'TRUE' ? { domain: host } : {}),
    expires: until > 0 ? new Date(until * 1000) : 'Infinity',
  })
  return { cookie, url }
}

/** `-H 'cookie: …'` and `-b '…'` of a cURL command, quoted for a POSIX shell ('…', $'…') or for Windows ("…", with carets). */
const CURL_COOKIE = /(?:-H|--header)\s+\$?(['"])cookie:\s*(.*?)\1(?=\s|$)|(?:-b|--cookie)\s+\$?(['"])(.*?)\3(?=\s|$)/is
const CURL_URL = /['"\s](https?:\/\/[^'"\s]+)/i

function headerCookies(text: string, site: string | null): ParsedCookie[] {
  const plain = text.replace(/\^(.)/g, '$1').trim()
  const isCurl = /^curl(\.exe)?\s/i.test(plain)
  const match = isCurl ? CURL_COOKIE.exec(plain) : null
  const header = isCurl ? (match?.[2] ?? match?.[4]) : (/^cookie:\s*(.+)$/im.exec(plain)?.[1] ?? plain)
  const url = (isCurl && CURL_URL.exec(plain)?.[1]) || site
  const pairs = [...(header ?? '').matchAll(/(?:^|;)\s*([^=;\s]+)=([^;\r\n]*)/g)]
  if (pairs.length === 0) throw new UsageError('The text contains no cookie.', HOW_TO_EXPORT)
  if (!url)
    throw new UsageError(
      'A Cookie header does not name its site.',
      'Give the address of exactly one site together with it.',
    )
  const secure = url.startsWith('https:')
  return pairs.map(([, key = '', value = '']) => ({
    cookie: new Cookie({ key, value: value.trim(), path: '/', secure, expires: 'Infinity' }),
    url,
  }))
}
