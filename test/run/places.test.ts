import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { noRest } from '../../src/run/plan/outcome.js'
import { ownGroups, ownTasks, withoutOwn } from '../../src/run/plan/own-groups.js'
import { ThreadAddresses } from '../../src/run/plan/thread-addresses.js'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld, outcome } from './outside.js'

const GROUP = 'groups/fox-hollow-gardeners/'

const send = (response: ServerResponse, body: string, status = 200) =>
  response.writeHead(status, { 'Content-Type': 'text/html' }).end(body) !== undefined

const FRONT =
  '<html><body class="home bp-legacy"><nav><a href="/people/">People</a> <a href="/rounds/">Rounds</a></nav></body></html>'
const PEOPLE = '<html><body class="directory members buddypress"><div id="buddypress"></div></body></html>'
const ROUNDS = `<html><body class="directory groups buddypress"><div id="groups-dir-list"><ul id="groups-list">
  <li class="public"><div class="item-title"><a href="/${GROUP}">Gardeners</a></div></li></ul></div></body></html>`

/** A site whose directory of groups is at `/rounds/`, which only its menu says. */
const renamed = () =>
  town({
    pack: 'legacy',
    intercept: ({ path }, response) => {
      const pages: Record<string, string> = { '/': FRONT, '/people/': PEOPLE, '/rounds/': ROUNDS }
      const page = pages[path]
      if (page !== undefined) return send(response, page)
      return path === '/groups/' && send(response, '<html><body class="error404"></body></html>', 404)
    },
  })

describe('a directory with a name of its own', () => {
  it('is found by the menu of the site', async () => {
    const { server } = await renamed()
    const one = desk()
    const report = await one.run(server.url)
    expect(report.exitCode).toBe(0)
    expect(one.groups().map(({ slug }) => slug)).toEqual(['fox-hollow-gardeners'])
    expect(server.requests.map(({ path }) => path)).not.toContain('/groups/')
  })

  it('is found without any link to it, by the address that every BuddyPress since 12 answers', async () => {
    const { server } = await town({
      pack: 'legacy',
      intercept: ({ path, query }, response) => {
        if (path === '/')
          return send(response, query.has('bp_groups') ? ROUNDS : '<html><body class="home bp-legacy"></body></html>')
        return path === '/groups/' && send(response, '<html><body class="error404"></body></html>', 404)
      },
    })
    const one = desk()
    expect((await one.run(server.url)).exitCode).toBe(0)
    expect(one.groups().map(({ slug }) => slug)).toEqual(['fox-hollow-gardeners'])
  })

  it('is found where WordPress answers its own address with the front page', async () => {
    const { server } = await town({
      pack: 'legacy',
      intercept: ({ path, query }, response) => {
        if (path === '/' && query.has('bp_groups')) return send(response, ROUNDS)
        return path === '/%d0%b3%d1%80%d1%83%d0%bf%d0%bf%d1%8b/' && send(response, FRONT)
      },
    })
    const one = desk()
    expect((await one.run(`${server.url}группы/`)).exitCode).toBe(0)
    expect(one.groups().map(({ slug }) => slug)).toContain('fox-hollow-gardeners')
  })

  it('is read where it is named, and not left for another address', async () => {
    const { server } = await renamed()
    const one = desk()
    expect((await one.run(`${server.url}rounds/`)).exitCode).toBe(0)
    expect(one.groups()).toHaveLength(1)
  })

  it('that is nowhere is said to be nowhere, and where it was looked for', async () => {
    const { server } = await town({
      intercept: ({ path }, response) => send(response, path === '/' ? FRONT : PEOPLE, path === '/' ? 200 : 404),
    })
    const { code, message } = outcome(await desk().run(server.url))
    expect(code).toBe(5)
    expect(message).toContain(`${server.url}rounds/`)
  })
})

describe('one group in several spellings', () => {
  it('is one target, whichever comes first', async () => {
    const { server } = await town({ pack: 'legacy' })
    const one = desk()
    const spellings = ['members/', '', 'home/', '?utm_source=mail&fbclid=1']
    for (const spelling of spellings) await one.run(server.url + GROUP + spelling)
    await one.run(server.url + GROUP.replace('/', '//').slice(0, -1))
    expect(one.standing().targets.map(({ url }) => url)).toEqual([server.url + GROUP])
    expect((await one.sync({ targets: [`${server.url}${GROUP}home/`] })).exitCode).toBe(0)
  })
})

describe('an address without a site', () => {
  it('is no target', async () => {
    const { server } = await town({ pack: 'legacy' })
    const one = desk()
    const report = await one.run([server.url + GROUP, `http://127.0.0.1:1/${GROUP}`], { retries: 0 })
    expect(report.exitCode).toBe(3)
    expect(one.standing().targets.map(({ url }) => url)).toEqual([server.url + GROUP])
    expect(report.targets[1]?.notes.map(({ message }) => message).join()).toContain('is not kept as a target')
  })
})

describe('a group that was closed', () => {
  it('is named by the sync, and keeps its posts', async () => {
    let closed = false
    const notice = (group: string) =>
      `<html><body class="single-item groups group-${group} group-home buddypress"><div id="buddypress"><div id="item-header"></div>
       <div id="object-nav"><ul><li id="home-groups-li"><a href="/${GROUP}">Home</a></li></ul></div>
       <div id="item-body"><div id="message" class="info"><p>This is a private group.</p></div></div></div></body></html>`
    const { server } = await town({
      pack: 'legacy',
      intercept: ({ path }, response) =>
        closed && path === `/${GROUP}` && send(response, notice('fox-hollow-gardeners')),
    })
    const one = desk()
    await one.run(`${server.url}groups/`)
    const before = idsHeld(one)
    closed = true
    const { code, target } = outcome(await one.sync())
    expect(code).toBe(4)
    expect(target?.problems.map(({ message }) => message).join()).toContain(GROUP)
    expect(idsHeld(one)).toEqual(before)
    expect(one.groups().find(({ slug }) => slug === 'fox-hollow-gardeners')?.gonePosts).toBe(0)
  })
})

describe("a member's own groups", () => {
  const context = { via: 'auto', resumed: false, sameBefore: 0, plan: { kind: 'whole' }, held: null } as const
  const member = {
    ...context,
    member: true,
    named: new Set<string>(),
    listed: () => [],
    knownGroups: () => [],
    instead: () => null,
    readsAll: true,
    isKnown: true,
    failedBefore: false,
    rest: noRest(),
    addresses: new ThreadAddresses(),
    pageSizes: new Map(),
  }
  const place = { home: 'https://town.example/groups/', ajaxUrl: 'https://town.example/wp-admin/admin-ajax.php' }

  it('are requested where the directory links to them', () => {
    const tasks = ownTasks({ ...place, mine: 'https://town.example/members/tilda/groups/' }, member)
    expect(tasks.map(({ request }) => request.url)).toEqual([
      'https://town.example/members/tilda/groups/',
      'https://town.example/members/tilda/activity/groups/',
    ])
  })

  it('are found by REST, which says who the reader is', () => {
    const api = { root: 'https://town.example/wp-json/', namespace: 'buddypress/v1' }
    expect(ownTasks({ ...place, api }, member)[0]?.request.url).toContain('/members/me')
  })

  it('are none of a visitor', () => expect(ownTasks(place, { ...member, member: false })).toEqual([]))

  it('that cannot be read are said to be missing', () => {
    const [list] = ownTasks({ ...place, mine: 'https://town.example/members/tilda/groups/' }, member)
    expect(list?.kind === 'own' && withoutOwn(list, 'HTTP 404').note?.message).toContain('hidden groups')
  })

  it('are named by the posts of their stream, which are not kept', () => {
    const group = {
      id: '6',
      slug: 'bees',
      name: 'Bees',
      url: 'https://town.example/groups/bees/',
      status: null,
      description: null,
    }
    const page = ownGroups({ groups: [group], posts: [{ group }], threads: [{}] } as never)
    expect(page).toMatchObject({ groups: [group], posts: [], threads: [] })
  })
})

describe('a group of plain permalinks whose page is empty', () => {
  it.each([
    ['bp-nouveau', 'activity_filter'],
    ['bp-legacy', 'activity_get_older_updates'],
  ])('is requested by the AJAX of its address, as the pack %s wants it', async (pack, action) => {
    const home = '/?bp_groups=1&bp_group=%d1%81%d0%b0%d0%b4'
    const empty = `<html><body class="single-item groups group-%d1%81%d0%b0%d0%b4 group-home buddypress ${pack}"></body></html>`
    const { server } = await town({
      intercept: ({ path, query }, response) => path === '/' && query.has('bp_group') && send(response, empty),
    })
    await desk().run(server.url.slice(0, -1) + home)
    const asked = server.requests.find(({ path }) => path.endsWith('admin-ajax.php'))
    expect(asked?.headers.referer).toBe(server.url.slice(0, -1) + home)
    expect(asked?.form).toMatchObject({ action })
  })
})

it('what is not there in a sub-directory is not there of that site: its texts are read all the same', async () => {
  const long = `<p>${'A lamp is lit on the hill. '.repeat(30)}</p>\n`
  const { server } = await town(
    {
      basePath: '/town',
      pack: 'legacy',
      intercept: ({ path }, response) => /activity\/(p\/)?1\/$/.test(path) && send(response, '<html></html>', 404),
    },
    communityOf({ posts: [{}, { parentId: 1, html: long }] }),
  )
  const one = desk()
  expect(outcome(await one.run(server.url))).toMatchObject({ code: 0, state: 'done' })
  expect(one.groups().map(({ completeness: { state, held } }) => [state, held])).toEqual([['complete', 2]])
})
