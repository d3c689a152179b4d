import { describe, expect, it } from 'vitest'
import { type Community, communityOf, type SeenRequest, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { type Desk, desk } from './outside.js'

/** Which old threads each sync of a large community reads again. */

const DAY = 86_400_000
const threads = (slug: string, count: number) => Array.from({ length: count }, () => ({ groupSlug: slug }))

async function archived(community: Community, options: ServeOptions, via: 'page' | 'ajax' | 'rest') {
  const { server } = await town(options, community)
  const one = desk()
  expect((await one.run(server.url, { via })).exitCode).toBe(0)
  return { one, requests: server.requests }
}

/** What `ask` finds in the requests of each of so many syncs, a day apart. Every post is older than the look-back. */
async function syncs(
  one: Desk,
  requests: SeenRequest[],
  days: number,
  audit: number,
  ask: (one: SeenRequest) => string,
) {
  const asked: string[] = []
  for (let day = 0; day < days; day++) {
    one.clock.advance(DAY)
    requests.length = 0
    expect((await one.sync({ lookBackSeconds: 60, audit })).exitCode).toBe(0)
    asked.push(requests.map(ask).filter(Boolean).join(', '))
  }
  return asked
}

describe('pages of the lists of two groups', () => {
  const two = () =>
    communityOf({
      groups: [{}, { slug: 'bakers' }],
      posts: [...threads('gardeners', 100), ...threads('bakers', 60)],
    })
  const pageOf = ({ path, query, form, referer }: SeenRequest): string => {
    const home = form['action']?.startsWith('activity_') ? (referer ?? '') : path
    const page = form['action']?.startsWith('activity_') ? form['page'] : query.get('acpage')
    return page && page !== '1' && !path.endsWith('/feed/') ? `${/groups\/(\w+)/.exec(home)?.[1]} ${page}` : ''
  }

  it.each([
    ['page', 'legacy'],
    ['ajax', 'legacy'],
    ['ajax', 'nouveau'],
  ] as const)(
    'come by turns: each begins with the last page of the one before, to the end of one list, then of the other (%s, %s)',
    async (via, pack) => {
      const { one, requests } = await archived(two(), { pack }, via)
      expect(await syncs(one, requests, 7, 20, pageOf)).toEqual([
        'gardeners 2',
        'gardeners 2, gardeners 3',
        'gardeners 3, gardeners 4',
        'gardeners 4, gardeners 5',
        'bakers 2',
        'bakers 2, bakers 3',
        'gardeners 2',
      ])
    },
  )

  it('come as many as are wanted: from both lists, where one sync has room for both', async () => {
    const { one, requests } = await archived(two(), { pack: 'legacy' }, 'page')
    expect(await syncs(one, requests, 2, 60, pageOf)).toEqual([
      'gardeners 2, gardeners 3, gardeners 4',
      'gardeners 4, gardeners 5',
    ])
    expect(await syncs(one, requests, 1, 500, pageOf)).toEqual([
      'bakers 2, gardeners 2, bakers 3, gardeners 3, gardeners 4, gardeners 5',
    ])
  })
})

describe('blocks of a hundred threads by REST', () => {
  const blockOf = ({ query }: SeenRequest) => {
    const ids = query.get('display_comments') === 'threaded' ? query.get('include')?.split(',').map(Number) : undefined
    return ids ? `${ids.length} from ${Math.min(...ids)} to ${Math.max(...ids)}` : ''
  }

  it('come by turns, and a block holds the same threads as before where one of them is gone', async () => {
    const community = communityOf({ posts: threads('gardeners', 330) })
    const { one, requests } = await archived(community, { rest: true }, 'rest')
    const [oldest, middle, youngest] = [1, 101, 201].map(first => `100 from ${first} to ${first + 99}`)
    // The list was read from its young end, and its first hundred come with each sync.
    expect(await syncs(one, requests, 4, 1, blockOf)).toEqual([middle, youngest, oldest, middle])
    community.posts = community.posts.filter(({ id }) => id !== 105)
    expect(await syncs(one, requests, 3, 1, blockOf)).toEqual([youngest, oldest, middle])
    expect(await syncs(one, requests, 3, 1, blockOf)).toEqual([youngest, oldest, '99 from 101 to 200'])
    expect(one.sql("SELECT site_post_id AS id FROM posts WHERE status = 'gone'")).toEqual([{ id: '105' }])
  })
})
