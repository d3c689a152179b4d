import type { Capture } from '../../model/capture.js'
import type { Page, Wall } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import type { LiveSource } from '../../sources/index.js'
import { ajaxUrlOf } from '../plan/requests.js'

/** Wall of such a response: only its capture is stored. */
const SESSION_ENDED: Wall = { kind: 'session-ended', seen: 'a page for visitors' }

/**
 * The page, or a wall if the session has ended. After the end of a session the site sends pages for visitors, which look complete
 * but have fewer posts. Pages for logged-in readers have a mark; the source checks requests with a nonce; for other responses the
 * site is asked.
 * @throws the errors of the source if the site cannot be asked: then it is not known for which reader the page is.
 */
export async function watched(page: Page, task: Task, capture: Capture, source: LiveSource): Promise<Page> {
  if (!(await isVisitorsView(page, task, capture, source))) return page
  return { ...page, wall: SESSION_ENDED, posts: [], threads: [], groups: [] }
}

async function isVisitorsView(
  page: Page,
  { kind }: Task,
  { url, request }: Capture,
  source: LiveSource,
): Promise<boolean> {
  // A text is the same for all who may read it, and a feed only gives reply counts.
  const isSame = kind === 'text' || kind === 'feed'
  if (source.reader(url) !== 'session' || page.signedIn || request.nonce || isSame) return false
  const holds = await source.holds(request.form ? request.url : ajaxUrlOf(page))
  // If the site does not say, a page without a wall and without the mark counts as a visitor's.
  return holds === null ? page.wall === null : !holds
}
