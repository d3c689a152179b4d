import type { Page, Wall } from '../../model/page.js'
import type { DirectoryTask, StreamTask, Task } from '../../model/task.js'

/*
 * The end of a list by REST. A page that is not full ends it. Behind a full page comes an empty one, or a refusal; either proves the end
 * only if the site has counted no more than the pages before have shown, because proxies and filters answer `[]`, too.
 */

type ListTask = StreamTask | DirectoryTask

/** The task if it requests a page of such a list. */
export const restListOf = (task: Task): ListTask | null =>
  (task.kind === 'stream' && task.route === 'rest') || (task.kind === 'directory' && task.api) ? task : null

/**
 * An empty page that proves nothing; null: it is the end, or has items. REST gives an empty list both for a group without posts and for
 * a group that this reader may not see (reference 11.1, 4).
 */
export function emptyTooSoon(task: ListTask, page: Page): Wall | null {
  const items = task.kind === 'stream' ? page.posts : page.groups
  if (items.length > 0 || (page.provenEmpty && (!isBehindFullPages(task) || isBehindAllCounted(task)))) return null
  return { kind: 'elsewhere', seen: 'an empty list' }
}

/** The page after the last one as other sites send it: some software refuses the number of a page that does not exist. */
export function refusedPastEnd(task: ListTask, page: Page): Page | null {
  const isRefusal = page.wall?.kind === 'refused' || page.wall?.kind === 'not-found'
  return isRefusal && isBehindAllCounted(task) ? { ...page, wall: null, provenEmpty: true } : null
}

const isBehindAllCounted = ({ page, total, read = 0 }: ListTask): boolean =>
  page > 1 && total !== undefined && read >= total

const isBehindFullPages = ({ page, read = 0, request }: ListTask): boolean =>
  page > 1 && read >= (page - 1) * Number(new URL(request.url).searchParams.get('per_page') ?? Number.NaN)
