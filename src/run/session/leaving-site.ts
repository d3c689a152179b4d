import type { Archive } from '../../archive/index.js'
import { type Capture, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import { moveShownBy, restBelow, type SiteMove, sameHost, siteKey } from '../../model/urls.js'
import { type LiveSource, type Redirect, RedirectError } from '../../sources/index.js'
import { problemOfForeign } from '../judge/problems.js'
import type { Outcome } from '../plan/outcome.js'
import { arrivalOf } from './source.js'

/** A page may name any address: only those of the target's own host are requested. AJAX calls get the site of their page. */
export function onSite(outcome: Outcome, page: Page, target: string): { outcome: Outcome; foreign: Problem[] } {
  const [own = [], foreign = []] = [true, false].map(wanted =>
    outcome.tasks.filter(({ request }) => sameHost(request.url, target) === wanted),
  )
  for (const { request } of own) if (request.form || request.nonce) request.site = page.site.url
  return { outcome: { ...outcome, tasks: own }, foreign: foreign.map(task => problemOfForeign(task, page.url)) }
}

/** An error, or a page that is not there, may name no site: it is of the site that its address is below. */
export function ofKnownSite(page: Page, archive: Pick<Archive, 'siteOf'>): Page {
  const url = page.wall && page.apiUrl === null ? archive.siteOf(page.url) : null
  return url === null ? page : { ...page, site: { ...page.site, url } }
}

/**
 * Tells a site that has moved from single redirects. A site has moved if two of its pages redirect for good to the same pages below one
 * other base. A temporary redirect is no move, and neither is the redirect of one group.
 */
export class MoveWatch {
  constructor(
    private readonly archive: Archive,
    private readonly source: LiveSource,
  ) {}

  /** The move behind a request that was redirected to another site; null: none. Sends one request more. */
  async moveBehind(error: Error): Promise<SiteMove | null> {
    return error instanceof RedirectError && error.leadsTo ? this.moveShown(error.leadsTo) : null
  }

  /** The move that a page shows when it is requested; null: none. */
  async moveOf(url: string): Promise<SiteMove | null> {
    const redirect = await this.redirectOf(url)
    return redirect ? this.moveShown(redirect) : null
  }

  private async moveShown({ from: url, to, isPermanent }: Redirect): Promise<SiteMove | null> {
    const site = isPermanent ? this.archive.siteOf(url) : null
    const move = site === null ? null : moveShownBy(url, to, site)
    if (!move) return null
    const other = restBelow(url, move.from) === '' ? this.archive.pageOf(move.from) : move.from
    const second = other === null ? null : await this.redirectOf(other)
    const again = second?.isPermanent && other !== null ? moveShownBy(other, second.to, move.from) : null
    return again && siteKey(again.to) === siteKey(move.to) ? move : null
  }

  /**
   * The error for a page that a redirect has brought from another site on the same host, such as the root of the host in place of a
   * sub-directory: it must not be stored as another community. Null: the page is of the site that was requested.
   */
  strayed({ request, url, isMoved }: Capture, page: Page): RedirectError | null {
    const site = url === request.url || request.form ? null : this.archive.siteOf(request.url)
    if (site === null || siteKey(page.site.url) === siteKey(site) || !moveShownBy(request.url, url, site)) return null
    return new RedirectError(
      `${request.url} redirects to another site, ${page.site.url}.`,
      `If it is another community, archive it under its own address: threadkeep archive ${url}`,
      { from: request.url, to: url, isPermanent: isMoved === true },
    )
  }

  private async redirectOf(url: string): Promise<Redirect | null> {
    const arrival = await arrivalOf(this.source, { url, once: true })
    if (!arrival) return null
    if (isFailure(arrival)) return arrival.error instanceof RedirectError ? arrival.error.leadsTo : null
    return arrival.isMoved ? { from: url, to: arrival.url, isPermanent: true } : null
  }
}

/** True for a redirect to another site. */
export const leadsAway = (error: Error): boolean => leadsTo(error) !== ''

const leadsTo = (error: Error): string => (error instanceof RedirectError ? (error.leadsTo?.to ?? '') : '')
