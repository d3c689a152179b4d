import { Cookie, CookieJar } from 'tough-cookie'
import type { Credentials } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'

/** The ways in which people bring the cookies of their browser. Messages never hold a value. */

const HOW_TO_EXPORT =
  'While logged in to the community, export a cookies.txt in Netscape format with an add-on of the browser; or copy the request in its developer tools ("Copy as cURL"), or the value of its Cookie header.'

/**
 * A `cookies.txt` in Netscape format, a cURL command, or a `Cookie:` header.
 * @param site whose cookies a bare header holds; null where the user has named several sites, or none.
 * @throws UsageError if the text holds no cookie.
 */
export function credentialsIn(text: string, site: string | null): Credentials {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true })
  const found = text.includes('\t') ? netscapeCookies(text) : headerCookies(text, site)
  for (const { cookie, url } of found) jar.setCookieSync(cookie, url, { ignoreError: true })
  // One that has expired says when the session ended, and is not sent.
  return { cookies: jar.serializeSync()?.cookies ?? [], passwords: [] }
}

interface ParsedCookie {
  cookie: Cookie
  url: string
}

/** Each line is `domain, with subdomains, path, secure, expires (Unix seconds, 0: session), name, value`, parted by tabs. */
function netscapeCookies(text: string): ParsedCookie[] {
  const lines = text.split(/\r?\n/).map(line => line.replace(/^#HttpOnly_/, ''))
  return lines.flatMap((line, at) => (line.trim() === '' || line.startsWith('#') ? [] : [cookieIn(line, at)]))
}

function cookieIn(line: string, at: number): ParsedCookie {
  const [domain = '', subdomains = '', path = '', secure = '', expires = '', key = '', value] = line.split('\t')
  if (value === undefined || !domain || !key) {
    throw new UsageError(`Line ${at + 1} of the cookies is not seven fields parted by tabs.`, HOW_TO_EXPORT)
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

/** `-H 'cookie: …'` and `-b '…'`, quoted for a POSIX shell ('…', $'…') or for Windows ("…", with carets). */
const CURL_COOKIE = /(?:-H|--header)\s+\$?(['"])cookie:\s*(.*?)\1(?=\s|$)|(?:-b|--cookie)\s+\$?(['"])(.*?)\3(?=\s|$)/is
const CURL_URL = /['"\s](https?:\/\/[^'"\s]+)/i

function headerCookies(text: string, site: string | null): ParsedCookie[] {
  const plain = text.replace(/\^(.)/g, '$1').trim()
  const isCurl = /^curl(\.exe)?\s/i.test(plain)
  const match = isCurl ? CURL_COOKIE.exec(plain) : null
  const header = isCurl ? (match?.[2] ?? match?.[4]) : (/^cookie:\s*(.+)$/im.exec(plain)?.[1] ?? plain)
  const url = (isCurl && CURL_URL.exec(plain)?.[1]) || site
  const pairs = [...(header ?? '').matchAll(/(?:^|;)\s*([^=;\s]+)=([^;\r\n]*)/g)]
  if (pairs.length === 0) throw new UsageError('There is no cookie in what was given.', HOW_TO_EXPORT)
  if (!url) throw new UsageError('A Cookie header does not say whose it is.', 'Name one site when you give it.')
  const secure = url.startsWith('https:')
  return pairs.map(([, key = '', value = '']) => ({
    cookie: new Cookie({ key, value: value.trim(), path: '/', secure, expires: 'Infinity' }),
    url,
  }))
}
