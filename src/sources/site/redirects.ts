import { NetworkError } from '../../model/errors.js'
import { sameHost, withoutUser } from '../../model/urls.js'
import type { HttpResponse } from './http.js'

const MAX_REDIRECTS = 8

/** A redirect that cannot be followed. Another attempt would fail in the same way. */
export class RedirectError extends NetworkError {}

/**
 * The URL that a redirect leads to, without a fragment.
 * @throws RedirectError if the redirect leads to another site or to an invalid URL.
 */
export function redirectTarget(from: string, header: string): string {
  // BuddyPress 12 and later writes the markup of its plain permalinks into the header: `/?bp_groups=1&amp;bp_group=SLUG`.
  const location = header.replace(/&(amp|#0?38);/g, '&')
  const url = URL.canParse(location, from) ? new URL(location, from) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new RedirectError(
      `${from} redirects to "${withoutUser(location).slice(0, 200)}", which is not a web address.`,
      OPEN_IN_BROWSER,
    )
  }
  if (!sameHost(url.href, from)) {
    throw new RedirectError(
      `${from} redirects to another site, ${url.origin}.`,
      `If the community has moved there, archive it under that address: threadkeep archive ${url.origin}/…`,
    )
  }
  // A browser does not show them either, and the archive must not store them.
  Object.assign(url, { hash: '', username: '', password: '' })
  return url.href
}

const circularRedirect = (url: string): RedirectError =>
  new RedirectError(`${url} redirects in a circle.`, 'Open the address in a browser: it may require a login.')

const OPEN_IN_BROWSER = 'Open the address in a browser.'

const locationOf = ({ status, headers }: HttpResponse): string | undefined =>
  status >= 300 && status < 400 ? headers['location'] : undefined

/**
 * The response after all redirects, and its URL.
 * @param checkUrl is called with each URL that a redirect leads to; an error that it throws ends the request.
 * @throws RedirectError if a redirect leads to another site or to an invalid URL, or if there are too many redirects.
 */
export async function followRedirects(
  url: string,
  send: (url: string) => Promise<HttpResponse>,
  checkUrl: (url: string) => void | Promise<void> = () => {},
): Promise<{ url: string; response: HttpResponse }> {
  let at = url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await send(at)
    const location = locationOf(response)
    if (!location) return { url: at, response }
    at = redirectTarget(at, location)
    await checkUrl(at)
  }
  throw circularRedirect(url)
}
