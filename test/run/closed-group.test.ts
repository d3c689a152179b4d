import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { ENV } from '../archive/shelf.js'
import { type Community, communityOf, DEMO, type SeenRequest, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { bending } from './bent.js'
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

describe.each(ROUTES)('a group that was taken off a site by $name', way => {
  const take = (one: ReturnType<typeof desk>, url: string) => {
    const archive = openArchive(one.file, 'write', ENV)
    try {
      const removal = archive.removable(url)
      archive.remove([removal])
      return removal
    } finally {
      archive.close()
    }
  }

  it('because it is gone is not requested any more; its posts stay, and runs end with 0', async () => {
    const { one, become, server } = await archivedSite(way)
    const url = `${server.url}groups/${GROUP}/`
    become('hidden')
    const { code, target } = outcome(await one.sync())
    expect([code, target?.problems[0]?.advice]).toEqual([4, expect.stringContaining(`targets remove ${url}`)])
    const before = idsHeld(one)
    expect(take(one, `${url}?utm_source=mail`)).toEqual({ kind: 'group', url, from: [`${server.url}groups/`] })
    expect(one.standing().targets[0]?.gaps).toEqual([])
    for (let night = 0; night < 3; night++) {
      one.clock.advance(DAY)
      const asked = server.requests.length
      expect(outcome(await one.sync({ full: night === 1 })).code).toBe(0)
      const paths = server.requests.slice(asked).map(({ path }) => path)
      expect(paths.filter(path => path.includes(GROUP))).toEqual([])
      expect([idsHeld(one), gonePosts(one)]).toEqual([before, 0])
    }
    expect(one.standing().targets[0]?.sync?.without).toEqual([url])
  })

  it('is left out also where the site lists it, and read again by its own address', async () => {
    const { one, server } = await archivedSite(way)
    const url = `${server.url}groups/${GROUP}/`
    take(one, url)
    const { code, target } = outcome(await one.sync({ full: true }))
    expect([code, target?.groups.map(({ slug }) => slug).includes(GROUP)]).toEqual([0, false])
    expect((await one.run(url)).exitCode).toBe(0)
    expect(one.standing().targets.map(one => one.url)).toContain(url)
    expect(take(one, url)).toEqual({ kind: 'target', url })
  })
})

it('a group whose page is missing in the run that first reads it is a gap, not a group that has closed', async () => {
  const posts = Array.from({ length: 120 }, (_, at) => ({ id: at + 1 }))
  const bend = (_: string, { path, query }: SeenRequest) => {
    if (path.endsWith('/buddypress/v1/activity') && query.get('page') === '2') return '[]'
    return path === '/groups/gardeners/' ? 404 : null
  }
  const { server } = await town({ pack: 'legacy', rest: true, intercept: bending(bend) }, communityOf({ posts }))
  const one = desk()
  const { code, target } = outcome(await one.run(server.url))
  expect([code, target?.posts]).toEqual([3, 100])
  one.clock.advance(DAY)
  expect(outcome(await one.sync()).code).toBe(4)
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

it.each(['groups/', `groups/${GROUP}/`])(
  'a community that only its members see now: %s is a problem, and nothing is gone',
  async target => {
    let closed = false
    const { community } = closable()
    const intercept: NonNullable<ServeOptions['intercept']> = ({ path }, response) => {
      if (!closed || path === '/robots.txt') return false
      if (path === '/wp-login.php') response.writeHead(200, { 'Content-Type': 'text/html' }).end(LOGIN)
      else response.writeHead(302, { Location: '/wp-login.php?redirect_to=x' }).end()
      return true
    }
    const { server } = await town({ pack: 'legacy', intercept }, community)
    const one = desk()
    await one.run(server.url + target)
    const before = idsHeld(one)
    closed = true
    for (let night = 0; night < 2; night++) {
      one.clock.advance(DAY)
      const { code, state } = outcome(await one.sync())
      expect([code, state]).toEqual([4, 'failed'])
      expect([idsHeld(one), gonePosts(one)]).toEqual([before, 0])
      expect(groupOf(one)?.completeness.state).toBe('unknown')
    }
    closed = false
    one.clock.advance(DAY)
    expect(outcome(await one.sync()).code).toBe(0)
    expect(groupOf(one)?.completeness.state).toBe('complete')
  },
)

const LOGIN =
  '<html><body class="login"><form id="loginform" action="/wp-login.php" method="post"></form></body></html>'

it('a private group from which the reader was removed is a problem, and its posts stay', async () => {
  let isMember = true
  const { community, become } = closable()
  become('private')
  const open = { ...community, groups: DEMO.groups.map(group => ({ ...group })) }
  const inside = await town({ pack: 'legacy' }, open)
  // As a member of the group the reader gets its pages, as anybody else its notice.
  const intercept: NonNullable<ServeOptions['intercept']> = ({ path, query }, response) => {
    if (!isMember || !path.startsWith(`/groups/${GROUP}`)) return false
    const search = query.size > 0 ? `?${query}` : ''
    void fetch(new URL(path + search, inside.server.url)).then(async answer => {
      const body = (await answer.text()).replaceAll(inside.server.url, server.url)
      response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' }).end(body)
    })
    return true
  }
  const { server } = await town({ pack: 'legacy', intercept }, community)
  const one = desk()
  await one.run(`${server.url}groups/`)
  const before = idsHeld(one)
  expect(groupOf(one)?.access).toBe('open')
  isMember = false
  one.clock.advance(DAY)
  const { code, target } = outcome(await one.sync())
  expect(code).toBe(4)
  expect(target?.problems.map(({ message }) => message).join()).toContain(GROUP)
  expect([idsHeld(one), gonePosts(one)]).toEqual([before, 0])
  expect(groupOf(one)?.completeness.state).toBe('unknown')
})
