import type { Capture } from '../../model/capture.js'
import type { Page, Wall } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import type { LiveSource } from '../../sources/index.js'
import { ajaxUrlOf } from '../plan/requests.js'

/** What is kept of such an answer: nothing but the raw capture. */
const SESSION_ENDED: Wall = { kind: 'session-ended', seen: 'a page for visitors' }

/**
 * A session that ends makes a visitor of a member, without a word: pages look whole and hold less. Pages tell by the mark of
 * those who are logged in; calls with a nonce are watched by the source; the rest is asked about.
 * @throws what the source throws where that can't be asked: then nobody knows what this page is.
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
  // The text of a post is the same for all who may read it; what a feed tells is looked at anyway.
  const isSame = kind === 'text' || kind === 'feed'
  if (source.reader(url) !== 'session' || page.signedIn || request.nonce || isSame) return false
  const holds = await source.holds(request.form ? request.url : ajaxUrlOf(page))
  // A challenge, or an error, is what it is; a page without the mark is a visitor's.
  return holds === null ? page.wall === null : !holds
}
