import { Cookie, CookieJar } from 'tough-cookie'
import type { Credentials } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { cookiesInFile, HOW_TO_EXPORT, type ParsedCookie } from './cookie-file.js'

/** Reads cookies that users copy from their browser. Error messages never contain the value of a cookie. */

/**
 * A `cookies.txt` in Netscape format or another list of cookies, a cURL command, or a `Cookie:` header.
 * @param site the site of the cookies if the text is only a header; null if the user named several sites, or none.
 * @throws UsageError if the text contains no cookie, or the site of a header is not known.
 */
export function credentialsIn(text: string, site: string | null): Credentials {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true })
  const plain = text.replace(/^\ufeff/, '')
  const found = cookiesInFile(plain) ?? headerCookies(plain, site)
  for (const { cookie, url } of found) jar.setCookieSync(cookie, url, { ignoreError: true })
  // Expired cookies are kept: they show when the session ended, and the jar never sends them.
  return { cookies: jar.serializeSync()?.cookies ?? [], passwords: [] }
}

/** `-H 'cookie: …'` and `-b '…'` of a cURL command, quoted for a POSIX shell ('…', $'…') or for Windows ("…", with carets). */
const CURL_COOKIE = /(?:-H|--header)\s+\$?(['"])cookie:\s*(.*?)\1(?=\s|$)|(?:-b|--cookie)\s+\$?(['"])(.*?)\3(?=\s|$)/is
const CURL_URL = /['"\s](https?:\/\/[^'"\s]+)/i

/** The value of a Cookie header is one line; a page or another file is none, even if it contains a `=`. */
const headerValueOf = (text: string): string => (/^[^\s=;,<>"'{}()\p{Cc}]+=[^\r\n]*$/u.test(text) ? text : '')

function headerCookies(text: string, site: string | null): ParsedCookie[] {
  const plain = text.replace(/\^(.)/g, '$1').trim()
  const isCurl = /^curl(\.exe)?\s/i.test(plain)
  const match = isCurl ? CURL_COOKIE.exec(plain) : null
  const header = isCurl ? (match?.[2] ?? match?.[4]) : (/^cookie:\s*(.+)$/im.exec(plain)?.[1] ?? headerValueOf(plain))
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
