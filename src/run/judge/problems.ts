import { EXIT, type ExitCode, KnownError, SessionEnded } from '../../model/errors.js'
import type { Page, Wall, WallKind } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'
import { isPermalink } from '../../model/urls.js'

const EXIT_CODES: Record<WallKind, ExitCode> = {
  login: EXIT.access,
  'members-only': EXIT.access,
  'private-group': EXIT.access,
  'not-found': EXIT.unrecognised,
  challenge: EXIT.blocked,
  error: EXIT.partial,
  refused: EXIT.partial,
  loader: EXIT.unrecognised,
  'session-ended': EXIT.access,
  elsewhere: EXIT.partial,
  unknown: EXIT.unrecognised,
}

const RUN_AGAIN = 'Run the same command again later: it goes on where this run stopped.'

const LOG_IN =
  "If you are one of them, log in (threadkeep login SITE), or give your browser's cookies with --cookies FILE."

const ADVICE: Record<WallKind, string> = {
  login: `Only people who are logged in may read this. ${LOG_IN}`,
  'members-only': `Only people who are logged in may read this community. ${LOG_IN}`,
  'private-group': `Only members of the group may read its posts. ${LOG_IN}`,
  'not-found': 'Check the address in a browser. A hidden group answers the same to those who are not in it.',
  challenge: 'Wait for some hours and use a slower pace (--sleep-requests 5), or ask the people who run the site.',
  error: RUN_AGAIN,
  refused: RUN_AGAIN,
  loader: RUN_AGAIN,
  'session-ended': new SessionEnded('http://site').advice ?? '',
  elsewhere:
    'Open the address in a browser, and see where it leads. The thread of a deleted member has no page; its group still shows it.',
  unknown: 'Give the address of a group of a BuddyPress community: https://example.org/groups/NAME/',
}

/** What a thread's page that is not there means depends on the thread, not on the site. */
const GONE_THREAD = {
  message: 'There is no such thread: its opening post was deleted or marked as spam, or the number is that of a reply.',
  advice: 'Replies have no page of their own: open the thread in a browser and copy its address.',
}

/** A wall in words: what came, where, and what to do next. Parts of a target never decide its exit code but by 3. */
export function problemOf(task: Task, page: Page, wall: Wall): Problem {
  const { url } = task.request
  const part = (task.kind === 'thread' || task.kind === 'text') && wall.kind !== 'session-ended'
  if (wall.kind === 'not-found' && task.kind === 'target' && isPermalink(url))
    return { url, ...GONE_THREAD, exitCode: EXIT.partial }
  return {
    url,
    message: messageOf(task, page, wall),
    advice: ADVICE[wall.kind],
    exitCode: part
      ? EXIT.partial
      : isGroupRequest(task) && wall.kind === 'not-found'
        ? EXIT.access
        : EXIT_CODES[wall.kind],
  }
}

function messageOf(task: Task, page: Page, wall: Wall): string {
  if (wall.kind === 'session-ended') return new SessionEnded(page.url).message
  if (wall.kind === 'not-found') return `${subjectOf(task)} is not there for this reader (${wall.seen}).`
  const moved = task.request.form || page.url === task.request.url ? '' : ` (at ${page.url})`
  return `${subjectOf(task)} could not be read: ${wall.seen} came instead${moved}.`
}

function subjectOf(task: Task): string {
  if (task.kind === 'stream') return `Page ${task.page} of ${task.home}`
  if (task.kind === 'text') return `The full text of post ${task.id}`
  return task.kind === 'thread' ? `Thread ${task.id}` : task.request.url
}

/** BuddyPress answers the same for a hidden group and for none at all. */
const isGroupRequest = (task: Task): boolean =>
  task.kind === 'group' ||
  (task.kind === 'stream' && task.groupSlug !== null) ||
  /\/groups\/[^/]+\/?/.test(new URL(task.request.url).pathname)

/** An earlier run of this reading has given it up: its end does not make it whole. */
export const problemOfEarlierRun = ({ task, reason }: { task: Task; reason: string }): Problem => ({
  url: task.request.url,
  message: `An earlier run gave this up: ${reason}`,
  advice: 'Run the same command once more: it begins anew, and asks for this again.',
  exitCode: EXIT.partial,
})

/** A request without an answer. */
export function problemOfError(task: Task, error: Error): Problem {
  if (!(error instanceof KnownError))
    return { url: task.request.url, message: error.message, advice: null, exitCode: EXIT.internal }
  return { url: task.request.url, message: error.message, advice: error.advice, exitCode: error.exitCode }
}

/** Items of an unknown theme: named, so that nobody takes the rest for the whole. */
export const problemOfItems = (url: string, items: number): Problem => ({
  url,
  message: `${items === 1 ? 'One item' : `${items} items`} of ${url} could not be read, and ${items === 1 ? 'was' : 'were'} left out.`,
  advice: 'The theme of this site puts its texts where threadkeep does not look. The pages are kept in the archive.',
  exitCode: EXIT.partial,
})

/** A visitor sees less: what members wrote would look as if it were gone. */
export const problemOfReader = (url: string): Problem => ({
  url,
  message: `${url} was archived as a member, and no session for it is kept any more.`,
  advice: 'Log in again (threadkeep login SITE), or give the cookies of your browser with --cookies FILE.',
  exitCode: EXIT.access,
})

/** An address on another host, which a page may have been made to name. */
export const problemOfForeign = ({ request }: Task, page: string): Problem => ({
  url: request.url,
  message: `${page} names ${request.url}, which lies on another host, and was not asked.`,
  advice: 'If the community has moved there, archive it under that address.',
  exitCode: EXIT.partial,
})
