import { UsageError } from '../../model/errors.js'
import type { Task } from '../../model/task.js'
import { isAddress } from '../../model/urls.js'
import { kindOf, type SourceKind } from '../../sources/index.js'

const ADVICE =
  'Give the address of a group, a thread, a member or a site as the browser shows it: https://example.org/groups/gardeners/'

/**
 * What the user named, as the archive keeps it: the word itself where a source accepts it that reads no addresses (a file, say),
 * else a full address. `own`: kinds of sources besides threadkeep's.
 * @throws UsageError as `targetUrl`.
 */
export function targetOf(word: string, own: readonly SourceKind[] = []): string {
  const target = word.trim()
  return !isAddress(target) && kindOf(target, own) ? target : targetUrl(target)
}

/**
 * What the user named, as a full address: without the paging of the page it was copied from, its nonce, and a fragment.
 * @throws UsageError if it is no http(s) address, or holds a password.
 */
export function targetUrl(word: string): string {
  const url = parsed(word.trim())
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname)
    throw new UsageError(`"${word}" is not a web address.`, ADVICE)
  if (url.username || url.password) {
    throw new UsageError(
      'The address holds a user name or a password.',
      'Take it out: threadkeep would have to keep it in the archive.',
    )
  }
  for (const name of ['acpage', 'offset_lower', 'num', 'grpage', 's', '_wpnonce']) url.searchParams.delete(name)
  url.hash = ''
  return url.href
}

function parsed(word: string): URL | null {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(word) ? word : `${isLocal(word) ? 'http' : 'https'}://${word}`
  // "gardeners" would be a host by the letter; nobody means that.
  if (full !== word && !/^[^/\s]+(\.[^/\s]+|:\d+)(\/|$)/.test(word) && !isLocal(word)) return null
  return URL.canParse(full) ? new URL(full) : null
}

const isLocal = (word: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(word)

export const firstTask = (url: string): Task => ({ kind: 'target', reason: 'named', request: { url } })
