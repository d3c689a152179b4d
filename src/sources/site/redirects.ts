import { spelled } from '../../model/addresses.js'
import { NetworkError } from '../../model/errors.js'
import { sameHost, withAmpersands, withoutSecrets, withoutUser } from '../../model/urls.js'
import type { HttpResponse } from './http.js'

const MAX_REDIRECTS = 8

/** Where the redirects of a request lead. `isPermanent`: all of them are for good (301, 308). */
export interface Redirect {
  /** The page that was requested last. */
  from: string
  to: string
  isPermanent: boolean
}

/** A redirect that cannot be followed. Another attempt would fail in the same way. */
export class RedirectError extends NetworkError {
  /** `leadsTo`: the page of another site; null: none. */
  constructor(
    message: string,
    advice: string | null = null,
    readonly leadsTo: Redirect | null = null,
  ) {
    super(message, advice)
  }
}

/**
 * The URL that a redirect leads to, without a fragment. `isPermanent`: for the error, whether all redirects so far are.
 * @throws RedirectError if the redirect leads to another site or to an invalid URL.
 */
function redirectTarget(from: string, header: string, isPermanent: boolean): string {
  // BuddyPress 12 and later writes the markup of its plain permalinks into the header: `/?bp_groups=1&amp;bp_group=SLUG`.
  const location = withAmpersands(header)
  const url = URL.canParse(location, from) ? new URL(location, from) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new RedirectError(
      `${from} redirects to "${withoutUser(location).slice(0, 200)}", which is not a web address.`,
      OPEN_IN_BROWSER,
    )
  }
  // A browser does not show them either, and the archive must not store them.
  Object.assign(url, { hash: '', username: '', password: '' })
  // `URL` encodes raw letters in upper case, and WordPress knows them in lower case only. Codes that the site wrote stay as they are.
  const to = IS_ASCII.test(location) ? url.href : spelled(url)
  if (sameHost(to, from)) return to
  throw new RedirectError(
    `${from} redirects to another site, ${url.origin}.`,
    `If the community has moved there, archive it under that address: threadkeep archive ${withoutSecrets(to)}`,
    { from, to, isPermanent },
  )
}

const IS_ASCII = /^[\0-\x7f]*$/

const circularRedirect = (url: string): RedirectError =>
  new RedirectError(`${url} redirects in a circle.`, 'Open the address in a browser: it may require a login.')

const endlessRedirect = (url: string): RedirectError =>
  new RedirectError(`${url} redirects more than ${MAX_REDIRECTS} times in a row.`, OPEN_IN_BROWSER)

const OPEN_IN_BROWSER = 'Open the address in a browser.'

const locationOf = ({ status, headers }: HttpResponse): string | undefined =>
  status >= 300 && status < 400 ? headers['location'] : undefined

export interface Followed {
  url: string
  response: HttpResponse
  isPermanent: boolean
}

/**
 * The response after all redirects, its URL, and whether there were redirects that are all for good.
 * Where redirects lead back to a URL that sent them, as those of gates that test for cookies do, the request starts again, once: a second
 * circle is one, and costs no more requests.
 * @param checkUrl is called with each URL that a redirect leads to; an error that it throws ends the request.
 * @throws RedirectError if a redirect leads to another site or to an invalid URL, or if there are too many redirects.
 */
export async function followRedirects(
  url: string,
  send: (url: string) => Promise<HttpResponse>,
  checkUrl: (url: string) => void | Promise<void> = () => {},
): Promise<Followed> {
  let at = url
  let isPermanent = true
  let isAgain = false
  const seen = new Set<string>()
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await send(at)
    const location = locationOf(response)
    if (!location) return { url: at, response, isPermanent: isPermanent && at !== url }
    seen.add(at)
    isPermanent &&= response.status === 301 || response.status === 308
    at = redirectTarget(at, location, isPermanent)
    if (seen.has(at)) {
      if (isAgain) throw circularRedirect(url)
      at = url
      isAgain = true
      seen.clear()
    }
    await checkUrl(at)
  }
  throw endlessRedirect(url)
}
