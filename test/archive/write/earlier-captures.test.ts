import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import type { Page } from '../../../src/model/page.js'
import { newFile } from '../../run/outside.js'
import { words } from '../eventful.js'
import { exported, postsOf } from '../merge/merging.js'
import { ENV, group, member, page, post, rows, SITE, savePage } from '../shelf.js'

/** Captures that are imported after newer ones were read from the site, and the other way round. */

interface Brought {
  page: Page
  /** Year in which it was made. */
  year: number
  /** It is only known to be no younger. */
  isBound?: true
  /** It was read from the site. */
  isLive?: true
  /** Its thread is not there any more. */
  gone?: string
}

const at = (year: number) => new Date(Date.UTC(year, 0, 1)).toISOString()

/** An archive into which these came one after the other. */
function archiveOf(...all: Brought[]): string {
  const file = newFile()
  const archive = openArchive(file, 'write', ENV)
  for (const [number, one] of all.entries()) {
    const { run } = archive.startRun('import', '0', at(2027))
    const request = { url: `${SITE}?${number}` }
    const reader = one.isLive ? 'visitor' : 'unknown'
    const pass = archive.beginPass(
      `${SITE}${number}`,
      { reader: 'visitor', via: 'auto' },
      { kind: 'group', reason: 'named', request },
      at(2027),
    )
    const task = archive.frontier.next(pass, new Set())
    if (!task) throw new Error('nothing to do')
    const capture = archive.keep(
      run,
      {
        ...{ request, url: request.url, status: 200, headers: {}, body: Buffer.from(`${number}`) },
        ...{ capturedAt: at(one.year), ...(one.isBound && { timeIsBound: true }) },
        ...(one.isLive ? {} : { imported: { door: 'page', origin: 'old.html' } }),
      },
      reader,
      { task, pass },
    )
    const step = { run, pass, task, capture, at: at(one.year), parser: 'test 0', authority: 'stream' as const, reader }
    savePage(archive, one.page, step, {
      end: 'done',
      ...(one.gone && { gone: { site: SITE, thread: one.gone, reason: '404' as const } }),
    })
  }
  archive.close()
  return file
}

/** The same comes of both orders. */
function inBothOrders(...all: Brought[]): string {
  const file = archiveOf(...all)
  expect(exported(archiveOf(...all.toReversed()))).toBe(exported(file))
  return file
}

const REVISIONS = 'SELECT text, last_seen_at, replaced_at FROM revisions ORDER BY id'
const EVENTS = 'SELECT kind, field, before, after, at FROM events ORDER BY id'

describe('an older capture that is imported later', () => {
  it('gives an earlier revision, and the first time of the post', () => {
    const old = { page: page([post('1', null, words('Sow in April'))]), year: 2015 }
    const live = { page: page([post('1', null, words('Sow in May'))]), year: 2025, isLive: true } as const
    const file = inBothOrders(live, old)
    expect(postsOf(file)).toMatchObject([{ text: 'Sow in May', first_seen_at: at(2015), last_seen_at: at(2025) }])
    expect(rows(file, REVISIONS)).toEqual([{ text: 'Sow in April', last_seen_at: at(2015), replaced_at: at(2025) }])
  })

  it('goes between the versions that are held', () => {
    const [april, may, june] = ['April', 'May', 'June'].map((month, n) => ({
      page: page([post('1', null, words(`Sow in ${month}`))]),
      year: 2010 + n,
    })) as [Brought, Brought, Brought]
    const file = archiveOf(june, april, may)
    expect(rows(file, 'SELECT text, replaced_at FROM revisions ORDER BY id')).toEqual([
      { text: 'Sow in April', replaced_at: at(2011) },
      { text: 'Sow in May', replaced_at: at(2012) },
    ])
  })

  it('narrows the date', () => {
    const vague = (from: string | null, to: string) => ({ when: { from, to } })
    const old = { page: page([post('1', null, vague(null, '2014-03-01T00:00:00Z'))]), year: 2015 }
    const live = { page: page([post('1', null, vague('2013-06-01T00:00:00Z', '2014-06-01T00:00:00Z'))]), year: 2025 }
    const file = inBothOrders(live, old)
    expect(postsOf(file)).toMatchObject([{ posted_between: ['2013-06-01T00:00:00Z', '2014-03-01T00:00:00Z'] }])
  })

  it('leaves author, parent, group, names and status as they were seen later', () => {
    const [old, live] = [
      { author: member('ada', { id: '2', name: 'Ada' }), group: group('gardeners', { id: '1', status: 'public' }) },
      { author: member('ada', { id: '2', name: 'Ada King' }), group: group('bees', { id: '1', status: 'private' }) },
    ].map((one, n) => ({
      page: page([
        post('1', null, one),
        post('2', '1', one),
        post('3', n === 0 ? '1' : '2', { ...one, threadId: '1' }),
      ]),
      year: n === 0 ? 2015 : 2025,
    })) as [Brought, Brought]
    old.page.site.name = 'Village'
    const file = inBothOrders(live, old)
    expect(rows(file, 'SELECT name FROM sites')).toEqual([{ name: 'Town' }])
    expect(postsOf(file)[2]).toMatchObject({ parent: '2', author: { name: 'Ada King' }, group: { slug: 'bees' } })
    expect(rows(file, 'SELECT slug, name, status, first_seen_at, last_seen_at FROM groups')).toEqual([
      { slug: 'bees', name: 'bees', status: 'private', first_seen_at: at(2015), last_seen_at: at(2025) },
    ])
    expect(rows(file, EVENTS)).toEqual(
      expect.arrayContaining([
        { kind: 'renamed', field: 'name', before: 'Ada', after: 'Ada King', at: at(2025) },
        { kind: 'renamed', field: 'slug', before: 'gardeners', after: 'bees', at: at(2025) },
        { kind: 'renamed', field: 'status', before: 'public', after: 'private', at: at(2025) },
      ]),
    )
  })

  it('does not bring back a post that is gone', () => {
    const shown = page([post('1', null, { when: { from: at(2014), to: at(2014) } })])
    const none = page([], { threads: [] })
    const file = archiveOf(
      { page: shown, year: 2020, isLive: true },
      { page: none, year: 2022, isLive: true, gone: '1' },
      { page: shown, year: 2015 },
      { page: shown, year: 2026, isBound: true },
    )
    expect(postsOf(file)).toMatchObject([{ status: 'gone', first_seen_at: at(2014), last_seen_at: at(2020) }])
    expect(rows(file, EVENTS)).toMatchObject([{ kind: 'gone' }])
  })

  it('leaves the last whole view of the thread', () => {
    const old = { page: page([post('1', null), post('2', '1'), post('3', '1')]), year: 2015 }
    const live = { page: page([post('1', null), post('2', '1')]), year: 2025, isLive: true } as const
    const file = archiveOf(live, old)
    expect(rows(file, 'SELECT claimed, whole_view_at FROM threads')).toEqual([{ claimed: 2, whole_view_at: at(2025) }])
    expect(postsOf(file).map(({ id, status }) => [id, status])).toEqual([
      ['1', 'live'],
      ['2', 'live'],
      ['3', 'live'],
    ])
  })
})

describe('a capture whose time is only a bound', () => {
  const bound = (text: string) => ({ page: page([post('1', null, words(text))]), year: 2026, isBound: true }) as const

  it('counts as made when its newest post was written, so that it replaces nothing newer', () => {
    const live = { page: page([post('1', null, words('Sow in May'))]), year: 2025, isLive: true } as const
    const old = { page: page([post('1', null, { ...words('Sow in April'), when: { from: at(2014), to: at(2014) } })]) }
    const file = inBothOrders(live, { ...old, year: 2026, isBound: true })
    expect(postsOf(file)).toMatchObject([{ text: 'Sow in May', first_seen_at: at(2014), last_seen_at: at(2025) }])
    expect(rows(file, 'SELECT captured_at, not_before FROM captures WHERE time_is_bound')).toEqual([
      { captured_at: at(2026), not_before: at(2014) },
    ])
  })

  it('is not newer than its bound, whatever the dates on it', () => {
    const file = archiveOf({ ...bound('Sow'), year: 2020 })
    expect(postsOf(file)).toMatchObject([{ last_seen_at: at(2020) }])
  })
})

describe('an older page that names a group or member by an earlier slug only', () => {
  const shown = (slug: string, id: string | null) => ({
    author: member(`${slug}-ada`, { id: id && '2', name: `Ada ${slug}` }),
    group: group(slug, { id, name: slug }),
  })
  const [first, last] = ['care', 'bees'].map((slug, n) => ({
    page: page([post('1', null, shown(slug, '1'))]),
    year: n === 0 ? 2010 : 2020,
  })) as [Brought, Brought]
  const between = { page: page([post('1', null, shown('care', null))]), year: 2015 }

  it('means the one that had the slug then', () => {
    const orders = [
      [first, between, last],
      [first, last, between],
      [last, first, between],
    ]
    const files = orders.map(order => archiveOf(...order))
    for (const file of files) {
      expect(rows(file, 'SELECT site_group_id AS id, slug FROM groups')).toEqual([{ id: '1', slug: 'bees' }])
      expect(rows(file, 'SELECT site_member_id AS id, slug FROM members')).toEqual([{ id: '2', slug: 'bees-ada' }])
      expect(exported(file)).toBe(exported(files[0] as string))
    }
  })

  it('means another one if the slug was given away before', () => {
    const file = archiveOf(first, last, { ...between, year: 2025 })
    expect(rows(file, 'SELECT site_group_id AS id, slug FROM groups ORDER BY id')).toEqual([
      { id: null, slug: 'care' },
      { id: '1', slug: 'bees' },
    ])
  })
})
