import { Cookie, CookieJar } from 'tough-cookie'
import { UsageError } from '../model/errors.js'

/**
 * A member's session, out of a browser's `cookies.txt`: the format of Netscape, which curl, wget and yt-dlp read, too. Each
 * line is `domain, with subdomains, path, secure, expires (Unix seconds, 0: session), name, value`, parted by tabs.
 */
export class Session {
  private readonly jar = new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true })

  /** @throws UsageError if the text holds no cookie. Never with a value in it. */
  constructor(text: string) {
    const lines = text.split(/\r?\n/).map(line => line.replace(/^#HttpOnly_/, ''))
    const cookies = lines.filter(line => line.trim() !== '' && !line.startsWith('#')).map(cookieIn)
    if (cookies.length === 0) throw new UsageError('The file of cookies holds no cookie.', HOW)
    for (const { cookie, url } of cookies) this.jar.setCookieSync(cookie, url, { ignoreError: true })
  }

  /** What this address may be told: its own cookies only. */
  headerFor(url: string): string | undefined {
    return this.jar.getCookieStringSync(url) || undefined
  }

  /** WordPress renews cookies now and then. */
  took(url: string, setCookie: string | string[] | undefined): void {
    for (const line of [setCookie ?? []].flat()) this.jar.setCookieSync(line, url, { ignoreError: true })
  }
}

const HOW =
  'Export it with a browser add-on that writes cookies.txt in Netscape format, while logged in to the community.'

function cookieIn(line: string, at: number): { cookie: Cookie; url: string } {
  const [domain = '', subdomains = '', path = '', secure = '', expires = '', key = '', value] = line.split('\t')
  if (value === undefined || !domain || !key) {
    throw new UsageError(`Line ${at + 1} of the file of cookies is not seven fields parted by tabs.`, HOW)
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
