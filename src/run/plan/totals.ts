import type { PageResult } from '../../archive/index.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Share } from '../../model/reports/run.js'
import type { DirectoryTask, StreamTask, Task } from '../../model/task.js'
import type { Outcome } from './outcome.js'

/*
 * What a site counts is held against what its lists have shown. A total may be absent, and then nothing is compared; it may also be
 * wrong, but nobody can tell that from a list that keeps something back.
 */

/** Number of different items of the list up to this page; those that were left out are named by themselves. */
export const itemsRead = ({ read = 0, memberId }: StreamTask, page: Page, { fresh }: PageResult): number =>
  // In the list of a member, replies are items, too.
  read + (memberId ? page.posts.length : fresh) + page.warnings.length

/** How much of a list is read, where the site counts its items. */
export function shareOf(task: Task, page: Page, result: PageResult): Share | null {
  if (task.kind !== 'stream' || !page.total) return null
  return { done: Math.min(page.total, itemsRead(task, page, result)), total: page.total }
}

/** What a later page of the list has to know of its total: REST proves by it that an empty page is the end. */
export const countedBy = ({ total }: Page): Pick<StreamTask, 'total'> => (total === undefined ? {} : { total })

/** The end of a REST list that has shown fewer items than the site counts; null: it has shown them all, or there is no total. */
export function notShown(task: StreamTask, page: Page, result: PageResult): Outcome | null {
  const total = page.total ?? task.total ?? 0
  const missing = total - itemsRead(task, page, result)
  if (task.route !== 'rest' || missing <= 0 || task.lookingBack || task.hasGaps) return null
  return { ...shortage(task.home, missing, total, 'posts'), route: 'rest', access: 'open', counted: total }
}

/** The end of a directory that has listed fewer groups than the site counts. */
export function groupsNotListed(task: Pick<DirectoryTask, 'read' | 'total' | 'home'>, page: Page): Outcome | null {
  const total = page.total ?? task.total ?? 0
  const missing = total - (task.read ?? 0) - page.groups.length - page.warnings.length
  return missing <= 0 ? null : shortage(task.home, missing, total, 'groups')
}

function shortage(home: string, missing: number, total: number, what: string): Outcome {
  const message = `${home}: the site counts ${total} ${what}, and its list shows ${total - missing} of them.`
  const advice =
    'Run the command again later. If the list stays short, the site or a plugin keeps something back: try another route (--via page).'
  return { tasks: [], end: 'failed', reason: message, problem: { url: home, message, advice, exitCode: EXIT.partial } }
}
