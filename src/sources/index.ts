import type { FetchRequest } from '../model/capture.js'
import { credentialsIn } from './site/cookie-text.js'
import { signIn } from './site/login.js'
import type { Clock } from './site/pace.js'
import { RedirectError } from './site/redirects.js'
import { LONGEST_BACKOFF } from './site/retry.js'
import { sessionEnds } from './site/session.js'
import { LiveSite, type SiteListener, type SiteOptions } from './site/site.js'
import type { Source } from './source.js'

export type { Clock, FetchRequest, SiteListener, SiteOptions, Source }
export { credentialsIn, LONGEST_BACKOFF, RedirectError, sessionEnds, signIn }

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
