import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import type { HistoryEntry } from '../../src/model/reports/history.js'
import type { Route } from '../../src/model/task.js'
import { type Community, communityOf, type DemoPost, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { ROUTES, townOf, type Way } from './lively.js'
import { type Desk, desk, idsHeld, outcome } from './outside.js'

/** A community that changes what its posts are between two runs: author, date, group, thread. */

const community = () =>
  communityOf({
    groups: [{}, { slug: 'bees', name: 'Bees' }],
    members: [
      { id: 2, slug: 'ada', name: 'Ada' },
      { id: 3, slug: 'bea', name: 'Bea' },
    ],
    posts: [
      ...[1, 2, 3].map(id => ({ id })),
      { id: 4, groupSlug: 'bees', memberId: 3 },
      { id: 11, parentId: 1, memberId: 3 },
      { id: 12, parentId: 11 },
      { id: 21, parentId: 2 },
      { id: 41, parentId: 4 },
      { id: 5, groupSlug: null },
      { id: 51, parentId: 5 },
    ],
  })

const find = ({ posts }: Community, id: number): DemoPost => posts.find(post => post.id === id) as DemoPost

/** All that an export holds and that does not tell when the archive looked. */
const content = (one: Desk) =>
  one.threads().map(({ id, group, title, author, completeness, posts }) => ({
    ...{ id, group, title, author, completeness },
    posts: posts.map(
      ({
        depth,
        post: { firstSeenAt: _, lastSeenAt: __, revisions: ___, goneAt: ____, editedBy: _____, ...post },
      }) => ({
        depth,
        ...post,
      }),
    ),
  }))

/** The archive after a second run, and a fresh archive of the same community. */
async function twice(way: Way, change: (one: Community) => void, paths = ['']) {
  const town = community()
  const { server } = await townOf(way, town)
  const one = desk()
  const via = way.via as Route
  const targets = paths.map(path => server.url + path)
  expect(outcome(await one.run(targets, { via }))).toMatchObject({ code: 0 })
  change(town)
  town.posts = [...town.posts]
  one.clock.advance(86_400_000)
  const warnings: string[] = []
  const report = await one.sync({ full: true, reporter: { warning: text => warnings.push(text) } })
  const fresh = desk()
  fresh.clock.advance(86_400_000)
  await fresh.run(targets, { via })
  return { one, fresh, report, warnings }
}

function log(one: Desk, id: string): HistoryEntry[] {
  const archive = openArchive(one.file, 'read', {
    ...{ now: one.clock.now, pid: 7, host: 'here', command: 'log', isAlive: () => true },
  })
  try {
    return archive.history.find(id).flatMap(place => [...archive.history.entries(place, true)])
  } finally {
    archive.close()
  }
}

const move = (one: Community, ids: readonly number[], groupSlug: string | null) => {
  for (const id of ids) find(one, id).groupSlug = groupSlug
}

describe.each(ROUTES)('by $name', way => {
  it('a thread that moves to another group is in it, as in a fresh archive, and the log tells', async () => {
    const { one, fresh, report } = await twice(way, town => move(town, [1, 11, 12], 'bees'))
    expect(report).toMatchObject({ exitCode: 0, contradictions: { count: 0 }, reusedIds: { count: 0 } })
    expect(content(one)).toEqual(content(fresh))
    expect(log(one, '1')).toMatchObject([
      { kind: 'seen' },
      { kind: 'moved', field: 'group', before: 'gardeners', after: 'bees' },
    ])
    expect(log(one, '11').map(({ kind }) => kind)).toEqual(['seen'])
  })

  it('a group that is merged into another one: all of its threads move', async () => {
    const { one, fresh } = await twice(way, town => {
      move(town, [4, 41], 'gardeners')
      town.groups = town.groups.filter(({ slug }) => slug !== 'bees')
    })
    expect(content(one)).toEqual(content(fresh))
    expect(log(one, '4').at(-1)).toMatchObject({ kind: 'moved', before: 'bees', after: 'gardeners' })
  })

  it('an id that is given to another post keeps both under their own names, with a warning', async () => {
    const { one, fresh, report, warnings } = await twice(way, town => {
      Object.assign(find(town, 11), { memberId: 2, date: '2026-05-01T09:00:00Z', html: '<p>Quite another one.</p>\n' })
    })
    expect(outcome(report)).toMatchObject({ code: 0 })
    expect(content(one)).toEqual(content(fresh))
    expect(report.reusedIds.count).toBe(1)
    expect(report.reusedIds.first).toEqual([
      expect.stringMatching(/^Post 11 \(http.*\) was by Bea .* and is by Ada .*: the site gave its id to another post/),
    ])
    expect(warnings).toEqual(report.reusedIds.first)
    expect(log(one, '11')).toMatchObject([
      { kind: 'seen', post: { author: { slug: 'bea' }, text: 'Post 5.' } },
      { kind: 'edited', before: { author: { slug: 'bea' } }, after: { author: { slug: 'ada' } } },
    ])
  })

  it('an author that an admin changes is told, and is no reused id', async () => {
    const { one, fresh, report } = await twice(way, town => Object.assign(find(town, 21), { memberId: 3 }))
    expect(report).toMatchObject({ exitCode: 0, reusedIds: { count: 0 } })
    expect(content(one)).toEqual(content(fresh))
    expect(log(one, '21').at(-1)).toMatchObject({
      ...{ kind: 'edited', before: { author: { slug: 'ada' }, text: 'Post 7.' } },
      after: { author: { slug: 'bea' }, text: 'Post 7.' },
    })
  })

  it('a reply that moves to another thread takes its replies along', async () => {
    const { one, fresh, report } = await twice(way, town => Object.assign(find(town, 11), { parentId: 2 }))
    expect(report).toMatchObject({ exitCode: 0, contradictions: { count: 0 } })
    expect(content(one)).toEqual(content(fresh))
    expect(log(one, '11').at(-1)).toMatchObject({ kind: 'moved', field: 'thread', before: '1', after: '2' })
  })
})

/** Posts outside all groups are in the streams of their authors. */
const WITH_PROFILE = ['', 'members/ada/']

describe.each(ROUTES)('by $name, with a profile', way => {
  it('a thread that comes into a group is in it', async () => {
    const { one, fresh } = await twice(way, town => move(town, [5, 51], 'gardeners'), WITH_PROFILE)
    expect(content(one)).toEqual(content(fresh))
    expect(log(one, '5').at(-1)).toMatchObject({ kind: 'moved', field: 'group', before: null, after: 'gardeners' })
  })

  it('a thread that leaves all groups is in none', async () => {
    const { one, fresh } = await twice(way, town => move(town, [1, 11, 12], null), WITH_PROFILE)
    expect(content(one)).toEqual(content(fresh))
    expect(log(one, '1').at(-1)).toMatchObject({ kind: 'moved', before: 'gardeners', after: null })
  })
})

/** An answer of REST in which reply 12 names this parent. */
async function naming(parent: number, response: ServerResponse, url: URL): Promise<void> {
  const answer = await fetch(url, { headers: { 'x-own': '1' } })
  const json = JSON.stringify(await answer.json(), (_, value) =>
    value?.id === 12 ? { ...value, secondary_item_id: parent } : value,
  )
  const { headers } = answer
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    ...Object.fromEntries(
      ['x-wp-total', 'x-wp-totalpages'].flatMap(name => (headers.has(name) ? [[name, headers.get(name)]] : [])),
    ),
  })
  response.end(json)
}

describe('a site that contradicts itself', () => {
  it('is a problem and exit code 3, is counted, and loses no post', async () => {
    const intercept = ({ path, query, headers }: SeenRequest, response: ServerResponse) => {
      if (query.get('type') !== 'activity_comment' || headers['x-own']) return false
      void naming(2, response, new URL(`${path}?${query}`, `http://${headers['host']}`))
      return true
    }
    const { server } = await town({ rest: true, intercept }, community())
    const one = desk()
    expect(outcome(await one.run(server.url, { via: 'rest' }))).toMatchObject({ code: 0 })
    one.clock.advance(86_400_000)
    // With a number of turns, a small target is read in part, too.
    const report = await one.sync({ audit: 1 })
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    const said = expect.stringMatching(/^Post 12 .*names post 2 as its parent, which is in another thread/)
    expect(report.contradictions).toEqual({ count: 1, first: [said] })
    expect(outcome(report).message).toMatch(/says can't all be, and was not all stored\. Post 12 /)
    expect(idsHeld(one)).toEqual([1, 2, 3, 4, 11, 12, 21, 41])
  })
})

describe('a reply whose parent is spam or deleted, and which the site shows below the opening post', () => {
  /** The archives after the parent has gone, the synced one first. */
  async function bereft(way: Way) {
    const posts = community()
    const intercept = ({ path, query, headers }: SeenRequest, response: ServerResponse) => {
      if (!path.includes('/buddypress/v1/activity') || headers['x-own'] || find(posts, 11)) return false
      void naming(11, response, new URL(`${path}?${query}`, `http://${headers['host']}`))
      return true
    }
    const { server } = await town({ ...way, intercept }, posts)
    const [one, fresh] = [desk(), desk()]
    await one.run(server.url, { via: way.via as Route })
    posts.posts = posts.posts.filter(({ id }) => id !== 11)
    find(posts, 12).parentId = 1
    for (const each of [one, fresh]) each.clock.advance(86_400_000)
    await one.sync({ full: true })
    await fresh.run(server.url, { via: way.via as Route })
    return [one, fresh].map(each => placesIn(each))
  }

  const placesIn = (one: Desk) =>
    content(one)
      .find(({ id }) => id === '1')
      ?.posts.map(({ depth, id, parentId, status }) => `${depth} ${id} below ${parentId}, ${status}`)

  const GONE = ['0 1 below null, live', '1 11 below 1, gone']

  it('stays below it if the site still names it: an archive that never had the parent cannot show that', async () => {
    const [synced, fresh] = await bereft(ROUTES[0] as Way)
    expect(synced).toEqual([...GONE, '2 12 below 11, live'])
    expect(fresh).toEqual(['0 1 below null, live', '1 12 below 1, live'])
  })

  it.each(ROUTES.slice(1))('is below the opening post where only pages show places, by $name', async way => {
    const [synced, fresh] = await bereft(way)
    expect(synced).toEqual([...GONE, '1 12 below 1, live'])
    expect(fresh).toEqual(['0 1 below null, live', '1 12 below 1, live'])
  })
})
