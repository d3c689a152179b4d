import type { ThreadRow } from '../../archive/index.js'
import type { Api, LatestTask, StreamTask, Task, ThreadTask } from '../../model/task.js'
import { rebase } from '../../model/urls.js'
import { threadRequest } from './requests.js'
import { MAX_PER_PAGE, restLatestRequest, restThreadRequest, restTurnsRequest } from './rest-requests.js'
import { feedTasks, pagesOfTurn, type Situation } from './rotation.js'

/** Threads that are asked for because they were missed: a list that is broken must not lead to thousands of requests. */
const MOST_MISSED = 100

/** Threads whose turn it is in one reading: by REST a hundred come in one answer, by pages twenty, with the texts of long ones apart. */
const TURNS = { rest: 500, pages: 100 }

/**
 * What a pass asks when its lists are read. All: threads that the lists did not show any more, by their own addresses. Where only
 * a part was read: first what tells of new replies on old threads (by REST the youngest of the site, else the numbers in the feeds of
 * large groups); then the threads that have some, and those whose turn it is; then what was missed.
 */
const STAGES = {
  whole: [missedTasks],
  part: [newsTasks, turnTasks, missedTasks],
}

/** Adds the tasks of the next stage; false: there is none. */
export function nextStage(situation: Situation): boolean {
  const { archive, looking } = situation
  const stages = STAGES[looking.pass.plan.kind]
  const stage = archive.frontier.stage(looking.pass)
  const tasksOf = stages[stage]
  if (!tasksOf) return false
  archive.beginStage(looking.pass, stage + 1, () => tasksOf(situation))
  return true
}

function newsTasks(situation: Situation): Task[] {
  const { api, ajaxUrl } = waysOf(situation)
  return api ? [latestTask(api, 1, ajaxUrl)] : feedTasks(situation)
}

export const latestTask = (api: Api, page: number, ajaxUrl: string): LatestTask => ({
  kind: 'latest',
  api,
  page,
  ajaxUrl,
  request: restLatestRequest(api, page, ajaxUrl),
})

/** Threads with new replies, and those whose turn it is: by REST in blocks of a hundred, else by pages of their lists. */
function turnTasks(situation: Situation): Task[] {
  const { archive, looking } = situation
  const { plan } = looking.pass
  const ways = waysOf(situation)
  const { api, ajaxUrl } = ways
  const groups = archive.frontier.groups(looking.pass)
  const most = (plan.kind === 'part' ? plan.turns : null) ?? (api ? TURNS.rest : TURNS.pages)
  const stirred = archive.rotation.stirred(looking, groups)
  if (!api) return [...stirred.map(row => pageTask(row, 'turn', ways, situation)), ...pagesOfTurn(situation, most)]
  const blocks = [...blocksOf(stirred), ...archive.rotation.blocks(looking, groups, most, MAX_PER_PAGE)]
  return blocks.map((block, at) => {
    const ids = block.map(({ id }) => id)
    return { kind: 'turns', api, page: at + 1, ajaxUrl, request: restTurnsRequest(api, ids, ajaxUrl) }
  })
}

const blocksOf = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MAX_PER_PAGE) }, (_, at) =>
    rows.slice(at * MAX_PER_PAGE, (at + 1) * MAX_PER_PAGE),
  )

function missedTasks(situation: Situation): Task[] {
  const { archive, looking } = situation
  const groups = archive.frontier.groups(looking.pass)
  const inPart = looking.pass.plan.kind === 'part' ? archive.rotation.skipped(looking, groups, MOST_MISSED) : []
  const rows = [
    ...archive.tombstones.unseenThreads(looking, MOST_MISSED),
    ...archive.tombstones.unseenOfTurn(looking, MOST_MISSED),
    ...inPart,
  ]
  const ways = waysOf(situation)
  const { api, ajaxUrl } = ways
  return rows.map((row): Task => {
    if (!api) return pageTask(row, 'missed', ways, situation)
    const how = { site: row.site, texts: [], ajaxUrl }
    return { kind: 'thread', why: 'missed', id: row.id, ...how, request: restThreadRequest(api, row.id, ajaxUrl) }
  })
}

interface Ways {
  api: Api | null
  ajaxUrl: string
  byAjax: boolean
}

/** How this pass has read its lists: the same way leads to single threads. */
function waysOf({ archive, looking, url }: Situation): Ways {
  const streams = archive.frontier.tasks(looking.pass, 'stream') as StreamTask[]
  const last = streams.at(-1)
  return {
    api: (last?.route === 'rest' && last.api) || null,
    ajaxUrl: last?.ajaxUrl ?? new URL('/wp-admin/admin-ajax.php', url).href,
    byAjax: last?.route === 'ajax' && !last.legacy,
  }
}

/** By AJAX a thread is asked for under its author's address (`run/texts.ts`); its permalink knows better, and is asked then. */
function pageTask(row: ThreadRow, why: 'missed' | 'turn', { ajaxUrl, byAjax }: Ways, { url }: Situation): ThreadTask {
  const permalink = rebase(row.url, url)
  // What was edited is told by the texts, of which its own page is another view.
  const task = { kind: 'thread', id: row.id, why, site: row.site, texts: row.posts, ajaxUrl, noReadMore: true } as const
  if (why === 'missed' || !byAjax || !row.authorUrl) return { ...task, request: { url: permalink } }
  const view = rebase(new URL(`activity/${row.id}/`, row.authorUrl).href, url)
  return { ...task, permalink, request: threadRequest(ajaxUrl, view) }
}
