import { expect, it } from 'vitest'
import type { RotationThread } from '../../../src/archive/index.js'
import type { PassPlan, StreamTask } from '../../../src/model/task.js'
import { planSync } from '../../../src/run/plan/plan-sync.js'
import { readings } from '../readings.js'
import { page, post, SITE } from '../shelf.js'

const time = (hour: number) => new Date(Date.UTC(2026, 0, 2, hour)).toISOString()
const PLAN: PassPlan = { kind: 'part', since: time(0), last: time(0), turns: 100 }
const LIST: StreamTask = {
  ...{ kind: 'stream', reason: 'first-page', route: 'rest', page: 1, home: SITE, ajaxUrl: SITE, legacy: false },
  ...{ groupSlug: 'gardeners', arrivals: false, lookingBack: false, steppingBack: false, idle: 0 },
  api: { root: `${SITE}wp-json/`, namespace: 'buddypress/v1' },
  request: { url: `${SITE}wp-json/buddypress/v1/activity` },
}

/** One sync whose list brings nothing: the threads of the rotation as the archive gives them, and the ids that have their turn. */
function sync(one: ReturnType<typeof readings>, hour: number): { threads: readonly RotationThread[]; ids: string[] } {
  const { archive } = one
  const pass = archive.beginPass(SITE, { reader: 'visitor', via: 'auto' }, LIST, time(hour), PLAN)
  const list = archive.frontier.next(pass, new Set())
  if (!list) throw new Error('nothing to do')
  archive.frontier.done(list.id, null, 1)
  const viewpoint = { run: 1, pass, reader: 'visitor', at: time(hour) }
  return archive.transaction(tx => {
    tx.beginStage(viewpoint, [], [])
    const facts = tx.stageFacts(viewpoint)
    if (facts?.stage !== 'turns') throw new Error('no turns')
    const { tasks, turns } = planSync(facts, SITE)
    tx.beginStage(viewpoint, [], turns)
    return {
      threads: facts.threads,
      ids: tasks.flatMap(({ request }) => new URL(request.url).searchParams.get('include')?.split(',') ?? []),
    }
  })
}

it('threads that did not come when it was their turn do not take the turn of the others', () => {
  const one = readings()
  const ids = Array.from({ length: 250 }, (_, at) => String(at + 1))
  one.read('2026-01-01T00:00:00Z', [page(ids.map(id => post(id, null)))])
  const turns = [1, 2, 3, 4].map(hour => sync(one, hour).ids)
  one.close()
  const blocks = [ids.slice(0, 100), ids.slice(100, 200), ids.slice(200)]
  expect(turns).toEqual([...blocks, blocks[0]])
})

it('the time of a turn is kept with each of its threads, and with no other', () => {
  const one = readings()
  one.read('2026-01-01T00:00:00Z', [page(Array.from({ length: 150 }, (_, at) => post(String(at + 1), null)))])
  sync(one, 5)
  const { threads } = sync(one, 6)
  one.close()
  expect(threads.filter(({ checkedAt }) => checkedAt === time(5)).map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 100 }, (_, at) => at + 1),
  )
})
