import type { PageResult } from '../../../archive/index.js'
import { EXIT } from '../../../model/errors.js'
import type { Page, TopicRow } from '../../../model/page.js'
import type { Problem } from '../../../model/reports/run.js'
import type { ForumTask, Task, TopicTask } from '../../../model/task.js'
import { rebase } from '../../../model/urls.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { byLink, forumTask, pageOf, topicTask, zoneTasks } from './forum-tasks.js'

/**
 * The topics of a page of a forum, and its next page, to the end that is proven by a look at the page after the last one. A sync reads
 * the topics that have changed, and the list until a page has none: it is sorted by last activity.
 */
export function followForum(task: ForumTask, page: Page, result: PageResult, context: PlanContext): Outcome {
  const rows = page.forum?.topics ?? []
  const ids = rows.map(({ id }) => id).join(' ')
  const again = repeated(task, ids, page)
  if (again) return again
  const changed = changedRows(rows, result, context)
  const reason = context.readsAll ? 'topic' : 'changed-topic'
  const topics = changed.map(row => topicTask({ ...row, url: rebase(row.url, task.home) }, reason))
  const forums = (page.forum?.forums ?? []).map(url => forumTask(rebase(url, task.home)))
  const zone = topics.length > 0 ? zoneTasks(page, context.rest) : []
  const tasks: Task[] = [...forums, ...zone, ...topics]
  const read = (task.read ?? 0) + rows.filter(({ id }) => !task.sticky?.includes(id)).length
  if (rows.length === 0) return { tasks, end: 'done', ...listEnd(task, page) }
  // Sticky topics come first, whatever their last activity.
  if (!context.readsAll && changed.length === 0 && isUnchanged(rows, page, result)) return { tasks, end: 'done' }
  const sticky = task.page === 1 ? rows.filter(row => row.isSticky).map(({ id }) => id) : (task.sticky ?? [])
  const next = pageOf(task, task.page + 1, { before: ids, read, sticky, reason: page.more ? 'next-page' : 'look' })
  const counted = page.more ? null : notListed(task, page, read)
  return { ...(counted ?? { end: 'done' }), tasks: [next, ...tasks] }
}

/** In a first reading all topics; in a sync those that the archive does not hold as their list shows them. */
const changedRows = (
  rows: readonly TopicRow[],
  { changedTopics }: PageResult,
  { readsAll }: PlanContext,
): TopicRow[] => (readsAll ? [...rows] : rows.filter(({ id }) => changedTopics?.includes(id)))

/** Of a list with as many topics as the archive holds, the later pages can't have changed. */
const isUnchanged = (rows: readonly TopicRow[], { total }: Page, { heldTopics }: PageResult): boolean =>
  rows.some(row => !row.isSticky) && (heldTopics === undefined || total === undefined || total === heldTopics)

/** The page before once more: the end, if the site has not said that there is another page; else the link of the pager is tried. */
export function repeated(task: ForumTask | TopicTask, ids: string, page: Page): Outcome | null {
  if (task.page === 1 || ids === '' || ids !== task.before) return null
  if (task.reason === 'look') return { tasks: [], end: 'done', ...(task.kind === 'forum' && { forumEnded: true }) }
  const link = page.forum?.next
  if (link && !task.byLink) return { tasks: [byLink(task, link)], end: 'done' }
  const problem = problemOfPaging(task)
  return { tasks: [], end: 'failed', reason: problem.message, problem }
}

/** The list has ended: what it did not show of the topics that are held may be gone. A list of forums has no end to prove. */
const listEnd = (task: ForumTask, { forum }: Page): Pick<Outcome, 'forumEnded'> =>
  task.page > 1 || forum?.forums.length === 0 ? { forumEnded: true } : {}

const problemOfPaging = ({ home, page, request }: ForumTask | TopicTask): Problem => ({
  url: request.url,
  message: `${home}: page ${page} is the page before once more, although the site says that there are more.`,
  advice: 'The paging of this forum is broken. The archive keeps what was read. Look at its later pages in a browser.',
  exitCode: EXIT.partial,
})

/** The last page of a list that has shown fewer topics than the site counts. */
function notListed(
  { home }: ForumTask,
  { total = 0 }: Page,
  read: number,
): Pick<Outcome, 'end' | 'reason' | 'problem'> | null {
  if (total <= read) return null
  const message = `${home}: the site counts ${total} topics, and its list shows ${read} of them.`
  const advice = 'Run the command again later. If the list stays short, the site or a plugin keeps something back.'
  return { end: 'failed', reason: message, problem: { url: home, message, advice, exitCode: EXIT.partial } }
}
