import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Community, communityOf, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { isList, mixedTown } from './answers.js'
import { type Desk, desk, idsHeld, outcome } from './outside.js'

/** A site that stops answering: its connections break from one request on, or all that it says is that it is closed. */

interface Dying {
  death: Death
  community?: Community
  pack?: 'legacy' | 'nouveau'
}

const pending = (one: Desk) => one.standing().targets.map(target => [target.pending, target.gaps[0]?.again])

type Death = (request: SeenRequest, response: ServerResponse) => boolean

const broken: Death = (_request, response) => response.destroy().destroyed

const closed: Death = ({ path }, response) => {
  if (path === '/robots.txt') return false
  response.writeHead(503, { 'Content-Type': 'text/html' }).end('<html><body>Closed for repairs</body></html>')
  return true
}

async function dying(dies: (request: SeenRequest) => boolean, { community = mixedTown(), pack, death }: Dying) {
  const site = { isDoomed: true, isDead: false }
  const { server } = await town(
    {
      ...(pack ? { pack } : {}),
      intercept: (request, response) => {
        site.isDead = site.isDoomed && (site.isDead || dies(request))
        return site.isDead && death(request, response)
      },
    },
    community,
  )
  const one = desk()
  const run = async (target: string) => outcome(await one.run(server.url + target, { retries: 0 }))
  return { site, server, one, run }
}

describe.each([
  ['legacy', 'without an answer', broken],
  ['nouveau', 'without an answer', broken],
  ['legacy', 'with 503', closed],
] as const)('a site that went dead between two pages (%s, %s)', (pack, _how, death) => {
  it('is waited for, however many runs it takes, and is read from there on when it is back', async () => {
    const { site, server, one, run } = await dying(request => isList(request, 2), { death, pack })
    for (let runs = 0; runs < 4; runs++) {
      expect((await run('groups/gardeners/')).code).toBe(3)
      // The page, and the three after it, which are requested in vain.
      expect(pending(one)).toEqual([[4, true]])
    }
    expect(idsHeld(one)).toHaveLength(20)
    site.isDoomed = false
    server.requests.length = 0
    expect(await run('groups/gardeners/')).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toHaveLength(50)
    expect(server.requests.find(request => isList(request, 1) || isList(request, 2))).toSatisfy(
      (request: SeenRequest) => isList(request, 2),
    )
  })
})

describe('a site that goes dead before its groups', () => {
  const GROUPS = Array.from({ length: 12 }, (_, at) => ({ slug: `g${at}` }))
  const isGroup = ({ path }: SeenRequest) => /\/groups\/g\d+\//.test(path)

  it('is left alone after three requests without an answer, and no group is given up', async () => {
    const community = communityOf({ groups: GROUPS, posts: GROUPS.map(({ slug }) => ({ groupSlug: slug })) })
    const { site, server, one, run } = await dying(isGroup, { death: broken, community })
    for (let runs = 0; runs < 3; runs++) {
      server.requests.length = 0
      expect((await run('')).code).toBe(3)
      // The groups, and of the first three the second page.
      expect(pending(one)).toEqual([[15, true]])
      // A dead site does not answer for its robots.txt either, which each page needs.
      const asked = server.requests.filter(runs === 0 ? isGroup : () => true)
      expect(asked).toHaveLength(runs === 0 ? 3 : 1)
    }
    site.isDoomed = false
    expect(await run('')).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toHaveLength(12)
  })
})

describe.each([
  [
    'without an answer',
    broken,
    ['/robots.txt'],
    /robots\.txt could not be read \(tried 3 times\).* Nothing more was requested of/,
  ],
  ['with 503', closed, ['/', '/groups/gardeners/'], /gave no usable answer to 3 requests in a row/],
] as const)('a known site that is dead %s', (_how, death, requested, message) => {
  const known = async () => {
    const { server } = await town({}, mixedTown())
    const { site, run, one, ...dead } = await dying(() => true, { death })
    site.isDoomed = false
    await run('')
    site.isDoomed = true
    dead.server.requests.length = 0
    return { alive: server, dead: dead.server, one, site }
  }
  const pathsOf = ({ requests }: { requests: readonly SeenRequest[] }) => new Set(requests.map(({ path }) => path))

  it('is one problem, and its other addresses are requested once at most', async () => {
    const { dead, one, site } = await known()
    const report = await one.sync({ retries: 2 })
    expect(report).toMatchObject({ exitCode: 3, reason: 'failed' })
    expect(report.targets.map(({ problems }) => problems.map(problem => problem.message))).toEqual([
      [expect.stringMatching(message)],
    ])
    expect([...pathsOf(dead)].filter(path => path !== '/robots.txt' || requested.length === 1)).toEqual([...requested])
    site.isDoomed = false
    await one.sync()
    expect((await one.sync()).exitCode).toBe(0)
  })

  it('is not requested for its other targets, and other sites are read', async () => {
    const { alive, dead, one } = await known()
    const groups = ['groups/gardeners/', 'groups/bakers/'].map(path => dead.url + path)
    const report = await one.run([dead.url, ...groups, `${alive.url}groups/gardeners/`], { retries: 2 })
    expect(report.targets.map(({ state }) => state).slice(1)).toEqual(['failed', 'failed', 'done'])
    expect(new Set(report.targets.flatMap(({ problems }) => problems.map(problem => problem.message))).size).toBe(1)
    expect(report.exitCode).toBe(3)
  })
})
