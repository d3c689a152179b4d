import type { Completeness } from '../../model/archive.js'
import { EXIT, KnownError, type RobotsError, type SiteDown } from '../../model/errors.js'
import type { Note, Problem } from '../../model/reports/run.js'
import type { SelfTest } from '../../model/reports/self-test.js'
import { restCallOf } from '../../model/rest.js'
import type { Task } from '../../model/task.js'
import type { SiteMove } from '../../model/urls.js'

/** A task that an earlier run of this pass could not complete: the pass is partial. */
export const problemOfEarlierRun = ({ task, reason }: { task: Task; reason: string }): Problem => ({
  url: task.request.url,
  message: `An earlier run could not read this: ${reason}`,
  advice: 'Run the same command once more: it starts again from the beginning and requests this again.',
  exitCode: EXIT.partial,
})

/** A request without a usable response. */
export function problemOfError({ request: { url } }: Task, error: Error): Problem {
  const { advice, exitCode } = error instanceof KnownError ? error : { advice: null, exitCode: EXIT.internal }
  return { url, message: error.message, advice, exitCode }
}

/** A target that robots.txt refuses stays on the list of sync, so that the archive names it. */
export const problemOfRefused = (task: Task, error: RobotsError): Problem => ({
  ...problemOfError(task, error),
  advice: `${error.advice} Or let sync leave it out: threadkeep targets remove ${task.request.url}`,
})

/** A site of which nothing can be read now. */
export const problemOfDown = ({ origin, message, advice }: SiteDown): Problem => ({
  url: `${origin}/`,
  message: `${message} Nothing more was requested of ${origin}/.`,
  advice,
  exitCode: EXIT.partial,
})

/** The same where requests fail one by one. `last`: the problem of the last of them. */
export const problemOfSilence = (origin: string, requests: number, last: Problem): Problem => ({
  ...last,
  url: `${origin}/`,
  message: `${origin}/ gave no usable answer to ${requests} requests in a row, so nothing more was requested of it. The last one: ${last.message}`,
})

/** A group or thread of which the site shows or counts more than the archive holds in full. `threads`: ids of the threads that lack something. */
export const problemOfShort = (
  { url, completeness: { held, claimed } }: { url: string; completeness: Completeness },
  threads: readonly string[],
): Problem => ({
  url,
  message: `${url} is not held whole: ${held} of ${claimed ?? 'an unknown number of'} posts in full.${threads.length > 0 ? ` Incomplete: ${firstOf(threads)}.` : ''}`,
  advice: 'The next sync requests what is missing again. Posts that the site counts and shows to nobody stay missing.',
  exitCode: EXIT.partial,
})

/** Threads of which no page has shown whether they have more replies. */
export const noteOfUnseen = (url: string, threads: readonly string[]): Note => ({
  url,
  message: `${url}: the site has not shown whether ${threads.length === 1 ? 'this thread is' : `these ${threads.length} threads are`} whole: ${firstOf(threads)}.`,
})

const firstOf = (threads: readonly string[]): string =>
  `${threads.slice(0, 10).join(', ')}${threads.length > 10 ? `, and ${threads.length - 10} more` : ''}`

/** Items that the parser could not read, or not whole: the warnings say which, and what is missing. `byRest`: objects of a REST response. */
export const problemOfItems = (url: string, [first = '', ...more]: readonly string[], byRest: boolean): Problem => ({
  url,
  message: `Not all of ${url} could be read. ${first}${more.length > 0 ? ` And ${more.length} more.` : ''}`,
  advice: byRest
    ? 'The site sends a damaged object. Its pages may show the post: run the command with --via page or --via ajax.'
    : 'threadkeep does not know the markup of this theme. The archive keeps the pages: after an update, run threadkeep reparse.',
  exitCode: EXIT.partial,
})

/** The pages of this theme gave other posts than the site's feed, or its REST. */
export const problemOfTheme = ({ url, compared, agreed, differences }: SelfTest): Problem => ({
  url,
  message: `Theme: ${agreed} of ${compared} posts agree with ${restCallOf(url) ? 'REST' : `the feed ${url}`}. ${differences[0] ?? ''}`,
  advice:
    'Compare these posts with the site. If the archive is wrong, threadkeep misreads this theme: report it with the page. The archive keeps the pages.',
  exitCode: EXIT.partial,
})

interface CountedThread {
  url: string
  id: string
  counted: number
  held: number
}

/** A thread of which the site counts more replies than any of its pages showed, and nothing explains that. */
export const problemOfCount = ({ url, id, counted, held }: CountedThread): Problem => ({
  url,
  message: `Thread ${id}: the site counts ${counted} replies, and ${held} of them could be read.`,
  advice:
    'Look at the thread in a browser. The theme of this site may leave out replies to replies: the pages of the members who wrote them may show them. Give these as targets, too.',
  exitCode: EXIT.partial,
})

/** The same where the site's pages show such threads whole. */
export const noteOfCount = ({ url, id, counted, held }: CountedThread): Note => ({
  url,
  message: `Thread ${id}: the site counts ${counted} replies and shows ${held}. Its pages show other threads whole, so it counts some that it shows to nobody.`,
})

/** Something that the site says of posts and that can't be, so that it was not stored. `sentences`: one for each post. */
export const problemOfContradictions = (url: string, [first = '', ...more]: readonly string[]): Problem => ({
  url,
  message: `What ${url} says can't all be, and was not all stored. ${first}${more.length > 0 ? ` And ${more.length} more.` : ''}`,
  advice: 'The archive keeps what it held before. Look at these posts on the site, or ask the people who run it.',
  exitCode: EXIT.partial,
})

/** The target was archived with a login, and there is none now. A visitor sees fewer posts, so the others would count as missing. */
export const problemOfReader = (url: string): Problem => ({
  url,
  message: `${url} was archived with a login, but there is no login for it any more.`,
  advice: `Log in again (threadkeep login ${url}), or give your browser's cookies with --cookies FILE.`,
  exitCode: EXIT.access,
})

/** Targets that are read twice in each sync. `parts`: those that are a part of the target `url`. */
export const noteOfParts = (url: string, parts: readonly [string, ...string[]]): Note => {
  const more = parts.length > 1 ? `, and ${parts.length - 1} more targets likewise` : ''
  const message = `${parts[0]} is a target and also a part of the target ${url}: sync reads it twice${more}. Once is enough: threadkeep targets remove ${parts[0]}`
  return { url, message }
}

/** A target of which nothing was ever read. */
export const noteOfUnkept = (url: string): Note => ({
  url,
  message: `${url} is not kept as a target, because nothing was ever read of it: sync will not request it.`,
})

/** A site whose pages all redirect to another base for good. */
export const problemOfMoved = ({ from, to }: SiteMove): Problem => ({
  url: from,
  message: `${from} has moved to ${to}: its pages redirect there for good. Nothing was read.`,
  advice: `The archive keeps what it holds. To go on with the same posts at the new address: threadkeep targets rename ${from} ${to}
Or let the sync do it by itself with --moved.`,
  exitCode: EXIT.partial,
})

/** A link to another host, which is not followed: any page can contain one. */
export const problemOfForeign = ({ request }: Task, page: string): Problem => ({
  url: request.url,
  message: `${request.url}, which ${page} refers to, was not read: it is on another host.`,
  advice: 'If the community has moved there, archive it under that address.',
  exitCode: EXIT.partial,
})

/** A saved page with a loader only: zero posts are no proof of an empty page. */
export const problemOfLoader = (url: string): Problem => ({
  url,
  message: `${url} holds only a loader: the posts come by AJAX, and are not in the saved page.`,
  advice: 'Save the page in the browser after its posts are shown.',
  exitCode: EXIT.partial,
})
