import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Community, communityOf, DEMO, type SeenRequest, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { contentOf, desk, idsHeld, outcome } from './outside.js'

const PACKS = ['legacy', 'nouveau'] as const
const isRest = ({ path, query }: SeenRequest) => path.includes('/wp-json') || query.has('rest_route')

async function archived(target: string, options: ServeOptions, run = {}, community: Community = DEMO) {
  const { server } = await town({ rest: true, ...options }, community)
  const one = desk()
  const end = outcome(await one.run(server.url + target, run))
  return { ...end, one, url: server.url, requests: server.requests, held: idsHeld(one) }
}

/** The same, but for what only one route knows: exact dates, the member's number, the link's form. */
function posts(one: ReturnType<typeof desk>, url: string) {
  const found = one.threads().flatMap(thread => thread.posts.map(({ post }) => post))
  return found
    .map(({ id, threadId, parentId, type, text, author }) => [
      ...[id, threadId, parentId, type, text.replaceAll(url, '/'), author?.slug, author?.name],
    ])
    .sort()
}

describe.each(PACKS)('by REST (%s)', pack => {
  it('the whole site holds what the other routes hold, in fewer requests', async () => {
    const rest = await archived('', { pack })
    const other = await archived('', { pack, rest: false })
    expect([rest.code, rest.target?.route, rest.target?.because]).toEqual([
      0,
      'rest',
      'the REST index names buddypress/v1',
    ])
    expect(posts(rest.one, rest.url)).toEqual(posts(other.one, other.url))
    // Each request brings a hundred threads; the demo has few.
    expect(rest.requests.length).toBeLessThanOrEqual(other.requests.length)
  })

  it('every date is exact', async () => {
    const { one } = await archived('', { pack })
    for (const { posts } of one.threads()) for (const { post } of posts) expect(post.when.from).toBe(post.when.to)
  })

  it.each(['groups/mend-and-make/', 'activity/', 'groups/'])(
    '%s: by REST, and an empty group proven by its page',
    async target => {
      const rest = await archived(target, { pack })
      const other = await archived(target, { pack, rest: false })
      expect([rest.code, rest.target?.route]).toEqual([0, 'rest'])
      expect(rest.held.length).toBeGreaterThan(0)
      expect(rest.held).toEqual(other.held)
      const byAjax = rest.requests.filter(request => request.path.includes('admin-ajax'))
      expect(byAjax.every(request => request.referer?.endsWith('/swap-shelf/'))).toBe(true)
    },
  )

  it('one thread, and a member with the threads that they wrote in', async () => {
    const [root] = DEMO.posts.filter(post => post.parentId === null && post.groupSlug === 'mend-and-make')
    const thread = await archived(`activity/p/${root?.id}/`, { pack })
    expect([thread.code, thread.target?.route]).toEqual([0, 'rest'])
    expect(thread.target?.threads).toMatchObject([{ id: String(root?.id), completeness: { state: 'complete' } }])
    const [member] = DEMO.members
    const rest = await archived(`members/${member?.slug}/`, { pack })
    const other = await archived(`members/${member?.slug}/`, { pack, rest: false })
    expect(rest.held).toEqual(expect.arrayContaining(other.held))
    expect([0, other.code]).toContain(rest.code)
  })

  it('a private group is not taken for an empty one, and an empty one is proven by its page', async () => {
    const shut = await archived('groups/committee-corner/', { pack })
    expect(shut).toMatchObject({ code: 4, target: { groups: [{ slug: 'committee-corner', access: 'members' }] } })
    const empty = await archived('groups/swap-shelf/', { pack })
    expect(empty).toMatchObject({ code: 0, held: [], target: { groups: [{ access: 'open' }] } })
    expect(empty.target?.notes[0]?.message).toContain('sent an empty list')
  })

  it('after another route brings exact dates, and no post, no edit', async () => {
    const { server } = await town({ pack, rest: true })
    const one = desk()
    const via = pack === 'legacy' ? 'page' : 'ajax'
    await one.run(server.url, { via })
    for (const next of ['rest', via, 'rest'] as const) {
      const again = await one.run(server.url, { via: next })
      expect([next, again.newPosts, again.changedPosts, again.exitCode]).toEqual([next, 0, 0, 0])
    }
  })

  it('more than a hundred threads take several pages, also where no totals are told', async () => {
    const many = communityOf({ groups: [{}], posts: Array.from({ length: 230 }, () => ({})) })
    const told = await archived('groups/gardeners/', { pack }, {}, many)
    expect([told.code, told.held.length]).toEqual([0, 230])
    const untold = await archived('groups/gardeners/', { pack, intercept: withoutTotals }, {}, many)
    expect([untold.code, untold.held.length]).toEqual([0, 230])
    const pages = (requests: readonly SeenRequest[]) =>
      requests.filter(request => request.path.endsWith('/activity')).map(request => request.query.get('page'))
    expect(pages(told.requests)).toEqual(['1', '2', '3'])
    expect(pages(untold.requests)).toEqual(['1', '2', '3', '4'])
  })

  it('goes on where it was stopped', async () => {
    const many = communityOf({ groups: [{}], posts: Array.from({ length: 230 }, () => ({})) })
    const stop = new AbortController()
    const { server } = await town(
      {
        pack,
        rest: true,
        intercept: request => {
          if (request.query.get('page') === '2') stop.abort()
          return false
        },
      },
      many,
    )
    const one = desk()
    const first = await one.run(`${server.url}groups/gardeners/`, { signal: stop.signal })
    expect([first.exitCode, idsHeld(one).length]).toEqual([130, expect.any(Number)])
    expect(idsHeld(one).length).toBeLessThan(230)
    const second = await one.run(`${server.url}groups/gardeners/`)
    expect([second.exitCode, idsHeld(one).length]).toEqual([0, 230])
  })

  it('a site in a folder of its own', async () => {
    const rest = await archived('groups/mend-and-make/', { pack, basePath: '/town' })
    expect([rest.code, rest.target?.route]).toEqual([0, 'rest'])
    expect(rest.requests.filter(isRest).every(({ path }) => path.startsWith('/town/wp-json'))).toBe(true)
  })
})

/** A cache that keeps bodies and drops headers. */
const withoutTotals: NonNullable<ServeOptions['intercept']> = (_request, response) => {
  const write = response.writeHead.bind(response) as (
    status: number,
    headers: Record<string, unknown>,
  ) => ServerResponse
  response.writeHead = ((status: number, headers: Record<string, unknown>) =>
    write(
      status,
      Object.fromEntries(Object.entries(headers).filter(([name]) => !/^x-wp-/i.test(name))),
    )) as typeof response.writeHead
  return false
}

const json = (status: number, body: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
const page = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html><html><body>no</body></html>')
}

const BLOCKS: [string, (response: ServerResponse) => void][] = [
  ['401', json(401, '{"code":"rest_not_logged_in","message":"You are not logged in.","data":{"status":401}}')],
  ['403', json(403, '{"code":"rest_forbidden","message":"No.","data":{"status":403}}')],
  ['404', json(404, '{"code":"rest_no_route","message":"No route.","data":{"status":404}}')],
  ['a page with 403', page(403)],
  [
    'a challenge',
    response => void response.writeHead(403, { 'cf-mitigated': 'challenge' }).end('<title>Just a moment...</title>'),
  ],
  ['a page with 404', page(404)],
  ['a page with 200', page(200)],
  ['an error 500', page(500)],
  ['an object of another shape', json(200, '{"namespaces":"none"}')],
  ['a connection that breaks', response => void response.destroy()],
]

describe.each(PACKS)('where REST is closed (%s)', pack => {
  it.each(BLOCKS)('by %s, the next route is taken, and the run says so', async (_what, block) => {
    const shut = await archived('groups/mend-and-make/', { pack, intercept: closing(isRest, block) }, { retries: 0 })
    const open = await archived('groups/mend-and-make/', { pack, rest: false })
    expect([shut.code, shut.target?.route]).toEqual([0, pack === 'legacy' ? 'page' : 'ajax'])
    expect(shut.held).toEqual(open.held)
    expect(shut.target?.notes).toMatchObject([{ message: expect.stringContaining('is read without REST: ') }])
  })

  it.each(BLOCKS)('by %s for the posts alone, the same', async (_what, block) => {
    const posts = (request: SeenRequest) => request.path.endsWith('/activity') && isRest(request)
    const shut = await archived('', { pack, intercept: closing(posts, block) }, { retries: 0 })
    const open = await archived('', { pack, rest: false })
    expect([shut.code, shut.held]).toEqual([0, open.held])
    expect(shut.target?.notes.length).toBeGreaterThan(0)
  })

  it('from its second page on, nothing is lost', async () => {
    const many = communityOf({ groups: [{}], posts: Array.from({ length: 130 }, () => ({})) })
    const second = (request: SeenRequest) => isRest(request) && request.query.get('page') === '2'
    const block = BLOCKS[1]?.[1] ?? page(403)
    const end = await archived('groups/gardeners/', { pack, intercept: closing(second, block) }, {}, many)
    expect([end.code, end.held.length, end.target?.notes.length]).toEqual([0, 130, 1])
  })

  it('from its second page on, and with it the page: the target stays one, for some of it is held', async () => {
    const many = communityOf({ groups: [{}], posts: Array.from({ length: 130 }, () => ({})) })
    let pages = 0
    const isGone = ({ path, query }: SeenRequest) =>
      path === '/activity/' ? pages++ > 0 : path.includes('/wp-json') && query.get('page') === '2'
    const end = await archived('activity/', { pack, intercept: closing(isGone, page(404)) }, {}, many)
    expect([end.code, end.held.length]).toEqual([3, 100])
    expect(end.one.standing().targets.map(({ url }) => url)).toEqual([`${end.url}activity/`])
  })

  it('by robots.txt, it is not asked', async () => {
    const robots = (request: SeenRequest) => request.path === '/robots.txt'
    const rule = (response: ServerResponse) => void response.end('User-agent: *\nDisallow: /wp-json/\n')
    const end = await archived('groups/mend-and-make/', { pack, intercept: closing(robots, rule) })
    expect([end.code, end.requests.filter(isRest)]).toEqual([0, []])
    expect(end.target?.notes[0]?.message).toContain('robots.txt asks programs not to read')
  })

  it('and wanted by name, that is an error that says what to do', async () => {
    const end = await archived('groups/mend-and-make/', { pack, rest: false }, { via: 'rest' })
    // Legacy's page holds posts all the same.
    expect(end.code).toBe(pack === 'legacy' ? 3 : 5)
    expect(end.message).toContain('could not be read by REST')
    expect(end.advice).toContain('without --via rest')
  })

  it('it is read in no list where page or ajax was wanted, and gives three posts to compare with', async () => {
    const via = pack === 'legacy' ? 'page' : 'ajax'
    const paths = (await archived('', { pack }, { via })).requests.filter(isRest).map(({ path }) => path)
    expect(paths).toEqual([
      '/wp-json/',
      ...Array.from({ length: 3 }, () => expect.stringMatching(/v1\/activity\/\d+$/)),
    ])
  })
})

const closing =
  (which: (request: SeenRequest) => boolean, block: (response: ServerResponse) => void) =>
  (request: SeenRequest, response: ServerResponse): boolean => {
    if (!which(request)) return false
    block(response)
    return true
  }

describe('a tree that is broken', () => {
  const tree = communityOf({ groups: [{}], posts: [{ id: 1 }, { id: 2, parentId: 1 }, { id: 3, parentId: 2 }] })

  const activity = (id: number, primary: number, above: number, comments: object[] = []) => ({
    ...{
      id,
      user_id: 1,
      title: '',
      content: { rendered: '<p>x</p>' },
      date: '2026-01-01T00:00:00',
      link: 'https://a.example/',
    },
    ...(above ? { component: 'activity', type: 'activity_comment' } : { component: 'groups', type: 'activity_update' }),
    ...{ primary_item_id: primary, secondary_item_id: above, comments },
  })

  /** The threaded answer without the reply 2: 3 hangs on a post that is not shown. */
  const broken: NonNullable<ServeOptions['intercept']> = (request, response) => {
    if (request.query.get('display_comments') !== 'threaded') return false
    const isFirst = request.query.get('page') === '1'
    json(200, JSON.stringify(isFirst ? [activity(1, 1, 0, [activity(3, 1, 2)])] : []))(response)
    return true
  }

  it('is read again as a list and merged, and the run says where the two disagree', async () => {
    const end = await archived('groups/gardeners/', { intercept: broken }, {}, tree)
    expect([end.code, end.held]).toEqual([0, [1, 2, 3]])
    expect(end.target?.notes).toMatchObject([
      { message: expect.stringContaining('the site has replies that its reply tree did not show') },
    ])
    const [thread] = end.one.threads()
    expect(thread?.posts.find(({ depth }) => depth === 2)?.post.id).toBe('3')
  })

  it('is read again where it shows fewer replies than it counts, though no parent is missing', async () => {
    const short: NonNullable<ServeOptions['intercept']> = (request, response) => {
      if (request.query.get('display_comments') !== 'threaded') return false
      const root = { ...activity(1, 1, 0, [activity(2, 1, 1)]), comment_count: 2 }
      json(200, JSON.stringify(request.query.get('page') === '1' ? [root] : []))(response)
      return true
    }
    const end = await archived('groups/gardeners/', { intercept: short }, {}, tree)
    expect([end.code, end.held]).toEqual([0, [1, 2, 3]])
    expect(end.target?.notes).toMatchObject([{ message: expect.stringContaining('has one reply that its reply tree') }])
  })

  it('what REST has named is not moved by the nesting of a page', async () => {
    const { server } = await town({ rest: true, pack: 'legacy' }, tree)
    const one = desk()
    await one.run(`${server.url}groups/gardeners/`, { via: 'rest' })
    const before = contentOf(one, server.url)
    tree.posts.splice(1, 1, { ...(tree.posts[1] as (typeof tree.posts)[0]) })
    await one.run(`${server.url}groups/gardeners/`, { via: 'page' })
    expect(contentOf(one, server.url)).toEqual(before)
  })
})
