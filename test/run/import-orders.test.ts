import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportTo } from '../../src/index.js'
import { type CommunityServer, communityOf, type ServeOptions, serveCommunity } from '../community/index.js'
import { timeSince } from '../community/time-since.js'
import { zipped } from '../sources/files/warc/making.js'
import {
  exchangeOf,
  fetched,
  instant,
  leftContent,
  mhtml,
  recordOf,
  type SavedPage,
  type Step,
  shuffled,
  singleFile,
  warc,
} from './left-behind.js'
import { type Desk, desk, testClock } from './outside.js'
import { webArchive } from './web-archive.js'

/** The order in which what is left of a community is read decides nothing: one archive, the same export each time. */

const ORDERS = Number(process.env['ORDERS'] ?? 4)

const LONG = `<p>${'Beans need a long pole and a patient hand. '.repeat(20)}</p>\n`
const GROUPS = [{ slug: 'beans', name: 'Beans and Peas' }]
const MEMBERS = [
  { id: 2, slug: 'ada', name: 'Ada Brook' },
  { id: 3, slug: 'ben', name: "'Ben Marsh" },
]

const post = (id: number, html: string, more: object = {}) => ({
  ...{ id, groupSlug: 'beans', html, date: `2024-01-${String(id).padStart(2, '0')}T09:00:00Z` },
  memberId: id % 2 === 0 ? 3 : 2,
  ...more,
})

/** Before: post 5 is there, and post 1 has its first words. */
const before = communityOf({
  ...{ groups: GROUPS, members: MEMBERS },
  posts: [
    post(1, '<p>First words about the beans in the long bed.</p>\n'),
    post(2, LONG),
    post(3, '<p>An answer that everybody agrees with.</p>\n', { parentId: 1 }),
    post(5, '<p>Soon deleted by its author, but not forgotten.</p>\n'),
  ],
})

/** After: post 1 was edited, post 5 is gone, and there are two new replies. */
const after = communityOf({
  ...{ groups: GROUPS, members: MEMBERS },
  posts: [
    post(1, '<p>Other words about the beans in the long bed.</p>\n'),
    post(2, LONG),
    post(3, '<p>An answer that everybody agrees with.</p>\n', { parentId: 1 }),
    post(6, '<p>A reply to the answer, two levels down.</p>\n', { parentId: 3, date: '2024-09-06T09:00:00Z' }),
    post(7, '<p>And one more below the long one.</p>\n', { parentId: 2, date: '2024-09-07T09:00:00Z' }),
  ],
})

const THEN = Date.UTC(2024, 5, 1, 12) / 1000
const NOW = Date.UTC(2025, 5, 1, 12) / 1000

const agoOf = (id: number) => timeSince(THEN - Date.parse(`2024-01-0${id}T09:00:00Z`) / 1000)

/** Two threads as somebody copied them from a page, before the edit. */
const COPIED = `
  • Ada Brook posted an update in the group Beans and Peas ${agoOf(1)}

    First words about the beans in the long bed.

      • Ada Brook replied ${agoOf(3)}

        An answer that everybody agrees with.

  • 'Ben Marsh posted an update in the group Beans and Peas ${agoOf(2)}

    ${LONG.replace(/<[^>]*>/g, '').trim()}
`

let folder = ''
let site: CommunityServer
const shown = { ...before }
const options: ServeOptions = {}

/** One site with one address, whose state, theme and clock change. */
function show(state: typeof before, how: ServeOptions): void {
  Object.assign(shown, state)
  Object.assign(options, { rest: false }, how)
}

const get = (path: string): Promise<SavedPage> => fetched(new URL(path, site.url).href)

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** The captures of a run at some time, as our own exporter writes them. */
async function wacz(name: string, at: number, via: 'page' | 'ajax' | 'rest'): Promise<string> {
  const other = desk(undefined, testClock(at * 1000))
  await other.run(`${site.url}groups/beans/`, { via })
  const path = join(folder, name)
  await exportTo(path, { db: other.file, format: 'wacz' })
  return path
}

const stamp = (at: number) => instant(at).replace(/\D/g, '').slice(0, 14)

/** What was kept of the site as it was in 2024, by the name of its kind. */
async function keptThen(): Promise<Record<string, string>> {
  show(before, { pack: 'legacy', now: THEN })
  const [group, thread] = [await get('groups/beans/'), await get('members/ada/activity/1/')]
  const pages = {
    'saved page': file('page.html', singleFile(group, THEN)),
    mhtml: file('thread.mhtml', mhtml(thread, THEN + 60)),
    warc: file('crawl.warc.gz', warc([group, thread], THEN + 120)),
    'wacz of pages': await wacz('pages.wacz', THEN + 300, 'page'),
  }
  show(before, { pack: 'nouveau', now: THEN + 360 })
  const ajax = await wacz('ajax.wacz', THEN + 360, 'ajax')
  show(before, { pack: 'nouveau', now: THEN + 420, rest: true })
  return { ...pages, 'wacz of AJAX': ajax, 'wacz of REST': await wacz('rest.wacz', THEN + 420, 'rest') }
}

const REST = 'wp-json/buddypress/v1/'

/** Answers of REST and AJAX in a crawl, without the pages around them. */
async function answersThen(): Promise<string> {
  show(before, { pack: 'nouveau', now: THEN + 480, rest: true })
  const lists = [`${REST}activity?group_id=1&per_page=100&display_comments=threaded`, `${REST}activity/2`]
  const rest = await Promise.all(lists.map(get))
  show(before, { pack: 'legacy', now: THEN + 480 })
  const form = { action: 'activity_get_older_updates', page: '1' }
  const url = new URL('wp-admin/admin-ajax.php', site.url).href
  const referer = `${site.url}groups/beans/`
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers: { referer } })
  const loaded = { url, body: await response.text() }
  const ajax = exchangeOf(loaded, form, referer, THEN + 480)
  return file('answers.warc.gz', zipped(...rest.map(one => recordOf(one, THEN + 480)), ...ajax))
}

/** Two captures of the group in a web archive, and one of a thread. */
async function webArchiveOf(): Promise<string> {
  show(before, { pack: 'legacy', now: THEN + 540 })
  const old = [await get('groups/beans/'), await get('members/ben/activity/2/')]
  show(after, { pack: 'legacy', now: NOW - 172_800 })
  const newer = [await get('groups/beans/')]
  const held = (at: number) => (page: SavedPage) => ({ timestamp: stamp(at), ...page })
  return (await webArchive([...old.map(held(THEN + 540)), ...newer.map(held(NOW - 172_800))])).api
}

let steps: Step[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  site = await serveCommunity(shown, options)
  const files = { ...(await keptThen()), 'answers in a WARC': await answersThen() }
  show(before, { pack: 'legacy', now: THEN + 180 })
  const feed = file('feed.xml', (await get('groups/beans/feed/')).body)
  const api = await webArchiveOf()
  show(after, { pack: 'legacy', now: NOW - 86_400 })
  const newer = {
    'newer saved page': file('newer.html', singleFile(await get('members/ben/activity/2/'), NOW - 86_400)),
    'newer MHTML': file('newer.mhtml', mhtml(await get('members/ada/activity/1/'), NOW - 86_300)),
  }
  const live = (pack: 'legacy' | 'nouveau', via: 'page' | 'ajax' | 'rest'): Step => ({
    name: `live by ${via}`,
    read: one => {
      show(after, { pack, now: NOW, rest: via === 'rest' })
      return one.run(`${site.url}groups/beans/`, { via })
    },
  })
  steps = [
    { name: 'saved feed', read: one => one.imports([feed], { capturedAt: instant(THEN + 180) }) },
    ...Object.entries({ ...files, ...newer }).map(([name, path]) => ({
      name,
      read: (one: Desk) => one.imports([path]),
    })),
    { name: 'text', read: one => one.imports([file('thread.txt', COPIED)], { capturedAt: instant(THEN) }) },
    {
      name: 'web archive',
      read: one => one.wayback({ targets: [`${site.url}groups/beans/`], api, newestOnly: false }),
    },
    ...[live('legacy', 'page'), live('nouveau', 'ajax'), live('legacy', 'rest')],
  ]
}, 60_000)

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await site.close()
})

async function archiveIn(order: readonly Step[]): Promise<unknown> {
  const one = desk(undefined, testClock((NOW + 3600) * 1000))
  for (const step of order) await step.read(one)
  return leftContent(one)
}

describe('what is left of a community, in any order', () => {
  let whole: unknown
  beforeAll(async () => {
    whole = await archiveIn(steps)
  })

  it('is the archive that it should be', () => {
    expect(whole).toMatchObject({
      revisions: [{ site_post_id: '1', text: 'First words about the beans in the long bed.' }],
    })
    const ids = (whole as { threads: { posts: { post: { id: string } }[] }[] }).threads.flatMap(({ posts }) =>
      posts.map(({ post: { id } }) => id),
    )
    expect(ids.sort()).toEqual(['1', '2', '3', '5', '6', '7'])
  })

  it.each(Array.from({ length: ORDERS }, (_, at) => at + 1))('is the same archive in order %i', async seed => {
    const order = shuffled(steps, seed)
    expect(await archiveIn(order), order.map(({ name }) => name).join(', ')).toEqual(whole)
  })

  it('is one archive of some of it, in two orders', async () => {
    for (let seed = 1; seed <= ORDERS; seed++) {
      const some = shuffled(steps, seed).slice(0, 2 + (seed % 5))
      const [one, other] = [await archiveIn(some), await archiveIn(shuffled(some, seed + 1))]
      expect(other, some.map(({ name }) => name).join(', ')).toEqual(one)
    }
  }, 600_000)

  it('has something of each kind', async () => {
    for (const { name, read } of steps)
      expect(await read(desk(undefined, testClock((NOW + 3600) * 1000))), name).toMatchObject({
        newPosts: expect.toSatisfy((posts: number) => posts > 0),
        targets: [{ problems: [] }],
      })
  })

  it('brings nothing new when it is read again', async () => {
    const one = desk(undefined, testClock((NOW + 3600) * 1000))
    for (const step of steps) await step.read(one)
    const before = leftContent(one)
    const imported = () => one.sql('SELECT count(*) AS n FROM captures WHERE door IS NOT NULL')
    const captures = imported()
    for (const step of shuffled(steps, 7))
      expect(await step.read(one), step.name).toMatchObject({ newPosts: 0, changedPosts: 0 })
    expect(leftContent(one)).toEqual(before)
    expect(imported()).toEqual(captures)
  })
})
