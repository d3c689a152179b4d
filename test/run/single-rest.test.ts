import { describe, expect, it } from 'vitest'
import { communityOf, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { bending, streamPageOf } from './bent.js'
import { desk } from './outside.js'

/** Where REST gives single posts, a few of them are compared with what the pages showed. */

const WORDS = 'The beans are up on the south wall, and the slugs have noticed.'
const posts = Array.from({ length: 6 }, (_, at) => ({ id: at + 1, html: `<p>${WORDS} For the ${at + 1}. time.</p>` }))
const community = () => communityOf({ posts, members: [{}, { slug: 'ben', name: 'Ben' }] })

const isSingle = ({ path }: SeenRequest) => /\/activity\/\d+$/.test(path)
const isFeed = ({ path }: SeenRequest) => path.endsWith('/feed/')
const isClosedList = ({ path }: SeenRequest) => path.endsWith('/v1/activity')

async function archived(bend: Parameters<typeof bending>[0], via: 'page' | 'ajax' | 'auto' = 'page') {
  const { server } = await town({ pack: 'legacy', rest: true, intercept: bending(bend) }, community())
  const report = await desk().run(`${server.url}groups/gardeners/`, { via })
  const singles = server.requests.filter(isSingle).length
  return { report, target: report.targets[0], singles }
}

const messages = ({ target }: Awaited<ReturnType<typeof archived>>) => target?.problems.map(({ message }) => message)

describe('single posts by REST', () => {
  it.each(['page', 'ajax'] as const)('are compared after pages that were read by %s, three at most', async via => {
    const { report, target, singles } = await archived((_, request) => (isFeed(request) ? 403 : null), via)
    expect([report.exitCode, singles]).toEqual([0, 3])
    expect(target?.selfTest).toMatchObject({ compared: 3, agreed: 3 })
  })

  it('are compared where the list is closed, beside the feed', async () => {
    const { report, target, singles } = await archived((_, request) => (isClosedList(request) ? 401 : null), 'auto')
    expect([report.exitCode, singles]).toEqual([0, 3])
    expect(target?.selfTest).toMatchObject({ compared: 9, agreed: 9 })
  })

  it('that are closed cost one request and nothing else', async () => {
    const { report, target, singles } = await archived((_, request) => (isSingle(request) ? 401 : null))
    expect([report.exitCode, singles]).toEqual([0, 1])
    expect([target?.problems, target?.notes]).toEqual([[], []])
  })

  it('are not requested where the group was read by REST', async () => {
    const { singles } = await archived(() => null, 'auto')
    expect(singles).toBe(0)
  })

  it('with another text are a problem', async () => {
    const result = await archived((body, request) => {
      if (isFeed(request)) return 403
      return streamPageOf(request) ? body.replaceAll(/beans are up|slugs have noticed|For the/g, 'x') : null
    })
    expect(result.report.exitCode).toBe(3)
    expect(messages(result)?.join(' ')).toMatch(/REST .*another text of post/)
  })

  it('with another author are a problem, though no feed names one', async () => {
    const result = await archived((body, request) => {
      if (isFeed(request)) return 403
      return streamPageOf(request) ? body.replaceAll('user-2-avatar', 'user-77-avatar') : null
    })
    expect(result.report.exitCode).toBe(3)
    expect(messages(result)).toEqual([expect.stringMatching(/REST .*another author of post \d/)])
  })
})
