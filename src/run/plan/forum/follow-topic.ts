import type { Page } from '../../../model/page.js'
import type { Task, TopicTask } from '../../../model/task.js'
import { rebase } from '../../../model/urls.js'
import { problemOfCount } from '../../judge/problems.js'
import type { Outcome, PlanContext } from '../outcome.js'
import { repeated } from './follow-forum.js'
import { pageOf, topicTask, zoneTasks } from './forum-tasks.js'
import { wholeOf } from './forum-walls.js'

/** The next page of a topic. At the end of several pages, the topic has been seen whole. */
export function followTopic(task: TopicTask, page: Page): Outcome {
  const ids = page.posts.map(({ id }) => id).join(' ')
  const again = repeated(task, ids, page)
  if (again) return again.tasks.length + Number(again.end === 'failed') > 0 ? again : ended(task, page, task.read ?? 0)
  const [view] = page.threads
  // A "lead topic" is on every page.
  const read = (task.read ?? 0) + page.posts.filter(({ parentId }) => task.page === 1 || parentId !== null).length
  const claimed = Math.max(task.claimed ?? 0, view?.claimed ?? 0)
  if (view?.whole) return { tasks: [], end: 'done', ...lacking({ ...task, claimed }, read) }
  if (ids === '' || (claimed > 0 && read >= claimed && !page.more)) return ended({ ...task, claimed }, page, read)
  const reason = !page.more ? 'look' : task.reason === 'look' ? 'next-page' : task.reason
  return { tasks: [pageOf(task, task.page + 1, { before: ids, read, claimed, reason })], end: 'done' }
}

const ended = (task: TopicTask, page: Page, read: number): Outcome => ({
  tasks: [],
  end: 'done',
  ...(!task.hasGaps && { whole: wholeOf(task, page, read) }),
  ...lacking(task, read),
})

/** The site counts more posts than the pages of the topic have shown. */
function lacking({ id, claimed = 0, request: { url } }: TopicTask, read: number): Pick<Outcome, 'problem'> {
  return claimed > read ? { problem: problemOfCount({ url, id, counted: claimed - 1, held: read - 1 }) } : {}
}

/** A topic that the user has named, or a page of one of its replies. */
export function startTopic(task: Task, page: Page, id: string, context: PlanContext): Outcome {
  const opening = page.posts.find(post => post.id === id)
  const home = rebase((opening ?? page.posts[0])?.url ?? page.url, page.url).replace(/#.*$/, '')
  const zone = zoneTasks(page, context.rest)
  const isDated = zone.length === 0 || page.localTimes === undefined
  if (opening && isDated) return { ...followTopic(topicTask({ id, url: home }, task.reason), page), route: 'page' }
  const again = topicTask({ id, url: home }, opening ? 'dated' : 'topic')
  return { tasks: [...zone, again], end: 'done', route: 'page' }
}
