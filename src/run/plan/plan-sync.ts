import type { RotationThread, SyncFacts, ThreadRow } from '../../archive/index.js'
import { below, isPermalink } from '../../model/addresses.js'
import type { Api, LatestTask, StreamTask, Task, ThreadTask } from '../../model/task.js'
import type { RecheckReason } from '../../model/task-reasons.js'
import { rebase } from '../../model/urls.js'
import { emptyListTasks } from './feeds/empty-lists.js'
import { selfTestTasks } from './feeds/self-test.js'
import { topicsAgain } from './forum/forum-tasks.js'
import { type KnownRest, noRest } from './outcome.js'
import { firstStreamTask, STREAM_START, threadRequest } from './requests.js'
import { batchesOf, MAX_PER_PAGE, restLatestRequest, restThreadTask, restTurnsRequest } from './rest-requests.js'
import { feedTasks, pagesOfTurn } from './rotation.js'

/** What a stage of a sync requests. */
interface StagePlan {
  tasks: readonly Task[]
  /** Row ids of the threads in this turn of the rotation. */
  turns: readonly number[]
}

/** Number of threads that the rotation reads in one pass. A REST response holds a hundred threads, a page twenty. */
export const TURN_SIZE = { rest: 500, pages: 100 }

/**
 * The plan of one stage of a sync, from the facts that the archive gives. Pure. `url`: the target, in the spelling under which its
 * site is reached. `rest`: what the pass knows of the site's REST.
 *
 * - `news` finds new replies to old threads: by REST the newest replies of the site, else the claims in feeds of large groups.
 * - `turns` reads the threads that have such replies, and some of the old threads in rotation.
 * - `compare` requests a feed and a few posts by REST, to compare the posts of pages with; of a site whose pages show none, a few feeds.
 * - `missed` requests the threads and groups that the lists no longer show, and the threads that they show without a reply that they
 *   had, each by its own address, and what failed in earlier passes.
 */
export function planSync(facts: SyncFacts, url: string, rest: KnownRest = noRest()): StagePlan {
  const route = routeOf(facts, url)
  switch (facts.stage) {
    case 'news':
      return { tasks: route.api ? [latestTask(route.api, 1, route.ajaxUrl)] : feedTasks(facts.groups, url), turns: [] }
    case 'turns':
      return route.api ? restTurns(facts, route.api, route.ajaxUrl) : pageTurns(facts, route, url)
    case 'compare':
      return { tasks: compareTasks(facts, url, rest), turns: [] }
    case 'missed':
      return {
        tasks: [
          ...facts.missing.map(thread => missedTask(thread, 'missed', route, url)),
          ...facts.offList.map(thread => missedTask(thread, 'off-list', route, url)),
          ...absentTasks(facts, route, url),
          ...facts.gaps.map(oldGap),
          ...facts.unlisted.map(unlistedTask),
          ...topicsAgain(facts, url),
        ],
        turns: facts.topics.turn.map(({ row }) => row),
      }
  }
}

/** A request that earlier passes could not make. Of a list only this page is read: the other pages are those of the pass. */
const oldGap = (task: Task): Task => (task.kind === 'stream' ? { ...task, alone: true } : task)

/** A group that became hidden is on no list: only its own page says so. */
const unlistedTask = (url: string): Task => ({ kind: 'group', reason: 'unlisted', request: { url } })

/** Where no page of a group shows a post, there is nothing to compare with. */
function compareTasks({ compared, empty }: CompareFacts, url: string, rest: KnownRest): Task[] {
  const without = new Set(empty.map(group => group.url))
  const shown = compared.filter(group => !without.has(group.url))
  return [...selfTestTasks(shown, url, rest), ...emptyListTasks(empty, url)]
}

type CompareFacts = Extract<SyncFacts, { stage: 'compare' }>

type TurnFacts = Extract<SyncFacts, { stage: 'turns' }>

type MissedFacts = Extract<SyncFacts, { stage: 'missed' }>

/** Page N of the newest replies of the site. */
export const latestTask = (api: Api, page: number, ajaxUrl: string): LatestTask => ({
  kind: 'latest',
  reason: 'new-replies',
  api,
  page,
  ajaxUrl,
  request: restLatestRequest(api, page, ajaxUrl),
})

/** Threads with new replies, then the blocks that were read longest ago, a hundred threads a request. */
function restTurns({ plan, newReplies, threads }: TurnFacts, api: Api, ajaxUrl: string): StagePlan {
  const blocks = oldestBlocks(threads, turnSizeOf(plan) ?? TURN_SIZE.rest)
  const replies = batchesOf(newReplies).map(batch => ['new-replies', batch] as const)
  const turns = blocks.map(block => ['turn', block] as const)
  const tasks = [...replies, ...turns].map(([reason, threads], at): LatestTask => {
    const ids = threads.map(({ id }) => id)
    return { kind: 'turns', reason, api, page: at + 1, ajaxUrl, request: restTurnsRequest(api, ids, ajaxUrl) }
  })
  return { tasks, turns: blocks.flat().map(({ row }) => row) }
}

/** Each thread with new replies by itself, then pages of the lists that were read longest ago. */
function pageTurns({ plan, newReplies, groups }: TurnFacts, route: SyncRoute, url: string): StagePlan {
  const threads = newReplies.map(thread => threadTask(thread, 'new-replies', route, url))
  return { tasks: [...threads, ...pagesOfTurn(groups, turnSizeOf(plan) ?? TURN_SIZE.pages)], turns: [] }
}

const turnSizeOf = (plan: SyncFacts['plan']): number | null => (plan.kind === 'part' ? plan.turns : null)

/**
 * About `most` of these threads, in the blocks of a hundred that were read longest ago. A block holds the same threads in every
 * sync, so that its response can be compared with the last one.
 */
function oldestBlocks(threads: readonly RotationThread[], most: number): RotationThread[][] {
  return batchesOf(threads)
    .map(block => block.filter(({ isLive }) => isLive))
    .filter(block => block.length > 0)
    .map(block => ({ block, checkedAt: block.map(({ checkedAt }) => checkedAt).sort()[0] ?? '' }))
    .sort((a, b) => (a.checkedAt < b.checkedAt ? -1 : Number(a.checkedAt > b.checkedAt)))
    .slice(0, Math.ceil(most / MAX_PER_PAGE))
    .map(({ block }) => block)
}

/** How single threads of this target are requested: by the route that has read its lists. */
interface SyncRoute {
  api: Api | null
  ajaxUrl: string
  byAjax: boolean
}

const routeOf = ({ lastStream: last }: SyncFacts, url: string): SyncRoute => ({
  api: (last?.route === 'rest' && last.api) || null,
  ajaxUrl: last?.ajaxUrl ?? new URL('/wp-admin/admin-ajax.php', url).href,
  byAjax: last?.route === 'ajax' && !last.legacy,
})

function missedTask(
  thread: ThreadRow,
  reason: Exclude<RecheckReason, 'turn' | 'new-replies'>,
  route: SyncRoute,
  url: string,
): ThreadTask {
  const { api, ajaxUrl } = route
  if (!api) return threadTask(thread, reason, route, url)
  return restThreadTask(api, thread.id, ajaxUrl, { reason, site: thread.site })
}

/**
 * A second look at threads that were shown without a reply that they had: by REST at each, else at the pages of the list that showed
 * them. The own page of a thread is no proof: Legacy prints spam there.
 */
const absentTasks = ({ absent, absentFrom }: MissedFacts, route: SyncRoute, url: string): Task[] =>
  route.api
    ? absent.map(thread => missedTask(thread, 'absent', route, url))
    : absentFrom.flatMap(task => listAgain(task) ?? [])

/** The same page of a list, which may be the page of the group. Null: the task is for no list. */
function listAgain(task: Task): StreamTask | null {
  const again = { reason: 'absent', lookingBack: true, alone: true } as const
  if (task.kind === 'stream') return { ...task, ...STREAM_START, ...again }
  const home = task.request.url
  if ((task.kind !== 'group' && task.kind !== 'target') || isPermalink(home)) return null
  const first = firstStreamTask({ route: 'page', home, ajaxUrl: '', legacy: true, groupSlug: null })
  return { ...first, ...again }
}

/** By AJAX a thread is requested under its author's address (`full-texts.ts`); if that fails, by its permalink. */
function threadTask(
  thread: ThreadRow,
  reason: Exclude<RecheckReason, 'turn'>,
  { ajaxUrl, byAjax }: SyncRoute,
  url: string,
): ThreadTask {
  const { id, site, posts, authorUrl } = thread
  const permalink = rebase(thread.url, url)
  // `texts` lists all posts: the archive would keep the stored texts of the others, and not find edits.
  const task = { kind: 'thread', reason, id, site, texts: posts, ajaxUrl, noReadMore: true } as const
  if (reason !== 'new-replies' || !byAjax || !authorUrl) return { ...task, request: { url: permalink } }
  const view = rebase(below(authorUrl, 'activity', id), url)
  return { ...task, permalink, request: threadRequest(ajaxUrl, view) }
}
