import type { Credentials } from '../../model/credentials.js'
import { AccessError, NetworkError, SessionEnded, UsageError } from '../../model/errors.js'
import { NAMESPACES, restUrl } from '../../model/rest.js'
import { isLoopback, sameHost } from '../../model/urls.js'
import { type LiveSource, sessionEnds, signIn } from '../../sources/index.js'
import { ajaxUrlOf } from '../plan/requests.js'
import { indexRequest } from '../plan/rest-requests.js'
import { targetUrl } from '../plan/target.js'
import type { ArchiveOptions } from '../session/options.js'
import { openLive, settingsOf } from '../session/source.js'
import type { DoctorDeps } from './doctor.js'
import { SingleRequests } from './single-requests.js'

export interface LoginRequest {
  /** Any page of the community. */
  site: string
  /** Empty: the session is among the options' credentials already. */
  user: string
  password: string
  /** The password is an application password: for REST alone, without a session. */
  isApplication: boolean
  /** The address of the login form, where it is not at the usual place. */
  form: string | null
  /** Also over http, where everybody on the way can read the password. */
  insecure: boolean
}

/** A login that the site has accepted. */
export interface Login {
  /** Base URL of the community. */
  site: string
  user: string
  credentials: Credentials
  /** Unix milliseconds; null where the site does not say, or where it does not end. */
  endsAt: number | null
}

/**
 * Logs in to a community, and proves that it has worked.
 * @throws UsageError if the password would go over the net in clear; AccessError if the site refuses it.
 */
export async function logIn(request: LoginRequest, options: ArchiveOptions, deps: DoctorDeps): Promise<Login> {
  const target = targetUrl(request.site)
  refuseClearText(target, request)
  const source = openLive(target, options, deps)
  try {
    const { capture, page } = await new SingleRequests(source).send({ url: target })
    refuseClearText(capture.url, request)
    const site = page.site.url
    if (request.user === '') return await byCookies(site, ajaxUrlOf(page), page.signedIn, options.credentials, source)
    return request.isApplication
      ? await byApplicationPassword({ ...request, site }, page.apiUrl, ajaxUrlOf(page), options, deps)
      : await byForm({ ...request, site }, ajaxUrlOf(page), options, deps)
  } finally {
    await source.close()
  }
}

function refuseClearText(url: string, { insecure }: LoginRequest): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || insecure || isLoopback(hostname)) return
  throw new UsageError(
    `${url} is not secure: everybody on the way could read the password.`,
    'Give the address with https://. If the site has none, --insecure sends the password all the same.',
  )
}

/** A browser's session: kept if the site takes it. */
async function byCookies(
  site: string,
  ajaxUrl: string,
  signedIn: boolean,
  credentials: Credentials,
  source: LiveSource,
): Promise<Login> {
  if (!signedIn && !(await source.holds(ajaxUrl))) throw new SessionEnded(site)
  return { site, user: '', credentials, endsAt: sessionEnds(credentials, site) }
}

async function byForm(
  request: LoginRequest,
  ajaxUrl: string,
  options: ArchiveOptions,
  deps: DoctorDeps,
): Promise<Login> {
  const { site, user } = request
  const form = new URL(request.form ?? 'wp-login.php', site).href
  refuseClearText(form, request)
  if (!sameHost(form, site)) {
    throw new UsageError(
      `${form} lies on another host than ${site}, and its cookies would not be good there.`,
      'Where another site logs people in, do it with the browser, and give its cookies with --cookies.',
    )
  }
  const { clock, signal, reporter: listener } = deps
  const credentials = await signIn(form, request, settingsOf(options, deps), { clock, listener, signal })
  const source = openLive(site, { ...options, credentials }, deps)
  try {
    if ((await source.holds(ajaxUrl)) === false) {
      throw new AccessError(`${site} took the login, and answers as to a visitor all the same.`, 'Use --cookies.')
    }
  } finally {
    await source.close()
  }
  return { site, user, credentials, endsAt: sessionEnds(credentials, site) }
}

/** `members/me` is for those alone who are somebody (BuddyPress 5 and later); a wrong password makes a visitor, without a word. */
async function byApplicationPassword(
  { site, user, password }: LoginRequest,
  apiUrl: string | null,
  ajaxUrl: string,
  options: ArchiveOptions,
  deps: DoctorDeps,
): Promise<Login> {
  const root = apiUrl ?? new URL('wp-json/', site).href
  const credentials: Credentials = { cookies: [], passwords: [{ site, user, password }] }
  const source = openLive(site, { ...options, credentials }, deps)
  try {
    const requests = new SingleRequests(source)
    const index = (await requests.send(indexRequest(root, ajaxUrl))).page
    const namespace = NAMESPACES.find(name => index.namespaces?.includes(name))
    if (!namespace) throw new NetworkError(`${root} offers no REST interface of BuddyPress or BuddyBoss.`, NO_REST)
    const { capture } = await requests.send({ url: restUrl(root, `${namespace}/members/me`), nonce: 'rest' })
    if (capture.status >= 300) throw passwordRefused(site, capture.status)
  } finally {
    await source.close()
  }
  return { site, user, credentials, endsAt: null }
}

const NO_REST = 'An application password is good for REST only: log in without --application-password.'

const passwordRefused = (site: string, status: number): AccessError =>
  new AccessError(
    `${site} did not accept the application password (HTTP ${status}).`,
    'Make one in your profile on the site (Application Passwords), and give your user name, not its name. Some hosts drop the header that carries it.',
  )
