import { isPermalink } from '../../model/addresses.js'
import { isGroupUrl } from '../../model/directories.js'
import { EXIT, type ExitCode, SessionEnded } from '../../model/errors.js'
import { isTopicUrl } from '../../model/forum/posts.js'
import type { Page, Wall, WallKind } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'

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

const RUN_AGAIN = 'Run the same command again later: it continues where this run stopped.'

const LOG_IN =
  "If you are a member, log in (threadkeep login SITE), or give your browser's cookies with --cookies FILE."

const BLOCKED =
  "If the site refuses again some hours later, at a slower pace (--sleep-requests 5), it keeps programs out for good: open it in a browser and give the browser's cookies with --cookies FILE, or ask the people who run the site."

const ADVICE: Record<WallKind, string> = {
  login: `Only logged-in members may read this. ${LOG_IN}`,
  'members-only': `Only logged-in members may read this community. ${LOG_IN}`,
  'private-group': `Only members of the group may read its posts. ${LOG_IN}`,
  'not-found': 'Check the address in a browser. A hidden group looks the same to everybody who is not its member.',
  challenge: BLOCKED,
  error: RUN_AGAIN,
  refused: RUN_AGAIN,
  loader: RUN_AGAIN,
  'session-ended': (new SessionEnded('http://site/').advice ?? '').replace('http://site/', 'SITE'),
  elsewhere: 'Open the address in a browser to see where it leads.',
  unknown: 'Give the address of a group of a BuddyPress community: https://example.org/groups/NAME/',
}

/** A missing thread page is explained by the thread, not by the site. */
const goneThread = (url: string): Problem => ({
  url,
  message: `There is no thread at ${url}: its opening post was deleted or marked as spam, or the number belongs to a reply.`,
  advice: 'Replies have no page of their own: open the thread in a browser and copy its address.',
  exitCode: EXIT.partial,
})

const goneTopic = (url: string): Problem => ({
  url,
  message: `There is no topic at ${url}: it was deleted or marked as spam, or its forum is for members only.`,
  advice: 'Open the forum in a browser and copy the address of the topic.',
  exitCode: EXIT.partial,
})

/** Describes a wall: the address, what the site sent, and what the user can do. A wall in place of one thread or text has exit code 3. */
export function problemOf(task: Task, page: Page, wall: Wall): Problem {
  const url = addressOfTask(task)
  const part = (task.kind === 'thread' || task.kind === 'text') && wall.kind !== 'session-ended'
  if (wall.kind === 'not-found' && task.kind === 'target' && isPermalink(url)) return goneThread(url)
  if (wall.kind === 'not-found' && task.kind === 'target' && isTopicUrl(url)) return goneTopic(url)
  return {
    url,
    message: messageOf(task, page, wall),
    advice: adviceFor(task, page, wall),
    exitCode: part
      ? EXIT.partial
      : isGroupRequest(task) && wall.kind === 'not-found'
        ? EXIT.access
        : EXIT_CODES[wall.kind],
  }
}

/** A target is named as it was typed. */
const addressOfTask = (task: Task): string => ('typed' in task && task.typed) || task.request.url

function adviceFor(task: Task, page: Page, wall: Wall): string {
  const { url } = task.request
  const isGroup = page.group !== null || isGroupRequest(task)
  if (wall.kind === 'unknown' && wall.seen.includes('not of BuddyPress')) return OTHER_PRODUCT
  if (wall.kind === 'unknown' && isGroup) return UNKNOWN_THEME
  if (wall.kind === 'not-found' && !isGroup) return 'Check the address in a browser.'
  if (wall.kind === 'challenge' && wall.seen.includes('429')) return SLOWER
  if (wall.kind === 'elsewhere' && isPermalink(url))
    return `${ADVICE.elsewhere} ${NO_PAGE}${task.kind === 'target' ? ARCHIVE_GROUP : '.'}`
  if (wall.kind === 'elsewhere' && task.kind === 'target' && page.url === page.site.url)
    return `Check the address in a browser. For the whole community: threadkeep archive ${page.url}`
  return atSite(ADVICE[wall.kind], page)
}

/** Where the site is known, the advice names it. */
const atSite = (advice: string, { site }: Page): string => advice.replace('SITE', site.url)

const NO_PAGE = 'The thread of a deleted member has no page of its own'

/** Only for a thread that was named: whoever archives its group does so already. */
const ARCHIVE_GROUP = '; archive its group instead.'

const OTHER_PRODUCT = 'threadkeep reads communities of BuddyPress and BuddyBoss only.'

const UNKNOWN_THEME =
  'threadkeep does not know the markup of this page. Run threadkeep doctor with its address to see what the site offers. The archive keeps the page: after an update, run threadkeep reparse.'

const SLOWER = 'Wait some hours and use a slower pace (--sleep-requests 5).'

function messageOf(task: Task, page: Page, wall: Wall): string {
  if (wall.kind === 'session-ended') return new SessionEnded(page.url).message
  if (wall.kind === 'not-found') return `${subjectOf(task)} does not exist for this reader (${wall.seen}).`
  const moved = task.request.form || page.url === task.request.url ? '' : ` (at ${page.url})`
  return `${subjectOf(task)} could not be read: the site sent ${wall.seen} instead${moved}.`
}

function subjectOf(task: Task): string {
  if (task.kind === 'stream' || task.kind === 'forum') return `Page ${task.page} of ${task.home}`
  if (task.kind === 'topic') return `Topic ${task.id} (${task.request.url})`
  if (task.kind === 'text') return `The full text of post ${task.id}`
  return task.kind === 'thread' ? `Thread ${task.id}` : addressOfTask(task)
}

/** BuddyPress gives the same response for a hidden group and for a group that does not exist. */
const isGroupRequest = (task: Task): boolean =>
  task.kind === 'group' || (task.kind === 'stream' && task.groupSlug !== null) || isGroupUrl(task.request.url)

/** A site that refuses this reader, as single threads and texts do not tell. */
export const problemOfBlock = (origin: string, requests: number, last: Problem): Problem => ({
  url: `${origin}/`,
  message: `${origin}/ refused ${requests} requests in a row, so nothing more was requested of it. The last one: ${last.message}`,
  advice: BLOCKED,
  exitCode: EXIT.blocked,
})

/** A group that this reader could read before, and cannot read any more. */
export const problemOfClosed = ({ request: { url } }: Task, page: Page, wall: Wall): Problem => ({
  url,
  message: `${page.group?.name ? `${page.group.name} (${url})` : url} could be read before, and ${CLOSED[wall.kind] ?? 'only its members may read it now'}. The archive keeps what it holds, but sees no changes any more.`,
  advice: `${atSite(LOG_IN, page)} If it is gone for good: threadkeep targets remove ${url}`,
  exitCode: EXIT.access,
})

const CLOSED: Partial<Record<WallKind, string>> = {
  'not-found': 'is not there for this reader now: it was hidden or deleted',
}
