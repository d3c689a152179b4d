import { type Credentials, NO_CREDENTIALS } from '../../model/credentials.js'
import { AccessError } from '../../model/errors.js'
import { isLoopback } from '../../model/urls.js'
import type { SourceOutside } from '../source.js'
import type { Answer } from './http.js'
import { followed } from './redirects.js'
import { Requester, type RequesterOptions } from './requester.js'
import { Session } from './session.js'

/**
 * WordPress' login form (wp-login.php): the fields `log` and `pwd`, hidden ones, and a cookie that proves that cookies work.
 * Success sets `wordpress_logged_in_…` and redirects; a refusal is the form again, with `#login_error` (reference 11.4).
 * No robots.txt is looked at: a person logs in here, of their own.
 * @throws AccessError with the site's own words if it refuses; NetworkError if it does not answer.
 */
export async function signIn(
  form: string,
  { user, password }: { user: string; password: string },
  options: Omit<RequesterOptions, 'session'>,
  { clock, listener, signal }: SourceOutside,
): Promise<Credentials> {
  const session = new Session(NO_CREDENTIALS, true)
  const asker = new Requester({ ...options, session }, clock, listener, signal)
  try {
    await send(form, user, password, asker, session)
    return session.toCredentials()
  } finally {
    await asker.close()
  }
}

async function send(form: string, user: string, password: string, asker: Requester, session: Session): Promise<void> {
  const { url, answer } = await formAt(form, asker)
  const page = Buffer.from(answer.body).toString('utf8')
  if (!/name=["']pwd["']/.test(page)) {
    throw new AccessError(
      `${url} shows no login form of WordPress.`,
      `Name its address with --login-url; or ${BROWSER}`,
    )
  }
  session.took(url, 'wordpress_test_cookie=WP%20Cookie%20check; path=/')
  const fields = { ...hiddenIn(page), log: user, pwd: password, rememberme: 'forever', testcookie: '1' }
  // Once: a wrong password that is sent again and again locks people out.
  const reply = await asker.ask({ url, referer: url }, { form: { ...fields, 'wp-submit': 'Log In' } }, 0)
  if (!session.isLoggedIn(url)) throw refused(url, reply)
}

const NOT_IN_CLEAR = 'Ask the people who run the site to repair its https.'

const BROWSER = 'log in with the browser, and give its cookies with --cookies.'

const formAt = (form: string, asker: Requester): Promise<{ url: string; answer: Answer }> =>
  followed(
    form,
    url => asker.ask({ url }),
    url => {
      if (!form.startsWith('https:') || !url.startsWith('http:') || isLoopback(new URL(url).hostname)) return
      throw new AccessError(`${form} leads to ${url}: there the password would be sent in clear.`, NOT_IN_CLEAR)
    },
  )

/** Plugins add fields of their own, and some want them back. */
function hiddenIn(page: string): Record<string, string> {
  const inputs = page.match(/<input\b[^>]*\btype=["']hidden["'][^>]*>/gi) ?? []
  const attribute = (input: string, name: string) => new RegExp(`\\b${name}=["']([^"']*)["']`, 'i').exec(input)?.[1]
  return Object.fromEntries(
    inputs.flatMap(input => {
      const name = attribute(input, 'name')
      return name ? [[name, (attribute(input, 'value') ?? '').replace(/&amp;|&#0?38;/g, '&')]] : []
    }),
  )
}

function refused(url: string, { body, status }: Answer): AccessError {
  const page = Buffer.from(body).toString('utf8')
  const said = /id=["']login_error["'][^>]*>(.*?)<\/div>/is.exec(page)?.[1]
  const words = said
    ?.replace(/<a\b.*?<\/a>/gis, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
  const why = words ? `It says: ${words}` : `It answered with HTTP ${status} and no session.`
  return new AccessError(
    `${url} did not accept the login. ${why}`,
    `Check user name and password. Where a second factor or a captcha is asked for, ${BROWSER}`,
  )
}
