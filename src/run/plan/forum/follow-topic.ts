import type { Page } from '../../../model/page.js'
import type { Task, TopicTask } from '../../../model/task.js'
import { rebase } from '../../../model/urls.js'
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
  if (view?.whole) return { tasks: [], end: 'done' }
  const claimed = Math.max(task.claimed ?? 0, view?.claimed ?? 0)
  if (ids === '' || (claimed > 0 && read >= claimed && !page.more)) return ended({ ...task, claimed }, page, read)
  const reason = !page.more ? 'look' : task.reason === 'look' ? 'next-page' : task.reason
  return { tasks: [pageOf(task, task.page + 1, { before: ids, read, claimed, reason })], end: 'done' }
}

const ended = (task: TopicTask, page: Page, read: number): Outcome => ({
  tasks: [],
  end: 'done',
  ...(!task.hasGaps && { whole: wholeOf(task, page, read) }),
})

/** A topic that the user has named, or a page of one of its replies. */
export function startTopic(task: Task, page: Page, id: string, context: PlanContext): Outcome {
  const opening = page.posts.find(post => post.id === id)
  const home = rebase((opening ?? page.posts[0])?.url ?? page.url, page.url).replace(/#.*$/, '')
  const topic = topicTask({ id, url: home }, opening ? task.reason : 'topic')
  const zone = zoneTasks(page, context.rest)
  if (!opening) return { tasks: [...zone, topic], end: 'done', route: 'page' }
  const outcome = followTopic(topic, page)
  return { ...outcome, tasks: [...zone, ...outcome.tasks], route: 'page' }
}
