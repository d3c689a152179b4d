import type { PageResult } from '../../../archive/index.js'
import { bareUrl } from '../../../model/addresses.js'
import { EXIT } from '../../../model/errors.js'
import type { Page, Wall } from '../../../model/page.js'
import type { FeedThread, Task, ThreadTask } from '../../../model/task.js'
import { rebase } from '../../../model/urls.js'
import type { Outcome } from '../outcome.js'
import { ajaxUrlOf } from '../requests.js'
import { BY_REST } from './feed-pages.js'

/*
 * Threads that a feed has and no list: a theme asks for its lists with a filter of its own, or prints lists that can't be read. Their own
 * pages may show them, with their replies and their whole texts.
 */

/** Threads of a feed that are requested at first: the others only if one of these can be read. */
const FIRST = 2

/** `site`: base URL of the site under which the threads are stored. `control`: a thread of the feed that a list has shown, too. */
export function ownPageTasks(
  threads: readonly FeedThread[],
  page: Page,
  site: string | undefined,
  control?: FeedThread,
): ThreadTask[] {
  const others = [...threads.slice(FIRST), ...(control ? [control] : [])].map(({ id, url }) => ({ id, url }))
  return threads.slice(0, FIRST).map(thread => ({ ...ownPageTask(thread, page, site), others }))
}

const ownPageTask = ({ id, url }: FeedThread, page: Page, site: string | undefined): ThreadTask => ({
  ...{ kind: 'thread', reason: 'only-in-feed', id, named: url, texts: [], ajaxUrl: ajaxUrlOf(page), noReadMore: true },
  ...{ request: { url: rebase(url, page.url) }, ...(site && { site }) },
})

/** The own pages of the threads of this feed that only it has. */
export function absentTasks({ samples = [], ...page }: Page, { absent = [] }: PageResult, site?: string): ThreadTask[] {
  const ids = new Set(absent)
  const threads = samples.flatMap(({ id, url }) => (url === undefined ? [] : [{ id, url }]))
  const control = threads.find(({ id }) => !ids.has(id))
  return ownPageTasks(
    threads.filter(({ id }) => ids.has(id)),
    page,
    site,
    control,
  )
}

/** The threads that were in this feed, and are not any more: their own pages say whether they are gone. */
export const droppedTasks = (page: Page, { dropped = [] }: PageResult): ThreadTask[] =>
  dropped.map(({ id, url, site, posts }) => ({
    ...{ kind: 'thread', reason: 'off-list', id, site, texts: posts, ajaxUrl: ajaxUrlOf(page), noReadMore: true },
    request: { url: rebase(url, page.url) },
  }))

/**
 * The own page of a thread says that there is none. Feeds come from caches, so that the thread may be deleted, if another one can be read on
 * its own page. Null: another wall, no other thread is known, or the site has led to a page that fails, so that it has the thread.
 */
export function deletedSince(task: Task, { kind, seen }: Wall, page: Page): Outcome | null {
  if (task.kind !== 'thread' || kind !== 'not-found') return null
  if (task.reason === 'control') return unreadable(task, seen)
  const { others, request, id } = task
  const control = others?.at(-1)
  if (task.reason !== 'only-in-feed' || page.url !== bareUrl(request.url) || (others && !control)) return null
  const message = `A feed has thread ${id}, and its own page says that there is none (${seen}): it was deleted, and the feed is older.`
  const tasks = control ? [controlTask(task, control, page)] : []
  return { tasks, end: 'done', note: { url: request.url, message } }
}

const controlTask = ({ others = [], site }: ThreadTask, control: FeedThread, page: Page): ThreadTask => ({
  ...{ ...ownPageTask(control, page, site), reason: 'control', others: others.slice(0, -1) },
})

function unreadable({ request: { url } }: ThreadTask, seen: string): Outcome {
  const message = `The pages of single threads cannot be read on this site (${url}: ${seen}). Posts that only its feeds have are missing.`
  return {
    tasks: [],
    end: 'failed',
    reason: message,
    problem: { url, message, advice: BY_REST, exitCode: EXIT.partial },
  }
}

/** One thread could be read on its own page, which may load it by script: then the others are requested, too. */
export function withOthers(task: ThreadTask, page: Page, outcome: Outcome): Outcome {
  if (page.loader) return outcome
  const others = (task.others ?? []).map(thread => ownPageTask(thread, page, task.site))
  return { ...outcome, tasks: [...outcome.tasks, ...others] }
}

/** A note if this feed has posts that no list has. Notices have no words, in any language: a theme that leaves them out hides no discussion. */
export function noteOfAbsent(url: string, { samples = [] }: Page, { absent = [] }: PageResult): Pick<Outcome, 'note'> {
  if (absent.length === 0) return {}
  const ids = new Set(absent)
  const wordless = samples.filter(({ id, text }) => ids.has(id) && text === '').length
  const what = [
    counted(absent.length - wordless, 'post'),
    counted(wordless, 'item', ' without words, such as notices,'),
  ]
  const message = `The lists of this site leave out ${what.filter(Boolean).join(' and ')} of ${url}: each is requested by its own address.`
  return { note: { url, message } }
}

const counted = (count: number, noun: string, kind = ''): string =>
  count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}${kind}`
