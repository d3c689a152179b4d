import { NetworkError } from '../../model/errors.js'
import { sameHost } from '../../model/urls.js'

const MAX_REDIRECTS = 8

/** An answer that leads nowhere: asking again, now or another day, would bring the same. */
export class RedirectError extends NetworkError {}

/**
 * Where a redirect leads, without a fragment.
 * @throws RedirectError if it leaves the site, or leads to no address at all.
 */
export function redirectTarget(from: string, location: string): string {
  const url = URL.canParse(location, from) ? new URL(location, from) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new RedirectError(
      `${from} redirects to "${location.slice(0, 200)}", which is no web address.`,
      OPEN_IN_BROWSER,
    )
  }
  if (!sameHost(url.href, from)) {
    throw new RedirectError(
      `${from} redirects to another site, ${url.origin}.`,
      `If that is where the community lives now, archive it there: threadkeep archive ${url.origin}/…`,
    )
  }
  url.hash = ''
  return url.href
}

const circularRedirect = (url: string): RedirectError =>
  new RedirectError(`${url} redirects in a circle.`, `${OPEN_IN_BROWSER.slice(0, -1)}: it may need a login.`)

const OPEN_IN_BROWSER = 'Open the address in a browser.'

const locationOf = (answer: RedirectableResponse): string | undefined =>
  answer.status >= 300 && answer.status < 400 ? answer.headers['location'] : undefined

interface RedirectableResponse {
  status: number
  headers: Record<string, string>
}

/**
 * The answer behind all redirects, and where it stands.
 * @param mayGo is asked of each address that a redirect leads to; what it throws ends the following.
 * @throws RedirectError if they leave the site, lead to no address, or do not end.
 */
export async function followRedirects<Found extends RedirectableResponse>(
  url: string,
  ask: (url: string) => Promise<Found>,
  mayGo: (url: string) => void | Promise<void> = () => {},
): Promise<{ url: string; answer: Found }> {
  let at = url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await ask(at)
    const location = locationOf(answer)
    if (!location) return { url: at, answer }
    at = redirectTarget(at, location)
    await mayGo(at)
  }
  throw circularRedirect(url)
}
