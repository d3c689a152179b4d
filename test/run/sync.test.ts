import { describe, expect, it } from 'vitest'
import type { StoredPost } from '../../src/model/archive.js'
import type { Route } from '../../src/model/task.js'
import { TASK_REASONS } from '../../src/model/task-reasons.js'
import { later, liveIds, lively, ROUTES, townOf, type Way } from './lively.js'
import { type Desk, desk, outcome } from './outside.js'

const postsOf = (one: Desk): Map<number, StoredPost> =>
  new Map(one.threads().flatMap(thread => thread.posts.map(({ post }) => [Number(post.id), post])))

const live = (one: Desk): number[] =>
  [...postsOf(one)].flatMap(([id, { status }]) => (status === 'live' ? [id] : [])).sort((a, b) => a - b)

/** How much of everything there is. */
const sizes = (one: Desk) =>
  one.sql(`SELECT (SELECT count(*) FROM posts) AS posts, (SELECT count(*) FROM revisions) AS revisions,
    (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM blobs) AS blobs`)[0]

const archived = async (way: Way, size?: number) => {
  const community = lively(size)
  const { server } = await townOf(way, community)
  const one = desk()
  expect(outcome(await one.run(server.url, { via: way.via as Route }))).toMatchObject({ code: 0 })
  return { community, server, one, way }
}

describe.each(ROUTES)('one sync by $name', way => {
  it('brings the archive to where the community is', async () => {
    const { community, one } = await archived(way)
    const was = later(community)
    one.clock.advance(9 * 86_400_000)
    const report = await one.sync()
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(report).toMatchObject({ newPosts: 3, changedPosts: 2 })
    expect(live(one)).toEqual(liveIds(community))
    const posts = postsOf(one)
    expect(posts.get(was.edited)).toMatchObject({ text: 'Edited since.', revisions: 1 })
    expect(posts.get(was.editedReply)).toMatchObject({ text: 'A reply that was edited.', revisions: 1 })
    for (const id of was.gone) expect(posts.get(id)).toMatchObject({ status: 'gone', text: expect.stringMatching(/./) })
    expect(one.groups()[0]).toMatchObject({ name: 'Garden Circle', completeness: { state: 'complete' } })
    expect(
      one.sql('SELECT kind, field, before, after FROM events WHERE kind = ? ORDER BY field, after', 'renamed'),
    ).toEqual([
      { kind: 'renamed', field: 'name', before: 'Bea', after: 'Bea Smith' },
      { kind: 'renamed', field: 'name', before: 'gardeners', after: 'Garden Circle' },
    ])
  })

  it('tells of each that is gone why, when it was seen last, and when it was missed first', async () => {
    const { community, one } = await archived(way)
    const was = later(community)
    one.clock.advance(86_400_000)
    await one.sync()
    const rows = one.sql<{ id: number; reason: string; seen: string; missed: string; gone: string }>(
      `SELECT CAST(site_post_id AS INTEGER) AS id, gone_reason AS reason, last_seen_at AS seen, missed_at AS missed, gone_at AS gone
        FROM posts WHERE status = 'gone' ORDER BY id`,
    )
    expect(rows.map(({ id, reason }) => [id, reason])).toEqual([
      [was.deletedThread, '404'],
      [was.deletedReply, 'absent from a complete thread'],
      [10_051, 'its thread is gone'],
      [10_052, 'its thread is gone'],
    ])
    for (const { seen, missed, gone } of rows) expect([seen < missed, missed <= gone]).toEqual([true, true])
  })

  it('of what has not changed adds nothing: no post, revision, event or body', async () => {
    const { one } = await archived(way)
    one.clock.advance(3_600_000)
    const first = await one.sync()
    const before = sizes(one)
    for (let day = 0; day < 3; day++) {
      one.clock.advance(86_400_000)
      expect(await one.sync()).toMatchObject({ exitCode: 0, newPosts: 0, changedPosts: 0, requests: first.requests })
    }
    expect(sizes(one)).toEqual(before)
  })

  it('a post that comes back is live again, and that is history, too', async () => {
    const { community, one } = await archived(way)
    const all = [...community.posts]
    const was = later(community)
    one.clock.advance(86_400_000)
    await one.sync()
    community.posts = all
    one.clock.advance(86_400_000)
    await one.sync()
    expect(postsOf(one).get(was.deletedReply)).toMatchObject({ status: 'live' })
    const kinds = `SELECT kind FROM events JOIN posts ON posts.id = post_id WHERE site_post_id = ? ORDER BY events.id`
    expect(one.sql(kinds, String(was.deletedReply)).map(({ kind }) => kind)).toEqual(['gone', 'back'])
    expect(one.sql(kinds, String(was.deletedThread)).map(({ kind }) => kind)).toEqual(['gone', 'back'])
  })

  it.each([1, 3, 5, 7, 9])('interrupted at its request %i, the next one ends right', async number => {
    const { community, server, one } = await archived(way)
    later(community)
    one.clock.advance(86_400_000)
    const stop = new AbortController()
    server.requests.length = 0
    await one.sync({
      signal: stop.signal,
      reporter: { request: () => server.requests.length >= number && stop.abort() },
    })
    one.clock.advance(86_400_000)
    expect((await one.sync()).exitCode).toBe(0)
    expect(live(one)).toEqual(liveIds(community))
  })

  it('while the community changes: the next one ends right', async () => {
    const { community, server, one } = await archived(way, 65)
    one.clock.advance(86_400_000)
    let asked = 0
    await one.sync({ reporter: { request: () => ++asked === 6 && later(community) } })
    one.clock.advance(86_400_000)
    expect((await one.sync()).exitCode).toBe(0)
    expect(live(one)).toEqual(liveIds(community))
    expect(server.requests.length).toBeGreaterThan(0)
  })
})

describe.each(ROUTES)('a large community by $name', way => {
  it('costs no more requests than a larger one, and its threads come by turns', async () => {
    const [small, large] = [await archived(way, 620), await archived(way, 1240)]
    const cost = async ({ one }: typeof small) => {
      one.clock.advance(86_400_000)
      return (await one.sync({ lookBackSeconds: 86_400 })).requests
    }
    const [few, more] = [await cost(small), await cost(large)]
    // Feeds tell the numbers of a hundred threads a request, up to a thousand threads.
    expect(more - few).toBeLessThanOrEqual(way.via === 'rest' ? 0 : 7)
  })

  it('new replies on old threads are found at once, edits and deletions within a few turns', async () => {
    const { community, one } = await archived(way, 620)
    one.clock.advance(86_400_000)
    await one.sync({ lookBackSeconds: 86_400 })
    const was = later(community)
    one.clock.advance(86_400_000)
    await one.sync({ lookBackSeconds: 86_400 })
    expect(live(one)).toEqual(expect.arrayContaining(was.added))
    for (let turn = 0; turn < 8; turn++) {
      one.clock.advance(86_400_000)
      expect((await one.sync({ lookBackSeconds: 86_400 })).exitCode).toBe(0)
    }
    expect(live(one)).toEqual(liveIds(community))
    expect(postsOf(one).get(was.edited)).toMatchObject({ text: 'Edited since.', revisions: 1 })
  })

  it('a young thread that was deleted is missed at once', async () => {
    const { community, one } = await archived(way, 620)
    community.posts = community.posts.filter(({ id }) => id !== 615)
    one.clock.advance(86_400_000)
    // The last posts are two years old by the clock of the site: the first page alone is read.
    expect(await one.sync({ lookBackSeconds: 86_400, audit: 1 })).toMatchObject({ exitCode: 0, gonePosts: 1 })
    expect(postsOf(one).get(615)).toMatchObject({ status: 'gone' })
  })

  it('says of each thread why it was read or left', async () => {
    const { one } = await archived(way, 620)
    one.clock.advance(86_400_000)
    const report = await one.sync({ lookBackSeconds: 86_400, audit: 40, explain: true })
    const why = report.targets[0]?.explained ?? []
    expect(why).toHaveLength(620)
    expect(
      new Set(why.map(({ read, why: words }) => `${read} ${words.replace(/\d{4}-.*/, 'DATE')}`)).size,
    ).toBeGreaterThanOrEqual(3)
    expect(why.filter(({ read }) => !read).length).toBeGreaterThan(300)
    const reasons = report.targets[0]?.requests ?? []
    expect(reasons[0]).toEqual({ why: TASK_REASONS.named, requests: 1 })
    expect(reasons).toContainEqual({ why: TASK_REASONS.turn, requests: expect.any(Number) })
    // The session and robots.txt are requested by the source, without a task.
    expect(reasons.reduce((sum, { requests }) => sum + requests, 0)).toBeLessThanOrEqual(report.requests)
  })
})
