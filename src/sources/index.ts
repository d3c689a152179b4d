import { credentialsIn } from './site/cookie-text.js'
import { signIn } from './site/login.js'
import { RedirectError } from './site/redirects.js'
import { LONGEST_BACKOFF } from './site/retry.js'
import { sessionEnds } from './site/session.js'
import { site } from './site/site.js'
import { isLive, type SourceKind } from './source.js'

export type {
  Clock,
  Frontier,
  LiveSource,
  SiteListener,
  Source,
  SourceKind,
  SourceOutside,
  SourceSettings,
} from './source.js'
export { credentialsIn, isLive, LONGEST_BACKOFF, RedirectError, sessionEnds, signIn }

/** Where captures can come from; the first that accepts a target reads it. Add a source here. */
export const SOURCES: readonly SourceKind[] = [site]
