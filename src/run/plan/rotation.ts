import type { Archive, LargeGroup, Looking, PageResult } from '../../archive/index.js'
import type { Page } from '../../model/page.js'
import type { FeedTask, StreamTask, Task } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { completing } from './full-texts.js'
import type { Context, Outcome } from './outcome.js'
import { streamRequest } from './requests.js'

/** Large groups without REST: numbers of replies by their feeds, and old pages of their streams by turns. */

/** Where a reading stands when its lists are read. */
export interface Situation {
  archive: Archive
  looking: Looking
  /** The target, in the spelling under which its site is reached. */
  url: string
}

/** `num` is obeyed by feeds as by streams (reference 1.2); hosts may clamp it. */
const ITEMS = 100

/** Pages of one feed in one reading: their number must not grow with the group. */
const MOST_PAGES = 10

const large = ({ archive, looking }: Situation): LargeGroup[] =>
  archive.turns.largeGroups(looking, archive.frontier.groups(looking.pass))

/** Where nothing was posted since the last answer the site says so (304): `Last-Modified` is that of its youngest item. */
export function feedTasks(situation: Situation): FeedTask[] {
  const { archive, looking, url } = situation
  // Without pretty permalinks the place of a group's feed is not known.
  const groups = large(situation).filter(group => new URL(group.url).search === '')
  return groups.map(group => {
    const first = feedTask(rebase(new URL('feed/', group.url).href, url), 1)
    const { request } = first
    return {
      ...first,
      request: { ...request, site: group.site, unless: archive.turns.validators(request.url, looking.reader) },
    }
  })
}

function feedTask(feed: string, page: number): FeedTask {
  const url = new URL(feed)
  url.searchParams.set('num', String(ITEMS))
  if (page > 1) url.searchParams.set('acpage', String(page))
  return { kind: 'feed', page, request: { url: url.href } }
}

/** Its next page: all threads of the group, or as many as one reading may ask for. */
export function followFeed({ request, page: number }: FeedTask, page: Page): Outcome {
  const next = feedTask(request.url, number + 1)
  const goesOn = page.more && number < MOST_PAGES
  const site = request.site ? { site: request.site } : {}
  return { tasks: goesOn ? [{ ...next, request: { ...next.request, ...site } }] : [], end: 'done' }
}

/** Pages of streams behind those that were read, until so many threads have come: where the last turn ended, and one before it. */
export function pagesOfTurn(situation: Situation, most: number): StreamTask[] {
  let left = most
  return large(situation).flatMap(({ group, unseen, page }) => {
    const last = left > 0 ? lastOf(situation, group) : undefined
    if (!last) return []
    const share = Math.min(left, unseen)
    left -= share
    const number = Math.max(last.page + 1, (page ?? 1) - 1)
    const turn = { left: share, ...(number < (page ?? 1) ? { overlap: true as const } : {}) }
    return [{ ...last, page: number, turn, request: streamRequest(last, number) }]
  })
}

const FRESH = { arrivals: false, lookingBack: false, steppingBack: false, idle: 0 } as const

/** The last page of the group's stream that this pass has read, as far as it went from the top. */
function lastOf({ archive, looking }: Situation, group: number): StreamTask | undefined {
  const tasks = archive.frontier.tasksOf(looking.pass, group)
  const streams = tasks.filter(task => task.kind === 'stream' && !task.lookingBack && !task.steppingBack && !task.turn)
  const last = (streams as StreamTask[]).sort((a, b) => b.page - a.page)[0]
  if (last) return { ...last, ...FRESH }
  // The stream's first page is the group's own page.
  const home = tasks.filter(({ kind }) => kind === 'target' || kind === 'group').at(-1)?.request.url
  return home === undefined ? undefined : firstPage(home)
}

const firstPage = (home: string): StreamTask => ({
  kind: 'stream',
  route: 'page',
  page: 1,
  home,
  ajaxUrl: '',
  legacy: true,
  groupSlug: null,
  ...FRESH,
  request: { url: home },
})

/**
 * The texts that this page has shortened, and the next one, until enough threads have come. The page that the last turn ended with
 * does not count: else a turn of no more threads than a page holds would never go beyond it.
 */
export function followTurn(task: StreamTask, page: Page, result: PageResult, context: Context): Outcome {
  const texts = completing(page, task.home, task.ajaxUrl)
  const came = task.turn?.overlap ? 0 : page.posts.filter(post => post.parentId === null).length
  const left = (task.turn?.left ?? 0) - came
  const turned = { page: page.more ? task.page + 1 : null }
  // The very same page again: its paging does not advance.
  if (!page.more || left <= 0 || context.sameBefore > 0 || result.posts === 0)
    return { tasks: texts, end: 'done', route: task.route, turned }
  const next: Task = { ...task, page: task.page + 1, turn: { left }, request: streamRequest(task, task.page + 1) }
  return { tasks: [...texts, next], end: 'done', route: task.route, turned }
}
