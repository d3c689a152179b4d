import { graceAfter } from './grace.js'
import { credentialsIn, credentialsOfBrowser } from './site/cookie-text.js'
import { signIn } from './site/login.js'
import { type Redirect, RedirectError } from './site/redirects.js'
import { LONGEST_BACKOFF } from './site/retry.js'
import { sessionEnds } from './site/session.js'
import { site } from './site/site.js'
import type { LiveSource, Source, SourceKind } from './source.js'

export type * from './source.js'
export type { Redirect }
export { credentialsIn, credentialsOfBrowser, graceAfter, LONGEST_BACKOFF, RedirectError, sessionEnds, signIn }

/** Built-in kinds of sources, in the order in which they are tried. Add a new kind here. */
export const SOURCES: readonly SourceKind[] = [site]

export const isLive = (source: Source): source is LiveSource =>
  'rules' in source && 'reader' in source && 'holds' in source

/** Kind of source that reads a target: the first that accepts it. `own`: kinds of the caller, which come before the built-in ones. */
export const kindOf = (target: string, own: readonly SourceKind[] = []): SourceKind | undefined =>
  [...own, ...SOURCES].find(kind => kind.accepts(target))
