import { bareUrl, isPlain } from '../../model/addresses.js'
import { isFeed } from '../../model/directories.js'
import { UsageError } from '../../model/errors.js'
import { withoutForumPage } from '../../model/forum/posts.js'
import type { Task } from '../../model/task.js'
import { isAddress, withoutUser } from '../../model/urls.js'
import { kindOf, type SourceKind } from '../../sources/index.js'
import { feedTask } from './feeds/last-resort.js'

const ADVICE =
  'Give the address of a group, a thread, a member or a site as the browser shows it: https://example.org/groups/gardeners/'

const PATH_ADVICE = 'Files are read by "threadkeep import", which takes files and folders.'

/** As Windows and Unix write paths: a drive, a backslash, or a slash or dots at the start. `C:\\a.html` would be an address with an empty port. */
const isPath = (word: string): boolean => /^\s*(?:[a-z]:(?:[\\/]|$)|[^/:?#]*\\|~?\/|\.{1,2}\/)/i.test(word)

/**
 * The target as the archive stores it: unchanged if a source accepts it that is not for URLs (such as a file), else as a full URL.
 * `own`: kinds of sources of the caller.
 * @throws UsageError as `targetUrl`.
 */
export function targetOf(word: string, own: readonly SourceKind[] = []): string {
  // Callers of the library may pass anything.
  if (typeof word !== 'string') throw new UsageError('No target was named.', ADVICE)
  const target = word.trim()
  return !isAddress(target) && kindOf(target, own) ? target : targetUrl(target)
}

/**
 * The target as a full URL, without paging, nonce and fragment of the page it was copied from.
 * @throws UsageError if it is not an http(s) URL, or contains a user name or a password.
 */
export function targetUrl(word: string): string {
  if (isPath(word)) throw new UsageError(`"${word}" is a path, not a web address.`, PATH_ADVICE)
  const url = parsed(word.trim())
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname)
    throw new UsageError(`"${withoutUser(word)}" is not a web address.`, ADVICE)
  if (url.username || url.password) {
    throw new UsageError(
      'The address contains a user name or a password.',
      'Remove it from the address, or it would be stored in the archive. To log in: threadkeep login SITE',
    )
  }
  for (const name of [...url.searchParams.keys()]) if (EXTRA.test(name)) url.searchParams.delete(name)
  url.hash = ''
  url.pathname = withoutForumPage(url.pathname.replace(/\/{2,}/g, '/'))
  const bare = bareUrl(url.href)
  return isPlain(bare) ? bare : bare + url.search
}

/** Fields of a query that do not say which page it is: paging, nonces, and the marks of campaigns and mail programs. */
const EXTRA =
  /^(acpage|offset_lower|paged|num|grpage|s|_wpnonce|utm_.*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_hs(enc|mi)|mkt_tok|_g[la]|ref_src)$/i

function parsed(word: string): URL | null {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(word) ? word : `${isLocal(word) ? 'http' : 'https'}://${word}`
  // A word such as "gardeners" could be a host name, but is probably a mistake.
  if (full !== word && !/^[^/\s]+(\.[^/\s]+|:\d+)(\/|$)/.test(word) && !isLocal(word)) return null
  return URL.canParse(full) ? new URL(full) : null
}

const isLocal = (word: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(word)

/** A feed is a quick look at what is new: its posts are stored, and nothing else is requested. */
export const firstTask = (url: string): Task =>
  isFeed(url) ? feedTask(url, 'named') : { kind: 'target', reason: 'named', request: { url } }
