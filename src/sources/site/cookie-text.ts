import { Cookie, CookieJar } from 'tough-cookie'
import type { CookieFields, Credentials } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { asHeader, cookiesInFile, HOW_TO_EXPORT, type ParsedCookie, parsed, type Warn } from './cookie-file.js'
import { type CopiedRequest, cookiePairs, copiedRequest } from './copied-request.js'

/** Reads cookies that users copy from their browser. Error messages never contain the value of a cookie. */

/**
 * A `cookies.txt` in Netscape format or another list of cookies, a copied request (cURL, fetch, PowerShell), or a `Cookie:` header.
 * @param site the site of the cookies if the text is only a header; null if the user named several sites, or none.
 * @param warn is called for each line that is skipped.
 * @throws UsageError if the text contains no cookie, or the site of a header is not known.
 */
export function credentialsIn(text: string, site: string | null, warn: Warn = () => {}): Credentials {
  const plain = text.replace(/^\ufeff/, '')
  const copied = copiedRequest(plain)
  return credentialsOf(copied ? ofRequest(copied, site) : (cookiesInFile(plain, warn) ?? headerCookies(plain, site)))
}

/** The cookies that a browser keeps. Those that cannot be sent are left out. */
export const credentialsOfBrowser = (cookies: readonly CookieFields[]): Credentials =>
  credentialsOf(cookies.map(parsed).filter(cookie => typeof cookie !== 'string'))

/** Expired cookies are kept: they show when the session ended, and the jar never sends them. */
function credentialsOf(found: readonly ParsedCookie[]): Credentials {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true })
  for (const { cookie, url } of found) jar.setCookieSync(cookie, url, { ignoreError: true })
  return { cookies: jar.serializeSync()?.cookies ?? [], passwords: [] }
}

/** The value of a Cookie header is one line; a page or another file is none, even if it contains a `=`. */
const headerValueOf = (text: string): string => (/^[^\s=;,<>"'{}()\p{Cc}]+=[^\r\n]*$/u.test(text) ? text : '')

function headerCookies(text: string, site: string | null): ParsedCookie[] {
  const plain = text.trim()
  const header = /^cookie:\s*(.+)$/im.exec(plain)?.[1] ?? headerValueOf(plain)
  return ofRequest({ url: null, cookies: cookiePairs(header) }, site)
}

function ofRequest(request: CopiedRequest, site: string | null): ParsedCookie[] {
  const url = request.url ?? site
  const cookies = request.cookies.filter(({ key, value }) => !/\p{Cc}/u.test(key + value))
  if (cookies.length === 0) throw new UsageError('The text contains no cookie.', HOW_TO_EXPORT)
  if (!url || !URL.canParse(url))
    throw new UsageError(
      'A Cookie header does not name its site.',
      'Give the address of exactly one site together with it.',
    )
  const secure = url.startsWith('https:')
  return cookies.map(({ key, value }) => ({
    cookie: new Cookie({ key: asHeader(key), value: asHeader(value), path: '/', secure, expires: 'Infinity' }),
    url,
  }))
}
