import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { communityOf, type SeenRequest, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { bending } from './bent.js'
import { desk, idsHeld, outcome } from './outside.js'

/** REST answers as imports, plugins, hosts and caches spoil them. */

type Row = Record<string, unknown> & { id: number }

const isActivities = ({ path }: SeenRequest) => path.endsWith('/activity')
const isGroups = ({ path }: SeenRequest) => path.endsWith('/groups')

/** 120 threads in one group; `bend` changes the rows of a list of activities, or gives another body. */
async function archived(
  bend: (rows: Row[], request: SeenRequest) => unknown,
  options = {},
  size = 120,
  via: 'auto' | 'rest' = 'auto',
) {
  const posts = Array.from({ length: size }, (_, at) => ({ id: at + 1 }))
  const intercept = bending((body, request) => {
    if (!isActivities(request) || !body.startsWith('[')) return null
    const bent = bend(JSON.parse(body) as Row[], request)
    return typeof bent === 'number' ? bent : JSON.stringify(bent)
  })
  const { server } = await town({ rest: true, pack: 'legacy', intercept, ...options }, communityOf({ posts }))
  const one = desk()
  const report = await one.run(`${server.url}groups/gardeners/`, { retries: 0, via })
  const texts = one.threads().flatMap(thread => thread.posts.map(({ post }) => post.text))
  return { ...outcome(report), held: idsHeld(one), texts, one, server, notes: report.targets[0]?.notes ?? [] }
}

const spoil = (fields: object) => (rows: Row[]) => rows.map(row => (row.id === 60 ? { ...row, ...fields } : row))

describe('one odd object among a hundred', () => {
  it.each([{ id: -1 }, { id: 1.5 }, { id: null }, { id: 'x' }, { id: 0 }])(
    'with %o is named, and read by the pages',
    async fields => {
      const { code, held, message, target } = await archived(spoil(fields))
      expect([code, held.length, held.includes(60)]).toEqual([3, 120, true])
      expect(message).toContain('no valid id')
      expect(target?.groups[0]?.completeness).toMatchObject({ state: 'complete', held: 120 })
    },
  )

  it('costs itself where REST alone is wanted', async () => {
    const { code, held, message, target } = await archived(spoil({ id: null }), {}, 120, 'rest')
    expect([code, held.length, held.includes(60)]).toEqual([3, 119, false])
    expect(message).toContain('no valid id')
    expect(target?.groups[0]?.completeness.state).toBe('short')
  })

  it.each([
    { title: null },
    { link: false },
    { comment_count: '3' },
    { user_avatar: false },
    { primary_item_id: '1' },
    { type: null },
    { name: null },
  ])('with %o is read all the same', async fields => {
    const { code, held } = await archived(spoil(fields))
    expect([code, held.length]).toEqual([0, 120])
  })

  it.each([
    { date: null, date_gmt: null },
    { date: '0000-00-00 00:00:00', date_gmt: null },
    { date: '-0001-11-30T00:00:00', date_gmt: '' },
  ])('with %o is kept without a date, and the run says so', async fields => {
    const { code, held, notes, one } = await archived(spoil(fields))
    expect([code, held.length]).toEqual([0, 120])
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('Post 60 ')])
    expect(one.threads().find(({ id }) => id === '60')?.when).toEqual({ from: null, to: null })
  })

  it.each([{ content: null }, { content: { rendered: null } }])(
    'with %o gets its text from its own page',
    async fields => {
      const { code, texts, server } = await archived(spoil(fields))
      expect([code, texts.includes('Post 60.')]).toEqual([0, true])
      expect(server.requests.filter(({ path }) => path.includes('/p/60/'))).toHaveLength(1)
    },
  )

  it('without a text anywhere is named, and its group is not whole', async () => {
    const bent = spoil({ content: null, link: 'http://127.0.0.1:1/none/' })
    const { code, target } = await archived(bent)
    expect(code).toBe(3)
    expect(target?.groups[0]?.completeness.state).toBe('short')
  })

  it('a list of objects of another kind is left for the next route', async () => {
    const { code, held, notes } = await archived(rows => rows.map(({ id }) => ({ id, slug: 'a-page', type: 'post' })))
    expect([code, held.length, notes[0]?.message]).toEqual([0, 120, expect.stringContaining('is read without REST')])
  })
})

describe('a site that', () => {
  it('refuses 100 objects in a response is asked for fewer', async () => {
    const sizes: string[] = []
    const { code, held, target } = await archived(
      (rows, { query }) => {
        sizes.push(query.get('per_page') ?? '')
        return rows
      },
      { intercept: refusing(sizes) },
    )
    expect([code, held.length, target?.route]).toEqual([0, 120, 'rest'])
    expect(sizes).toContain('50')
    expect(sizes).toContain('20')
  })

  it('sends the same page for each number is read by its pages, without untrue notes', async () => {
    let first: Row[] | null = null
    const { code, held, notes, target } = await archived(rows => (first ??= rows))
    expect([code, held.length, target?.groups[0]?.completeness.state]).toEqual([0, 120, 'complete'])
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('its pages repeat')])
  })

  it('counts 120 posts and shows 100 is not whole: exit 3, until it shows them', async () => {
    let short = true
    const { code, held, message, target, one } = await archived(rows =>
      short ? rows.filter(({ id }) => id % 6 > 0) : rows,
    )
    // The group's own page shows four of those that REST keeps back.
    expect([code, held.length]).toEqual([3, 104])
    expect(message).toContain('counts 120 posts, and its list shows 100')
    expect(target?.groups[0]?.completeness).toEqual({ state: 'short', held: 104, claimed: 120 })
    expect((await one.sync()).exitCode).toBe(3)
    short = false
    expect((await one.sync()).exitCode).toBe(0)
    expect(idsHeld(one)).toHaveLength(120)
    expect(one.groups()[0]?.completeness).toEqual({ state: 'complete', held: 120, claimed: 120 })
  })

  it('names a total that its first page exceeds, as a cache keeps it of another request, is read to its end', async () => {
    const few = totalled('57', '1')
    const { code, held, target } = await archived(rows => rows, { intercept: few }, 230)
    expect([code, held.length, target?.route]).toEqual([0, 230, 'rest'])
  })

  it('sends an empty page before the end that it counts is read by its pages', async () => {
    const { code, held, target } = await archived((rows, { query }) => (query.get('page') === '2' ? [] : rows), {}, 230)
    expect([code, held.length, target?.groups[0]?.completeness.state]).toEqual([0, 230, 'complete'])
  })

  it('counts one page too few is read to its end', async () => {
    const { code, held, target } = await archived(rows => rows, { intercept: totalled('100', '1') }, 130)
    expect([code, held.length, target?.route, target?.groups[0]?.completeness.state]).toEqual([
      0,
      130,
      'rest',
      'complete',
    ])
  })

  it('counts one page of groups too few lists them all', async () => {
    const groups = Array.from({ length: 103 }, (_, at) => ({ id: at + 1, slug: `group-${at + 1}` }))
    const intercept = totalled('100', '1', isGroups)
    const { server } = await town(
      { rest: true, pack: 'legacy', intercept },
      communityOf({ groups, posts: [{ id: 1 }] }),
    )
    const one = desk()
    await one.run(server.url, { retries: 0 })
    expect(one.groups()).toHaveLength(103)
  })

  it('has as many posts as fill a page is asked for one page more, which it may refuse', async () => {
    const whole = await archived(rows => rows, {}, 100)
    expect([whole.code, whole.held.length, whole.target?.route]).toEqual([0, 100, 'rest'])
    const refusing = await archived(rows => rows, { intercept: refusingSecond }, 100)
    expect([refusing.code, refusing.held.length, refusing.target?.route, refusing.notes]).toEqual([0, 100, 'rest', []])
  })

  it.each(['1', '2'])('sends an empty second page, and from page %s on no total, is read by its pages', async from => {
    const { code, held, target, notes } = await archived(rows => rows, { intercept: emptySecond(from) }, 130)
    expect([code, held.length, target?.groups[0]?.completeness.state]).toEqual([0, 130, 'complete'])
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('is read without REST')])
  })
})

/** Lists of activities with these totals in their headers. */
const totalled =
  (total: string, pages: string, where = isActivities): NonNullable<ServeOptions['intercept']> =>
  (request, response) => {
    if (!where(request)) return false
    const write = response.writeHead.bind(response) as (status: number, headers: object) => ServerResponse
    response.writeHead = ((status: number, headers: object) =>
      write(status, { ...headers, 'X-WP-Total': total, 'X-WP-TotalPages': pages })) as typeof response.writeHead
    return false
  }

/** As a proxy that answers `[]` in place of the second page, and keeps the totals of this page and those behind it to itself. */
const emptySecond =
  (from: string): NonNullable<ServeOptions['intercept']> =>
  (request, response) => {
    const page = request.query.get('page') ?? ''
    if (page >= from) totalled('', '')(request, response)
    return bending((_body, seen) => (isActivities(seen) && page === '2' ? '[]' : null))(request, response)
  }

/** As WordPress refuses a page behind the last one of its own lists. */
const refusingSecond: NonNullable<ServeOptions['intercept']> = (request, response) => {
  if (!isActivities(request) || request.query.get('page') !== '2') return false
  response.writeHead(400, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify({ code: 'rest_post_invalid_page_number', message: 'The page is larger than the last.' }))
  return true
}

/** As a security plugin refuses `per_page` above 20. */
const refusing = (sizes: string[]) =>
  bending((_body, { path, query }) => {
    if (!path.includes('buddypress/v1')) return null
    sizes.push(query.get('per_page') ?? '')
    return Number(query.get('per_page')) > 20 ? 400 : null
  })
