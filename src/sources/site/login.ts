import { type Credentials, NO_CREDENTIALS } from '../../model/credentials.js'
import { AccessError } from '../../model/errors.js'
import { isLoopback } from '../../model/urls.js'
import type { SourceOutside } from '../source.js'
import type { HttpResponse } from './http.js'
import { followRedirects } from './redirects.js'
import { Requester, type RequesterOptions } from './requester.js'
import { Session } from './session.js'

/**
 * Logs in by WordPress' login form (wp-login.php). The form has the fields `log` and `pwd`, hidden fields, and a test cookie.
 * After a successful login the site sets `wordpress_logged_in_…` and redirects; otherwise it shows the form again, with
 * `#login_error` (reference 11.4). robots.txt does not apply: a person logs in.
 * @throws AccessError with the site's own words if it refuses the login; NetworkError if there is no response.
 */
export async function signIn(
  form: string,
  member: { user: string; password: string },
  options: Omit<RequesterOptions, 'session'>,
  outside: SourceOutside,
): Promise<Credentials> {
  const session = new Session(NO_CREDENTIALS)
  const requester = new Requester({ ...options, session }, outside)
  try {
    await submit(form, member, requester, session)
    return session.toCredentials()
  } finally {
    await requester.close()
  }
}

async function submit(
  form: string,
  { user, password }: Parameters<typeof signIn>[1],
  requester: Requester,
  session: Session,
): Promise<void> {
  const { url, response } = await fetchForm(form, requester)
  const page = Buffer.from(response.body).toString('utf8')
  if (!/name=["']pwd["']/.test(page)) {
    throw new AccessError(
      `${url} shows no WordPress login form.`,
      `Give the address of the form with --login-url, or ${USE_BROWSER}`,
    )
  }
  session.storeCookies(url, 'wordpress_test_cookie=WP%20Cookie%20check; path=/')
  const fields = { ...hiddenFieldsIn(page), log: user, pwd: password, rememberme: 'forever', testcookie: '1' }
  // No retries: repeated attempts with a wrong password can lock the account.
  const reply = await requester.send({ url, referer: url }, { form: { ...fields, 'wp-submit': 'Log In' } }, 0)
  if (!session.isLoggedIn(url)) throw loginRefused(url, reply)
}

const REPAIR_HTTPS = 'Ask the people who run the site to repair its https.'

const USE_BROWSER = 'log in with your browser and give its cookies with --cookies FILE.'

const fetchForm = (form: string, requester: Requester): Promise<{ url: string; response: HttpResponse }> =>
  followRedirects(
    form,
    url => requester.send({ url }),
    url => {
      if (!form.startsWith('https:') || !url.startsWith('http:') || isLoopback(new URL(url).hostname)) return
      throw new AccessError(`${form} redirects to ${url}, which would send the password unencrypted.`, REPAIR_HTTPS)
    },
  )

/** Hidden fields of the form. Some plugins add fields and require them in the request. */
function hiddenFieldsIn(page: string): Record<string, string> {
  const inputs = (page.match(/<input\b[^<>]*>/gi) ?? []).filter(input => /\btype=["']hidden["']/i.test(input))
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
  const error = /id=["']login_error["'][^<>]*>(.*?)(?:<\/div>|$)/is.exec(page)?.[1]
  const words = error
    ?.replace(/<a\b.*?(?:<\/a>|$)/gis, '')
    .replace(/<[^<>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
  const why = words ? `The site says: ${words}` : `The response was HTTP ${status} without a session cookie.`
  return new AccessError(
    `${url} did not accept the login. ${why}`,
    `Check the user name and the password. If the site requires a second factor or a captcha, ${USE_BROWSER}`,
  )
}
