import { describe, expect, it } from 'vitest'
import type { PageResult } from '../../src/archive/index.js'
import { NetworkError } from '../../src/model/errors.js'
import type { Page } from '../../src/model/page.js'
import type { PassPlan, StreamTask, Task, ThreadTask } from '../../src/model/task.js'
import { exactly, UNKNOWN_WHEN } from '../../src/model/time.js'
import { follow, unanswered } from '../../src/run/plan/follow.js'
import { noRest, type PlanContext } from '../../src/run/plan/outcome.js'
import { passPlanOf } from '../../src/run/plan/pass-plan.js'
import { ThreadAddresses } from '../../src/run/plan/thread-addresses.js'
import { RedirectError } from '../../src/sources/index.js'
import { page, post, SITE } from '../archive/shelf.js'

/** How far a list is followed, and what an answer that did not come leads to. */

const ajaxUrl = `${SITE}wp-admin/admin-ajax.php`
const api = { root: `${SITE}wp-json/`, namespace: 'buddypress/v1' }
const request = { url: `${SITE}wp-json/buddypress/v1/activity?page=1` }
const PART: PassPlan = {
  kind: 'part',
  since: '2026-01-10T00:00:00.000Z',
  last: '2026-01-20T12:00:00.000Z',
  turns: null,
}

const context = (change: Partial<PlanContext> = {}): PlanContext => ({
  ...{
    via: 'auto',
    resumed: false,
    sameBefore: 0,
    plan: PART,
    member: false,
    named: new Set(),
    listed: () => [],
    knownGroups: () => [],
    held: null,
  },
  addresses: new ThreadAddresses(),
  pageSizes: new Map(),
  readsAll: true,
  isKnown: true,
  failedBefore: false,
  rest: noRest(),
  ...change,
})
const result: PageResult = {
  ...{
    newPosts: 0,
    changedPosts: 0,
    improvedPosts: 0,
    posts: 1,
    firstInRun: 0,
    firstInPass: 0,
    fresh: 1,
    repeated: 0,
    group: null,
    groupName: null,
    groupStatus: null,
    groupSeen: false,
    leftOut: 0,
  },
  ...{ textRefused: false, contradictions: [], reusedIds: [] },
}
const next = (task: Task, came: Page, change: Partial<PageResult> = {}, how: Partial<PlanContext> = {}) =>
  follow(task, came, { ...result, ...change }, context(how)).tasks.map(({ kind }) => kind)
const at = (when: string, parent: string | null = null) => post('9', parent, { when: exactly(when) })

describe('the youngest replies of a site', () => {
  const task: Task = { kind: 'latest', reason: 'new-replies', api, page: 1, ajaxUrl, request }
  const since = (when: string, change: Partial<PageResult> = {}) =>
    next(task, page([at(when, '1')], { more: true }), change)

  it('are followed to a day before the last reading, for clocks differ', () => {
    expect([since('2026-01-19T13:00:00Z'), since('2026-01-19T11:00:00Z')]).toEqual([['latest'], []])
  })

  it('are followed further while they bring new ones', () => {
    expect(since('2026-01-01T00:00:00Z', { newPosts: 1 })).toEqual(['latest'])
  })
})

describe('a stream of which a part is read', () => {
  const task: StreamTask = {
    ...{
      kind: 'stream',
      reason: 'next-page',
      route: 'page',
      page: 2,
      home: `${SITE}groups/gardeners/`,
      ajaxUrl,
      legacy: true,
      request,
    },
    ...{ groupSlug: 'gardeners', arrivals: false, lookingBack: false, steppingBack: false, idle: 0 },
  }
  const follows = (when: string, change: Partial<PageResult> = {}, how: Partial<PlanContext> = {}) =>
    next(task, page([at(when)], { more: true }), change, how)

  it('ends behind the look-back, unless a page brings what was not held', () => {
    expect([follows('2026-01-10T00:00:00Z'), follows('2026-01-09T23:00:00Z')]).toEqual([['stream'], []])
    expect(follows('2026-01-09T23:00:00Z', { newPosts: 1 })).toEqual(['stream'])
    expect(follows('2026-01-09T23:00:00Z', {}, { plan: { kind: 'whole' } })).toEqual(['stream'])
  })

  it('whose dates are but roughly known, ends where all of them are behind it', () => {
    const rough = post('9', null, {
      when: { from: '2025-12-10T00:00:00Z', to: '2026-01-11T00:00:00Z' },
    })
    const undated = post('9', null, { when: UNKNOWN_WHEN })
    for (const one of [rough, undated]) expect(next(task, page([one], { more: true }))).toEqual(['stream'])
  })

  it('by turns: goes on until so many threads have come, and not where its paging does not advance', () => {
    const turn = { ...task, turn: { left: 2 } }
    const came = page([at('2025-01-01T00:00:00Z')], { more: true })
    expect(next(turn, came)).toEqual(['stream'])
    expect(next({ ...turn, turn: { left: 1 } }, came)).toEqual([])
    expect(next(turn, came, {}, { sameBefore: 1 })).toEqual([])
    expect(next(turn, came, { posts: 0 })).toEqual([])
  })
})

it('a feed is followed for ten pages at the most', () => {
  const feed = (number: number) =>
    next({ kind: 'feed', reason: 'reply-counts', page: number, request }, page([], { more: true }))
  expect([feed(1), feed(9), feed(10)]).toEqual([['feed'], ['feed'], []])
})

it('replies are asked for until none come, or the last ones come again', () => {
  const replies = {
    kind: 'replies',
    reason: 'more-replies',
    id: '1',
    parent: '1',
    offset: 2,
    after: '3',
    ajaxUrl,
    request,
  } as const
  const [more, again, none] = [[post('4', '1')], [post('2', '1'), post('3', '1')], []].map(posts =>
    next(replies, page(posts)),
  )
  expect([more, again, none]).toEqual([['replies'], [], []])
})

describe('a request without an answer', () => {
  const thread: ThreadTask = {
    kind: 'thread',
    reason: 'partial',
    id: '1',
    texts: [],
    ajaxUrl,
    request: { url: `${SITE}activity/p/1/` },
  }
  const ends = (task: Task, error: Error = new NetworkError('no')) => unanswered(task, error, context()).end

  it('waits for another run, but for the target itself, and for what leads nowhere for ever', () => {
    expect(ends(thread)).toBe('pending')
    expect(ends(thread, new RedirectError('round and round'))).toBe('failed')
    expect(ends({ kind: 'target', reason: 'named', request: thread.request })).toBe('failed')
    expect(ends(thread, new Error('a bug'))).toBe('failed')
  })

  it('by REST is done without, but a thread that is asked for by itself waits: nothing is known of it', () => {
    const byRest = { ...thread, request: { url: `${SITE}wp-json/buddypress/v1/activity/1` } }
    expect([ends(byRest), ends({ ...byRest, reason: 'missed', site: SITE })]).toEqual(['done', 'pending'])
  })
})

describe('REST that is refused', () => {
  const goal = { kind: 'group', home: `${SITE}groups/gardeners/`, slug: 'gardeners', id: '1' } as const
  const index: Task = {
    kind: 'api',
    reason: 'rest-index',
    root: api.root,
    ajaxUrl,
    goal,
    request: { url: `${api.root}?_fields=namespaces` },
  }
  const refused = (seen: string) =>
    follow(index, page([], { wall: { kind: 'challenge', seen } }), result, context({ plan: { kind: 'whole' } }))

  it('leads to the pages', () => {
    expect(refused('HTTP 403, a refusal')).toMatchObject({ end: 'done', tasks: [{ kind: 'group', without: 'rest' }] })
  })

  it('leads nowhere for now where it was asked too often: by pages it would be oftener', () => {
    expect(refused('HTTP 429, a refusal')).toMatchObject({ end: 'pending', tasks: [], problem: { exitCode: 8 } })
  })
})

describe('how much of a target a sync reads', () => {
  const NOW = Date.UTC(2026, 0, 31)
  const target = { fullReadAt: '2026-01-01T00:00:00.000Z', lastBegunAt: '2026-01-30T00:00:00.000Z', threads: 501 }
  const plan = (
    change: Partial<Parameters<typeof passPlanOf>[0]> = {},
    sync: Partial<Parameters<typeof passPlanOf>[1]> = {},
  ) =>
    passPlanOf(
      { ...target, ...change },
      { full: false, lookBackSeconds: 86_400, audit: null, explain: false, ...sync },
      NOW,
    )

  it('a part, of more than 500 threads that were read whole before; else all of it', () => {
    const part = { kind: 'part', since: '2026-01-30T00:00:00.000Z', last: target.lastBegunAt, turns: null }
    expect(plan()).toEqual(part)
    expect(plan({ threads: 500 }, { audit: 7 })).toEqual({ ...part, turns: 7 })
    for (const change of [{ threads: 500 }, { fullReadAt: null }, { lastBegunAt: null }])
      expect(plan(change)).toEqual({ kind: 'whole' })
    expect(plan({}, { full: true })).toEqual({ kind: 'whole' })
  })
})
