import { describe, expect, it } from 'vitest'
import { town } from '../community/town.js'
import { liveIds, ROUTES } from './lively.js'
import { moving } from './moving.js'
import { type Desk, desk, idsHeld } from './outside.js'

const DAY = 86_400_000

/** Row ids of the posts by their ids on the site: what stays the same through a move. */
const rowsOf = (one: Desk) =>
  new Map(
    one.sql<{ id: number; post: string }>('SELECT id, site_post_id AS post FROM posts').map(row => [row.post, row.id]),
  )

const sites = (one: Desk) => one.sql<{ url: string }>('SELECT url FROM sites ORDER BY id').map(({ url }) => url)

const idsOf = (one: Desk, status: string) =>
  one
    .sql<{ id: string }>(
      'SELECT site_post_id AS id FROM posts WHERE status = ? ORDER BY CAST(site_post_id AS INTEGER)',
      status,
    )
    .map(({ id }) => Number(id))

describe.each(ROUTES)('a community that has moved to another host, read by $name', way => {
  it('is offered in words, and nothing is read twice or lost', async () => {
    const site = await moving({ way })
    const one = desk()
    await one.run(`${site.old.url}groups/gardeners/`)
    const before = rowsOf(one)
    site.move()
    one.clock.advance(DAY)
    const report = await one.sync()
    expect(report).toMatchObject({ exitCode: 3, newPosts: 0, gonePosts: 0 })
    expect(report.targets[0]).toMatchObject({ state: 'failed', moved: { from: site.old.url, to: site.new.url } })
    expect(report.targets[0]?.problems[0]?.advice).toContain(
      `threadkeep targets rename ${site.old.url} ${site.new.url}`,
    )
    expect(rowsOf(one)).toEqual(before)
    expect(sites(one)).toEqual([site.old.url])
    expect(site.new.requests.filter(({ path }) => path !== '/robots.txt')).toEqual([])
  })

  it('is followed with --moved: the same posts are the same rows, with their edits and deletions', async () => {
    const site = await moving({ way })
    const one = desk()
    await one.run(`${site.old.url}groups/gardeners/`)
    const before = rowsOf(one)
    const was = site.move()
    one.clock.advance(DAY)
    const report = await one.sync({ moved: true })
    expect(report.targets.map(({ target, state }) => ({ target, state }))).toEqual([
      { target: `${site.new.url}groups/gardeners/`, state: 'done' },
    ])
    expect(report).toMatchObject({ exitCode: 0, newPosts: 3, changedPosts: 2, gonePosts: 4 })
    for (const [post, row] of before) expect(rowsOf(one).get(post)).toBe(row)
    expect(idsOf(one, 'live')).toEqual(liveIds(site.community))
    expect(idsOf(one, 'gone')).toEqual(was.gone.toSorted((a, b) => a - b))
    expect(idsHeld(one)).toEqual([...liveIds(site.community), ...was.gone].sort((a, b) => a - b))
    expect(sites(one)).toEqual([site.new.url])
    const { targets } = one.standing()
    expect(targets).toMatchObject([
      { url: `${site.new.url}groups/gardeners/`, kind: 'group', moved: { from: site.old.url } },
    ])
    const stale = one.sql(
      'SELECT url FROM posts WHERE instr(url, ?) > 0 UNION ALL SELECT url FROM groups WHERE instr(url, ?) > 0',
      new URL(site.old.url).host,
      new URL(site.old.url).host,
    )
    expect(stale).toEqual([])
    one.clock.advance(DAY)
    const again = await one.sync()
    expect(again).toMatchObject({ exitCode: 0, newPosts: 0, changedPosts: 0, gonePosts: 0 })
  })
})

describe('a community that has moved', () => {
  it.each([
    ['from a sub-directory to a root', '/town', ''],
    ['from a root to a sub-directory', '', '/town'],
    ['from one sub-directory to another', '/staging', '/town'],
  ])('%s is followed', async (_, from, to) => {
    const site = await moving({ from, to })
    const one = desk()
    await one.run(`${site.old.url}groups/`)
    const before = rowsOf(one)
    site.move()
    one.clock.advance(DAY)
    expect(await one.sync()).toMatchObject({ exitCode: 3, gonePosts: 0 })
    expect(await one.sync({ moved: true })).toMatchObject({ exitCode: 0, newPosts: 3, gonePosts: 4 })
    for (const [post, row] of before) expect(rowsOf(one).get(post)).toBe(row)
    expect(sites(one)).toEqual([site.new.url])
  })

  it.each([
    ['from a sub-directory to the root of its host', '/town', ''],
    ['from the root to a sub-directory of its host', '', '/town'],
  ])('%s is followed, and never read as another community', async (_, from, to) => {
    const site = await moving({ from, to, sameHost: true })
    const one = desk()
    await one.run(`${site.old.url}groups/`)
    const before = rowsOf(one)
    site.move()
    one.clock.advance(DAY)
    const report = await one.sync()
    expect(report).toMatchObject({ exitCode: 3, newPosts: 0, gonePosts: 0 })
    expect(report.targets[0]?.moved).toEqual({ from: site.old.url, to: site.new.url })
    expect(sites(one)).toEqual([site.old.url])
    expect(await one.sync({ moved: true })).toMatchObject({ exitCode: 0, newPosts: 3, gonePosts: 4 })
    for (const [post, row] of before) expect(rowsOf(one).get(post)).toBe(row)
    expect(sites(one)).toEqual([site.new.url])
  })

  it('for a time only, on its own host, is not read as another community', async () => {
    const site = await moving({ from: '/town', sameHost: true, status: 302 })
    const one = desk()
    await one.run(`${site.old.url}groups/`)
    site.move()
    const report = await one.sync({ moved: true })
    expect(report).toMatchObject({ exitCode: 3, newPosts: 0, gonePosts: 0 })
    expect(sites(one)).toEqual([site.old.url])
  })

  it('into a sub-directory of its own is renamed by hand, too; its own folders are no other site', async () => {
    const { server } = await town()
    const one = desk()
    await one.run(server.url)
    const plan = (from: string, to: string) => one.planRename(server.url + from, server.url + to)
    const plans = [plan('', 'town/'), plan('groups/', 'town/groups/'), plan('', 'groups/')]
    expect(plans.map(({ kind }) => kind)).toEqual(['site', 'site', 'target'])
    const move = expect.objectContaining({ from: server.url, to: `${server.url}town/` })
    expect(plans.slice(0, 2)).toEqual([move, move])
  })

  it.each([302, 307])('for a time only (HTTP %i) is not renamed, also not with --moved', async status => {
    const site = await moving({ status })
    const one = desk()
    await one.run(`${site.old.url}groups/`)
    site.move()
    const report = await one.sync({ moved: true })
    expect(report).toMatchObject({ exitCode: 3, newPosts: 0, gonePosts: 0 })
    expect(report.targets[0]?.moved).toBeUndefined()
    expect(sites(one)).toEqual([site.old.url])
  })

  it('in part, such as one group, is not renamed', async () => {
    const site = await moving({ only: /\/groups\/gardeners\// })
    const one = desk()
    await one.run(`${site.old.url}groups/gardeners/`)
    site.move()
    const report = await one.sync({ moved: true })
    expect(report).toMatchObject({ exitCode: 3, newPosts: 0, gonePosts: 0 })
    expect(report.targets[0]?.moved).toBeUndefined()
    expect(sites(one)).toEqual([site.old.url])
  })

  it('is read at its new address when its old one is named', async () => {
    const site = await moving()
    const one = desk()
    await one.run(`${site.old.url}groups/gardeners/`)
    site.move()
    await one.sync({ moved: true })
    const before = site.old.requests.length
    expect(await one.run(`${site.old.url}groups/gardeners/`)).toMatchObject({ exitCode: 0, newPosts: 0 })
    expect(site.old.requests.length).toBe(before)
    expect(one.standing().targets.map(({ url }) => url)).toEqual([`${site.new.url}groups/gardeners/`])
  })
})
