import { describe, expect, it } from 'vitest'
import type { GroupFacts, RotationThread, SyncFacts, ThreadRow } from '../../../src/archive/index.js'
import type { PassPlan, StreamTask } from '../../../src/model/task.js'
import { planSync } from '../../../src/run/plan/plan-sync.js'

const SITE = 'https://town.example/'
const PLAN: PassPlan = { kind: 'part', since: '2026-01-01T00:00:00Z', last: '2026-01-05T00:00:00Z', turns: null }
const API = { root: `${SITE}wp-json/`, namespace: 'buddypress/v1' }

const stream = (change: Partial<StreamTask>): StreamTask => ({
  kind: 'stream',
  reason: 'next-page',
  route: 'page',
  page: 3,
  home: `${SITE}groups/gardeners/`,
  ajaxUrl: `${SITE}wp-admin/admin-ajax.php`,
  legacy: true,
  groupSlug: 'gardeners',
  arrivals: false,
  lookingBack: false,
  steppingBack: false,
  idle: 0,
  request: { url: `${SITE}groups/gardeners/?acpage=3` },
  ...change,
})

const byRest = stream({ route: 'rest', api: API })

const thread = (id: number, change: Partial<ThreadRow> = {}): ThreadRow => ({
  id: String(id),
  url: `${SITE}activity/p/${id}/`,
  site: SITE,
  authorUrl: `${SITE}members/ada/`,
  posts: [String(id)],
  ...change,
})

const turn = (row: number, checkedAt = '', isLive = true): RotationThread => ({ row, id: `a${row}`, isLive, checkedAt })

const group = (change: Partial<GroupFacts> = {}): GroupFacts => ({
  group: 1,
  url: `${SITE}groups/gardeners/`,
  slug: 'gardeners',
  site: SITE,
  unseen: 900,
  page: null,
  lastPage: stream({}),
  home: null,
  ...change,
})

const turns = (facts: Partial<Extract<SyncFacts, { stage: 'turns' }>>): SyncFacts => ({
  stage: 'turns',
  plan: PLAN,
  lastStream: byRest,
  newReplies: [],
  threads: [],
  groups: [],
  ...facts,
})

const included = (url: string): string[] => new URL(url).searchParams.get('include')?.split(',') ?? []

describe('the plan of a sync', () => {
  it('requests the blocks of a hundred that were read longest ago, and notes their threads', () => {
    const threads = Array.from({ length: 350 }, (_, row) => turn(row, row < 200 ? '2026-01-04' : '2026-01-02'))
    const plan = planSync(turns({ threads, plan: { ...PLAN, turns: 150 } }), SITE)
    expect(plan.tasks.map(({ reason }) => reason)).toEqual(['turn', 'turn'])
    expect(plan.turns).toEqual(Array.from({ length: 150 }, (_, at) => at + 200))
    expect(plan.tasks.flatMap(({ request }) => included(request.url))).toEqual(plan.turns.map(row => `a${row}`))
  })

  it('takes a block by its oldest thread, and leaves out threads that are gone', () => {
    const threads = Array.from({ length: 200 }, (_, row) => turn(row, row === 150 ? '' : '2026-01-02', row !== 199))
    const { turns: rows } = planSync(turns({ threads, plan: { ...PLAN, turns: 1 } }), SITE)
    expect([rows[0], rows.at(-1)]).toEqual([100, 198])
  })

  it('goes through all blocks before it comes to one again', () => {
    let threads = Array.from({ length: 700 }, (_, row) => turn(row))
    const seen: number[] = []
    for (let day = 1; day <= 7; day++) {
      const { turns: rows } = planSync(turns({ threads, plan: { ...PLAN, turns: 100 } }), SITE)
      seen.push(...rows)
      threads = threads.map(one => (rows.includes(one.row) ? { ...one, checkedAt: `2026-02-0${day}` } : one))
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 700 }, (_, row) => row))
  })

  it('requests threads with new replies before the rotation, and says which is which', () => {
    const plan = planSync(turns({ newReplies: [thread(7)], threads: [turn(1)] }), SITE)
    expect(plan.tasks.map(({ reason, request }) => [reason, ...included(request.url)])).toEqual([
      ['new-replies', '7'],
      ['turn', 'a1'],
    ])
  })

  it('without REST reads single threads by the route of the lists, and starts a turn one page before the last one ended', () => {
    const lastStream = stream({ route: 'ajax', legacy: false })
    const plan = planSync(turns({ lastStream, newReplies: [thread(7)], groups: [group({ page: 9 })] }), SITE)
    expect(plan.tasks).toMatchObject([
      { kind: 'thread', reason: 'new-replies', permalink: `${SITE}activity/p/7/`, request: { nonce: 'activity' } },
      { kind: 'stream', reason: 'turn', page: 8, turn: { left: 100 } },
    ])
  })

  it('shares a turn among the groups, in their order, and never starts within the pages of this pass', () => {
    const groups = [
      group({ unseen: 30 }),
      group({ group: 2, lastPage: null, home: `${SITE}groups/b/`, page: 1 }),
      group({ group: 3 }),
    ]
    const plan = planSync(turns({ lastStream: stream({}), groups }), SITE)
    expect(plan.tasks).toMatchObject([
      { page: 4, turn: { left: 30 } },
      { page: 2, turn: { left: 70 }, home: `${SITE}groups/b/` },
    ])
  })

  it('looks for new replies by REST, else in the feeds of groups with pretty addresses', () => {
    const facts = { stage: 'news', plan: PLAN } as const
    expect(planSync({ ...facts, lastStream: byRest, groups: [] }, SITE).tasks).toMatchObject([
      { kind: 'latest', reason: 'new-replies', page: 1 },
    ])
    const groups = [group(), group({ url: `${SITE}?bp_group=b` })]
    expect(planSync({ ...facts, lastStream: null, groups }, SITE).tasks).toMatchObject([
      { kind: 'feed', reason: 'reply-counts', request: { url: `${SITE}groups/gardeners/feed/?num=100`, site: SITE } },
    ])
  })

  it('requests what is missing by its own address, by REST where the lists came by REST', () => {
    const facts = {
      stage: 'missed',
      plan: PLAN,
      missing: [thread(7)],
      offList: [],
      absent: [],
      absentFrom: [],
      gaps: [],
      topics: { missing: [], absent: [], turn: [] },
      unlisted: ['https://town.example/groups/hidden/'],
    } as const
    expect(planSync({ ...facts, lastStream: byRest }, SITE).tasks[0]?.request.url).toContain('buddypress/v1/activity/7')
    const [task] = planSync({ ...facts, lastStream: stream({ route: 'ajax', legacy: false }) }, SITE).tasks
    expect(task).toMatchObject({ reason: 'missed', request: { url: `${SITE}activity/p/7/` } })
    expect(planSync({ ...facts, lastStream: byRest }, SITE).tasks[1]).toMatchObject({
      kind: 'group',
      reason: 'unlisted',
    })
  })
})
