import { type Credentials, NO_CREDENTIALS } from '../../model/credentials.js'
import { AccessError } from '../../model/errors.js'
import { isLoopback } from '../../model/urls.js'
import type { SourceOutside } from '../source.js'
import type { HttpResponse } from './http.js'
import { followRedirects } from './redirects.js'
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
  const requester = new Requester({ ...options, session }, clock, listener, signal)
  try {
    await submit(form, user, password, requester, session)
    return session.toCredentials()
  } finally {
    await requester.close()
  }
}

async function submit(
  form: string,
  user: string,
  password: string,
  requester: Requester,
  session: Session,
): Promise<void> {
  const { url, answer } = await fetchForm(form, requester)
  const page = Buffer.from(answer.body).toString('utf8')
  if (!/name=["']pwd["']/.test(page)) {
    throw new AccessError(
      `${url} shows no login form of WordPress.`,
      `Name its address with --login-url; or ${USE_BROWSER}`,
    )
  }
  session.storeCookies(url, 'wordpress_test_cookie=WP%20Cookie%20check; path=/')
  const fields = { ...hiddenFieldsIn(page), log: user, pwd: password, rememberme: 'forever', testcookie: '1' }
  // Once: a wrong password that is sent again and again locks people out.
  const reply = await requester.send({ url, referer: url }, { form: { ...fields, 'wp-submit': 'Log In' } }, 0)
  if (!session.isLoggedIn(url)) throw loginRefused(url, reply)
}

const REPAIR_HTTPS = 'Ask the people who run the site to repair its https.'

const USE_BROWSER = 'log in with the browser, and give its cookies with --cookies.'

const fetchForm = (form: string, requester: Requester): Promise<{ url: string; answer: HttpResponse }> =>
  followRedirects(
    form,
    url => requester.send({ url }),
    url => {
      if (!form.startsWith('https:') || !url.startsWith('http:') || isLoopback(new URL(url).hostname)) return
      throw new AccessError(`${form} leads to ${url}: there the password would be sent in clear.`, REPAIR_HTTPS)
    },
  )

/** Plugins add fields of their own, and some want them back. */
function hiddenFieldsIn(page: string): Record<string, string> {
  const inputs = page.match(/<input\b[^>]*\btype=["']hidden["'][^>]*>/gi) ?? []
  const attribute = (input: string, name: string) => new RegExp(`\\b${name}=["']([^"']*)["']`, 'i').exec(input)?.[1]
  return Object.fromEntries(
    inputs.flatMap(input => {
      const name = attribute(input, 'name')
      return name ? [[name, (attribute(input, 'value') ?? '').replace(/&amp;|&#0?38;/g, '&')]] : []
    }),
  )
}

function loginRefused(url: string, { body, status }: HttpResponse): AccessError {
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
    `Check user name and password. Where a second factor or a captcha is asked for, ${USE_BROWSER}`,
  )
}
