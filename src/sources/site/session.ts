import { CookieJar } from 'tough-cookie'
import type { Credentials } from '../../model/credentials.js'
import { isLoopback } from '../../model/urls.js'

/** Cookies and passwords of a reader. Each is sent to its own site only. */
export class Session {
  private readonly jar: CookieJar
  /** Hosts with a request over https: they get no cookie over http afterwards. */
  private readonly secure = new Set<string>()

  /** The cookies that the user gave, without those that sites have set since. */
  private readonly given: CookieJar

  /** False for visitors of sites that set none: nothing has to be looked up for their requests. */
  private hasCookies: boolean

  constructor(private readonly credentials: Credentials) {
    this.jar = jarOf(credentials)
    this.given = jarOf(credentials)
    this.hasCookies = credentials.cookies.length > 0
  }

  /** True if the user gave a cookie for this URL. */
  hasSessionFor(url: string): boolean {
    return this.credentials.cookies.length > 0 && !this.wouldLeak(url) && this.given.getCookieStringSync(url) !== ''
  }

  /** `Cookie` header for a URL. Over http only if the host had no request over https before. */
  cookieHeaderFor(url: string): string | undefined {
    const { protocol, hostname } = new URL(url)
    if (protocol === 'https:') this.secure.add(hostname)
    return !this.hasCookies || this.wouldLeak(url) ? undefined : this.jar.getCookieStringSync(url) || undefined
  }

  private wouldLeak(url: string): boolean {
    const { protocol, hostname } = new URL(url)
    return protocol === 'http:' && this.secure.has(hostname) && !isLoopback(hostname)
  }

  /** `Authorization` header for REST: the application password of the site that contains the URL. */
  authorizationFor(url: string): string | undefined {
    const own = this.credentials.passwords.find(({ site }) => new URL(url).href.startsWith(new URL(site).href))
    return own && `Basic ${Buffer.from(`${own.user}:${own.password}`).toString('base64')}`
  }

  /** Keeps the cookies of a response until the run ends, also for a visitor: gates test for them, and WordPress renews them. */
  storeCookies(url: string, setCookie: string | string[] | undefined): void {
    for (const line of [setCookie ?? []].flat()) {
      this.jar.setCookieSync(line, url, { ignoreError: true })
      this.hasCookies = true
    }
  }

  /** True if the site has set the cookie of a successful login (wp_set_auth_cookie). */
  isLoggedIn(url: string): boolean {
    return /(^|; )wordpress_logged_in_/.test(this.jar.getCookieStringSync(url))
  }

  /** The credentials, with cookies that sites have set since. */
  toCredentials(): Credentials {
    return { cookies: this.jar.serializeSync()?.cookies ?? [], passwords: this.credentials.passwords }
  }
}

const jarOf = ({ cookies }: Credentials): CookieJar =>
  CookieJar.deserializeSync({
    version: 'tough-cookie@6',
    storeType: 'MemoryCookieStore',
    rejectPublicSuffixes: false,
    looseMode: true,
    cookies: cookies.map(cookie => ({ ...cookie })),
  })

/**
 * When the session with the site of this URL ends, in Unix milliseconds: the latest of its cookies. WordPress writes the time
 * into the cookie, `user|expiration|token|hmac` (wp_generate_auth_cookie). Null if no cookie has it.
 */
export function sessionEnds(credentials: Credentials, url: string): number | null {
  const { hostname } = new URL(url)
  const ends = credentials.cookies
    .filter(
      ({ key, domain }) => String(key).startsWith('wordpress_logged_in_') && domainMatches(hostname, String(domain)),
    )
    .map(({ value }) => Number(/^[^|]*\|(\d{9,11})\|/.exec(decoded(String(value)))?.[1]) * 1000)
    .filter(Number.isFinite)
  return ends.length > 0 ? Math.max(...ends) : null
}

const domainMatches = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
