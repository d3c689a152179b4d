import { describe, expect, it } from 'vitest'
import { afterTest } from '../cleanup.js'
import { type ServeOptions, serveCommunity } from '../community/index.js'
import { later, lively } from './lively.js'
import { desk, idsHeld } from './outside.js'

/** Between two syncs a site gets another template pack, opens or closes REST: nothing of the last way is kept. */

const WAYS = {
  Legacy: { pack: 'legacy', rest: false },
  Nouveau: { pack: 'nouveau', rest: false },
  'Legacy with REST': { pack: 'legacy', rest: true },
  'Nouveau with REST': { pack: 'nouveau', rest: true },
} satisfies Record<string, ServeOptions>
type Name = keyof typeof WAYS

const CHANGES: [Name, Name][] = [
  ['Legacy', 'Nouveau with REST'],
  ['Legacy with REST', 'Nouveau'],
  ['Nouveau', 'Legacy'],
  ['Nouveau with REST', 'Legacy'],
]

it.each(CHANGES)('a pass that was stopped goes on after a change from %s to %s', async (from, to) => {
  const options: ServeOptions = { ...WAYS[from] }
  const server = await serveCommunity(lively(140), options)
  afterTest(() => server.close())
  const one = desk()
  await one.run(`${server.url}groups/gardeners/`, { maxRequests: 5 })
  Object.assign(options, WAYS[to])
  for (let runs = 0; runs < 3; runs++) await one.run(`${server.url}groups/gardeners/`, { retries: 0 })
  expect(idsHeld(one)).toHaveLength(160)
})

describe.each(['', 'groups/gardeners/'])('a site that changes its ways between two syncs (target: /%s)', target => {
  it.each(CHANGES)('from %s to %s', async (from, to) => {
    const community = lively(25)
    const options: ServeOptions = { ...WAYS[from] }
    const server = await serveCommunity(community, options)
    afterTest(() => server.close())
    const one = desk()
    await one.run(server.url + target)
    Object.assign(options, WAYS[to])
    later(community)
    one.clock.advance(86_400_000)
    const report = await one.sync()
    expect([report.exitCode, idsHeld(one).filter(id => id > 20_000)]).toEqual([0, [20_001, 20_002, 20_003]])
    expect(one.groups().map(({ completeness }) => completeness.state)).not.toContain('short')
  })
})
