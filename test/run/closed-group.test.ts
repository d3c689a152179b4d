import { describe, expect, it } from 'vitest'
import { type Community, DEMO } from '../community/index.js'
import { ROUTES, townOf, type Way } from './lively.js'
import { desk, idsHeld, outcome } from './outside.js'

/** A group that this reader could read and cannot read any more. */

const DAY = 86_400_000
const GROUP = 'fox-hollow-gardeners'

function closable() {
  const community: Community = { ...DEMO, groups: DEMO.groups.map(group => ({ ...group })) }
  const become = (status: 'public' | 'private' | 'hidden') => {
    community.groups = community.groups.map(group => (group.slug === GROUP ? { ...group, status } : group))
  }
  return { community, become }
}

async function archivedSite(way: Way) {
  const { community, become } = closable()
  const { server } = await townOf(way, community)
  const one = desk()
  const first = await one.run(`${server.url}groups/`, { via: way.via as 'auto' })
  expect(first.exitCode).toBe(0)
  one.clock.advance(DAY)
  return { server, one, become }
}

const gonePosts = (one: ReturnType<typeof desk>) => one.sql("SELECT id FROM posts WHERE status = 'gone'").length
const groupOf = (one: ReturnType<typeof desk>) => one.groups().find(({ slug }) => slug === GROUP)

describe.each(ROUTES)('a group of a whole-site run by $name', way => {
  it.each(['private', 'hidden'] as const)(
    'that became %s is a problem in each run, and is read again later',
    async status => {
      const { one, become } = await archivedSite(way)
      const before = idsHeld(one)
      expect(groupOf(one)?.completeness.state).toBe('complete')
      become(status)
      for (let night = 0; night < 3; night++) {
        const { code, target } = outcome(await one.sync())
        expect(code).toBe(4)
        expect(target?.problems.map(({ message }) => message).join()).toContain(GROUP)
        expect(idsHeld(one)).toEqual(before)
        expect(gonePosts(one)).toBe(0)
        expect(groupOf(one)).toMatchObject({ access: 'members', completeness: { state: 'unknown' } })
        expect(target?.groups.find(({ slug }) => slug === GROUP)?.completeness.state).toBe('unknown')
        expect(
          one
            .standing()
            .targets[0]?.gaps.map(({ url }) => url)
            .join(),
        ).toContain(GROUP)
        one.clock.advance(DAY)
      }
      become('public')
      expect(outcome(await one.sync()).code).toBe(0)
      expect(groupOf(one)).toMatchObject({ access: 'open', completeness: { state: 'complete' } })
      expect(idsHeld(one)).toEqual(before)
    },
  )
})

it('a group that was always closed is no problem', async () => {
  const { community, become } = closable()
  become('private')
  const { server } = await townOf({ name: 'page', pack: 'legacy', rest: false, via: 'page' }, community)
  const one = desk()
  expect((await one.run(`${server.url}groups/`)).exitCode).toBe(0)
  one.clock.advance(DAY)
  expect((await one.sync()).exitCode).toBe(0)
})
