import type { FetchRequest } from '../model/capture.js'
import { Session } from './cookies.js'
import type { Clock } from './pace.js'
import { RedirectError } from './redirects.js'
import { LiveSite, type SiteListener, type SiteOptions } from './site.js'
import type { Source } from './source.js'

export type { Clock, FetchRequest, SiteListener, SiteOptions, Source }
export { RedirectError }

/** @throws UsageError if the text holds no cookie, or something else. */
export function checkedCookies(text: string): string {
  new Session(text)
  return text
}

/** Where captures can come from. Add a source here. */
export const SOURCES = [
  {
    name: 'site',
    summary: 'a live site over http or https',
    accepts: (target: string) => /^https?:\/\//i.test(target),
    open: (options: SiteOptions, clock: Clock, listener: SiteListener, signal: AbortSignal): Source =>
      new LiveSite(options, clock, listener, signal),
  },
] as const
