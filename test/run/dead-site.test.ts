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
      // A dead site does not answer for its robots.txt either, which each page needs; once it is asked whether it is there at all.
      const asked = server.requests.filter(runs === 0 ? isGroup : () => true)
      expect(asked).toHaveLength(runs === 0 ? 3 : 4)
    }
    site.isDoomed = false
    expect(await run('')).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toHaveLength(12)
  })
})
