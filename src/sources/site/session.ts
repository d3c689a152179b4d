import { CookieJar } from 'tough-cookie'
import type { Credentials } from '../../model/credentials.js'
import { isLoopback } from '../../model/urls.js'

/** What a reader shows to sites: to each its own only. */
export class Session {
  private readonly jar: CookieJar
  /** Hosts that were asked over https: what they know is never said in clear. */
  private readonly secure = new Set<string>()

  /** What was given, untouched by what sites set. */
  private readonly given: CookieJar

  /** @param acceptsNewSites also cookies of sites of which none was given: for a login. A visitor keeps none. */
  constructor(
    private readonly credentials: Credentials,
    private readonly acceptsNewSites = false,
  ) {
    this.jar = jarOf(credentials)
    this.given = jarOf(credentials)
  }

  /** The reader has a session to show here. */
  hasSessionFor(url: string): boolean {
    return !this.wouldLeak(url) && this.given.getCookieStringSync(url) !== ''
  }

  /** What to tell this address now: its own cookies only, and in clear only to a site that was never asked over https. */
  cookieHeaderFor(url: string): string | undefined {
    const { protocol, hostname } = new URL(url)
    if (protocol === 'https:') this.secure.add(hostname)
    return this.wouldLeak(url) ? undefined : this.jar.getCookieStringSync(url) || undefined
  }

  private wouldLeak(url: string): boolean {
    const { protocol, hostname } = new URL(url)
    return protocol === 'http:' && this.secure.has(hostname) && !isLoopback(hostname)
  }

  /** `Authorization` for REST: an application password of the site that this address lies in. */
  authorizationFor(url: string): string | undefined {
    const own = this.credentials.passwords.find(({ site }) => new URL(url).href.startsWith(new URL(site).href))
    return own && `Basic ${Buffer.from(`${own.user}:${own.password}`).toString('base64')}`
  }

  /** WordPress renews cookies now and then. */
  storeCookies(url: string, setCookie: string | string[] | undefined): void {
    if (!this.acceptsNewSites && !this.hasSessionFor(url)) return
    for (const line of [setCookie ?? []].flat()) this.jar.setCookieSync(line, url, { ignoreError: true })
  }

  /** A login that succeeded has set this cookie (wp_set_auth_cookie). */
  isLoggedIn(url: string): boolean {
    return /(^|; )wordpress_logged_in_/.test(this.jar.getCookieStringSync(url))
  }

  /** As JSON, with what the site has set since. */
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
 * When the session with the site of this address ends, in Unix milliseconds: WordPress writes it into the cookie itself,
 * `user|expiration|token|hmac` (wp_generate_auth_cookie). Null where no cookie tells. The last of several.
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
