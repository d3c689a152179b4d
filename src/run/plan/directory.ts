import type { Page } from '../../model/page.js'
import type { DirectoryTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import type { Outcome, PlanContext } from './outcome.js'
import { ownTasks } from './own-groups.js'
import { ajaxUrlOf, directoryRequest } from './requests.js'
import { countedBy, groupsNotListed } from './totals.js'

type DirectoryContext = Pick<
  DirectoryTask,
  'home' | 'ajaxUrl' | 'route' | 'api' | 'only' | 'gap' | 'read' | 'total' | 'firstBefore' | 'mine'
>

/** Page N of the list of groups. */
export const directoryTask = (place: DirectoryContext, page: number): DirectoryTask => ({
  ...place,
  kind: 'directory',
  reason: page > 1 ? 'next-page' : place.api ? 'directory' : 'first-page',
  page,
  request: directoryRequest(place, page),
})

/** The reader's own list, which the first page of the directory links to. */
export const mineOf = ({ mine }: Page): Pick<DirectoryTask, 'mine'> => (mine ? { mine } : {})

/** The first page of a directory that loads its rows by AJAX (Nouveau). */
export const startDirectory = (page: Page): Outcome => ({
  tasks: [directoryTask({ home: page.url, ajaxUrl: ajaxUrlOf(page), route: 'ajax', ...mineOf(page) }, 1)],
  end: 'done',
})

/** All listed groups and the next page. Private groups are requested too: the reader may be a member. */
export function followDirectory(place: DirectoryContext & { page: number }, page: Page, context: PlanContext): Outcome {
  const groups = page.groups.map(
    (group): Task => ({ kind: 'group', reason: 'listed', request: { url: rebase(group.url, place.home) } }),
  )
  // The next page comes first: reading groups takes hours, and the order of the directory changes meanwhile.
  if (page.more) return { tasks: [nextDirectoryPage(place, page), ...groups], end: 'done' }
  return { ...(groupsNotListed(place, page) ?? { end: 'done' }), tasks: [...groups, ...ownTasks(place, context)] }
}

/** The page after this one, with what the pages so far have listed. */
export const nextDirectoryPage = (place: DirectoryContext & { page: number }, page: Page): DirectoryTask => ({
  ...directoryTask(place, place.page + 1),
  read: (place.read ?? 0) + page.groups.length + page.warnings.length,
  ...countedBy(page),
  ...(page.groups[0] && { firstBefore: page.groups[0].url }),
})
