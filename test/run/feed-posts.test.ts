import { describe, expect, it } from 'vitest'
import { type Community, communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld, outcome } from './outside.js'

const LONG = `<p>${'Beans need a long pole. '.repeat(30)}</p>\n`

const beans = (): Community =>
  communityOf({
    groups: [{ slug: 'beans' }],
    posts: [
      { id: 1, groupSlug: 'beans', html: '<p>Short words.</p>\n' },
      { id: 2, groupSlug: 'beans', html: LONG },
      { id: 3, parentId: 1, html: '<p>An answer.</p>\n' },
    ],
  })

/** A Nouveau site that refuses what its own script asks for. */
const withoutAjax = () =>
  town(
    {
      intercept: ({ path }, response) => {
        if (!path.endsWith('admin-ajax.php')) return false
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":false}')
        return true
      },
    },
    beans(),
  )

describe('a group whose posts no route gives', () => {
  it('is read from its feed as a last resort, and the gap stays named', async () => {
    const one = desk()
    const { server } = await withoutAjax()
    const report = await one.run(`${server.url}groups/beans/`, { retries: 0 })
    expect(outcome(report)).toMatchObject({ code: 3, state: 'partial' })
    expect(idsHeld(one)).toEqual([1, 2])
    expect(report.targets[0]?.notes.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('its posts come from the feed'),
    )
    const [long, short] = one.sql('SELECT text, truncated, posted_at FROM posts ORDER BY site_post_id DESC')
    expect(short).toMatchObject({ text: 'Short words.', truncated: 0 })
    expect(long).toMatchObject({ truncated: 1 })
    expect(one.sql('SELECT name FROM members')).toEqual([{ name: 'ada' }])
    const [group] = one.groups()
    expect(group).toMatchObject({ slug: 'beans', completeness: { state: 'unknown' } })
  })

  it('is mended by the first sync that gets through: full texts, replies, exact dates, nothing twice', async () => {
    const one = desk()
    let isClosed = true
    const { server } = await town(
      {
        intercept: ({ path }, response) => {
          if (!isClosed || !path.endsWith('admin-ajax.php')) return false
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":false}')
          return true
        },
      },
      beans(),
    )
    await one.run(`${server.url}groups/beans/`, { retries: 0 })
    isClosed = false
    expect((await one.sync()).exitCode).toBe(0)
    const other = desk()
    await other.run(`${server.url}groups/beans/`)
    const content = (from: typeof one) =>
      from.sql('SELECT site_post_id, text, truncated, posted_from, posted_to, url FROM posts ORDER BY site_post_id')
    expect(content(one)).toEqual(content(other))
    const authors = 'SELECT slug, name FROM members WHERE id IN (SELECT member_id FROM posts) ORDER BY slug'
    expect(one.sql(authors)).toEqual(other.sql(authors))
    expect(one.sql('SELECT 1 FROM revisions')).toEqual([])
  })
})

describe('the feed as a last resort', () => {
  it('is not requested if the user wants another route', async () => {
    const one = desk()
    const { server } = await withoutAjax()
    const report = await one.run(`${server.url}groups/beans/`, { retries: 0, via: 'ajax' })
    expect(report.exitCode).toBe(3)
    expect(idsHeld(one)).toEqual([])
    expect(server.requests.filter(({ path }) => path.endsWith('/feed/'))).toEqual([])
  })

  it('ends where a site shows its first page for ever', async () => {
    let feed = ''
    const { server, get } = await town(
      {
        intercept: ({ path, query }, response) => {
          if (!path.endsWith('/feed/') || !query.has('acpage')) return false
          response.writeHead(200, { 'content-type': 'text/xml' }).end(feed)
          return true
        },
      },
      beans(),
    )
    feed = (await get('groups/beans/feed/')).body
    expect((await desk().run(`${server.url}groups/beans/feed/`)).exitCode).toBe(0)
    expect(server.requests.filter(({ query }) => query.has('acpage'))).toHaveLength(1)
  })
})

describe('a feed that is named as a target', () => {
  it('is a quick look at what is new: one request, besides robots.txt', async () => {
    const one = desk()
    const { server } = await town({ pack: 'legacy' }, beans())
    const report = await one.run(`${server.url}groups/beans/feed/`)
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual([1, 2])
    expect(server.requests.filter(({ path }) => path !== '/robots.txt').length).toBeLessThanOrEqual(2)
    expect((await one.sync()).newPosts).toBe(0)
  })

  it('is a problem if it is no feed', async () => {
    const { server } = await town({ pack: 'legacy' }, beans())
    const report = await desk().run(`${server.url}groups/nothing/feed/`)
    expect(outcome(report)).toMatchObject({ code: 5, state: 'failed' })
  })
})
