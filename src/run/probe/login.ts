import type { Credentials } from '../../model/credentials.js'
import { AccessError, KnownError, NetworkError, SessionEnded, UsageError } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import { NAMESPACES, restUrl } from '../../model/rest.js'
import { isLoopback, sameHost } from '../../model/urls.js'
import { type LiveSource, sessionEnds, signIn } from '../../sources/index.js'
import { ajaxUrlOf } from '../plan/requests.js'
import { indexRequest } from '../plan/rest-requests.js'
import { targetUrl } from '../plan/target.js'
import type { ArchiveOptions } from '../session/options.js'
import { type SourceDeps, settingsOf, withLive } from '../session/source.js'
import { storingNothing, withProbe } from './single-requests.js'

export interface LoginRequest {
  /** Any page of the community. */
  site: string
  /** Empty: the options' credentials already contain the session. */
  user: string
  password: string
  /** The password is an application password, which is for REST only and creates no session. */
  isApplication: boolean
  /** URL of the login form; null: `wp-login.php` of the site. */
  form: string | null
  /** Allow http, over which others can read the password. */
  insecure: boolean
}

/** A login that the site has accepted. */
export interface Login {
  /** Base URL of the community. */
  site: string
  user: string
  credentials: Credentials
  /** Unix milliseconds; null if it is not known or the login does not expire. */
  endsAt: number | null
}

/**
 * Logs in to a community, and checks that the site accepts the login.
 * @throws UsageError if the password would be sent unencrypted; AccessError if the site refuses it; NetworkError if the site has
 * no REST interface for an application password.
 */
export async function logIn(request: LoginRequest, options: ArchiveOptions, deps: SourceDeps): Promise<Login> {
  try {
    return await loggedIn(request, options, deps)
  } catch (error) {
    throw error instanceof KnownError ? storingNothing(error, LOGIN_AGAIN) : error
  }
}

const LOGIN_AGAIN = 'Run threadkeep login again later.'

async function loggedIn(request: LoginRequest, options: ArchiveOptions, deps: SourceDeps): Promise<Login> {
  const target = targetUrl(request.site)
  refuseClearText(target, request)
  return withProbe(target, options, deps, async probe => {
    const { capture, page } = await probe.send({ url: target })
    refuseClearText(capture.url, request)
    const site = page.site.url
    const attempt = { request, page, site, ajaxUrl: ajaxUrlOf(page), options, deps }
    if (request.user === '') return byCookies(attempt, probe.source)
    return request.isApplication ? byApplicationPassword(attempt) : byForm(attempt)
  })
}

/** One login. */
interface Attempt {
  request: LoginRequest
  /** The page of the community that was named. */
  page: Page
  /** Base URL of the community. */
  site: string
  ajaxUrl: string
  options: ArchiveOptions
  deps: SourceDeps
}

function refuseClearText(url: string, { insecure }: LoginRequest): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || insecure || isLoopback(hostname)) return
  throw new UsageError(
    `${url} is not secure: others on the network could read the password.`,
    'Give the address with https://. If the site has no https, use --insecure to send the password unencrypted.',
  )
}

/** The session of a browser. @throws SessionEnded if the site does not accept it. */
async function byCookies({ page, site, ajaxUrl, options }: Attempt, source: LiveSource): Promise<Login> {
  const { credentials } = options
  if (!page.signedIn && !(await source.holds(ajaxUrl))) throw new SessionEnded(site)
  return { site, user: '', credentials, endsAt: sessionEnds(credentials, site) }
}

async function byForm({ request, site, ajaxUrl, options, deps }: Attempt): Promise<Login> {
  const form = new URL(request.form ?? 'wp-login.php', site).href
  refuseClearText(form, request)
  if (!sameHost(form, site)) {
    throw new UsageError(
      `${form} is on another host than ${site}, where its cookies would not be valid.`,
      'If members log in on another site, log in with your browser and give its cookies with --cookies FILE.',
    )
  }
  const { clock, signal, reporter: listener } = deps
  const credentials = await signIn(form, request, settingsOf(options, deps), { clock, listener, signal })
  const holds = await withLive(site, { ...options, credentials }, deps, source => source.holds(ajaxUrl))
  if (holds === false)
    throw new AccessError(
      `${site} accepted the login, but still treats this reader as a visitor.`,
      'Log in with your browser and give its cookies with --cookies FILE.',
    )
  return { site, user: request.user, credentials, endsAt: sessionEnds(credentials, site) }
}

/** `members/me` is for logged-in readers only (BuddyPress 5 and later); other requests with a wrong password get a visitor's response. */
async function byApplicationPassword({ request, page, site, ajaxUrl, options, deps }: Attempt): Promise<Login> {
  const { user, password } = request
  const root = page.apiUrl ?? new URL('wp-json/', site).href
  const credentials: Credentials = { cookies: [], passwords: [{ site, user, password }] }
  await withProbe(site, { ...options, credentials }, deps, async probe => {
    const index = (await probe.send(indexRequest(root, ajaxUrl))).page
    const namespace = NAMESPACES.find(name => index.namespaces?.includes(name))
    if (!namespace) throw new NetworkError(`${root} has no REST interface of BuddyPress or BuddyBoss.`, NO_REST)
    const { capture } = await probe.send({ url: restUrl(root, `${namespace}/members/me`), nonce: 'rest' })
    if (capture.status >= 300) throw passwordRefused(site, capture.status)
  })
  return { site, user, credentials, endsAt: null }
}

const NO_REST = 'An application password works for REST only: log in without --application-password.'

const passwordRefused = (site: string, status: number): AccessError =>
  new AccessError(
    `${site} did not accept the application password (HTTP ${status}).`,
    'Create one in your profile on the site (Application Passwords), and give your user name, not the name of the password. Some hosts remove the header that contains it.',
  )
