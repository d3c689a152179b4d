import { EXIT } from '../../../model/errors.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask, PassPlan } from '../../../model/task.js'
import type { Outcome } from '../outcome.js'

/** Most pages of one feed in a pass that reads a part: the cost must not grow with the group. */
const MAX_FEED_PAGES = 10

/** The page after this one with as many items. None where the site sends the same page again. */
export function nextFeedPage(task: FeedTask, page: Page, plan: PassPlan): FeedTask[] {
  const isLast = plan.kind === 'part' && !task.posts && task.page >= MAX_FEED_PAGES
  if (!page.more || isLast || repeats(task, page)) return []
  const [number, before] = [task.page + 1, firstOf(page)]
  const { rest: _, others: __, ...same } = task
  return [{ ...same, before, page: number, request: { ...task.request, url: pageOfFeed(task.request.url, number) } }]
}

const firstOf = ({ samples }: Page): string => samples?.[0]?.id ?? ''

const repeats = (task: FeedTask, page: Page): boolean => page.more && firstOf(page) === task.before

/** The end of a feed that has posts which no list has. If its pages repeat, nobody knows what it does not show. */
export function endOfFeed(task: FeedTask, page: Page): Pick<Outcome, 'end' | 'problem'> & { reason?: string } {
  if (!repeats(task, page)) return { end: 'done' }
  const { url } = task.request
  const message = `${url}: the pages of this feed repeat. Older posts that the lists of the site leave out may be missing.`
  return { end: 'failed', reason: message, problem: { url, message, advice: BY_REST, exitCode: EXIT.partial } }
}

export const BY_REST = 'If the site has REST, run the command with --via rest.'

/** The address of page N of a feed. */
export function pageOfFeed(feed: string, page: number): string {
  const url = new URL(feed)
  url.searchParams.set('acpage', String(page))
  return url.href
}
