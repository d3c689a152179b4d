import { credentialsIn } from './cookie-text.js'
import { signIn } from './login.js'
import { RedirectError } from './redirects.js'
import { LONGEST_BACKOFF } from './retry.js'
import { sessionEnds } from './session.js'
import { site } from './site.js'
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
