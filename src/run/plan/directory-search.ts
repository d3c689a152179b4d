import { addressKey, isPlain } from '../../model/addresses.js'
import { isDirectoryUrl } from '../../model/directories.js'
import { EXIT } from '../../model/errors.js'
import type { Page, Wall } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import type { PageTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import type { Outcome } from './outcome.js'

/** The search for the directory of groups: a site may give it any address, and its links say which one only to people. */

type Search = PageTask & { search: NonNullable<PageTask['search']> }

/** True if the task requests an address where the directory may be. */
export const isSearch = (task: Task): task is Search => task.kind === 'target' && task.search !== undefined

/**
 * True if the user named an address that is a directory in some language. If its page shows something else, the directory is elsewhere:
 * WordPress answers the address of a directory in another script with its front page.
 */
export const isNamedDirectory = (task: Task, page: Page): boolean =>
  task.kind === 'target' && task.reason === 'named' && isDirectoryUrl(task.request.url, page.site.url)

/** Begins with the most likely of the addresses that the page names. */
export const searchDirectory = (page: Page): Outcome =>
  goOn(
    page.url,
    page.directories.map(url => rebase(url, page.url)),
    [page.url],
  )

/** The next address after one that is not the directory. */
export const nextPlace = ({ request, search }: Search, page: Page): Outcome =>
  goOn(search.tried[0] ?? page.url, search.left, [...search.tried, request.url])

function goOn(home: string, places: readonly string[], tried: string[]): Outcome {
  const keys = tried.map(placeKey)
  const [url, ...left] = places.filter(place => !keys.includes(placeKey(place)))
  if (url === undefined) return noDirectory(home, tried)
  return { tasks: [{ kind: 'target', reason: 'directory', request: { url }, search: { left, tried } }], end: 'done' }
}

/** `/groups/` and `/?bp_groups=1` have the same key, but a site may have the directory at one of them only. */
const placeKey = (url: string): string => `${isPlain(url) ? '?' : '/'}${addressKey(url)}`

function noDirectory(home: string, [, ...tried]: readonly string[]): Outcome {
  const problem = problemOfNoDirectory(home, tried)
  return { tasks: [], end: 'failed', reason: problem.message, problem }
}

/** `tried`: the addresses that are not the directory. */
export function problemOfNoDirectory(home: string, tried: readonly string[]): Problem {
  const also = tried.length > 0 ? `, and not at ${tried.join(', ')}` : ''
  const message = `No directory of BuddyPress groups was found at ${home}${also}.`
  const advice = 'Open the community in a browser, and give the address of its list of groups, or of one group.'
  return { url: home, message, advice, exitCode: EXIT.unrecognised }
}

/** True for a wall that says: what is searched is not at this address. */
export const isElsewhere = ({ kind }: Wall): boolean => ['not-found', 'unknown', 'elsewhere', 'error'].includes(kind)
