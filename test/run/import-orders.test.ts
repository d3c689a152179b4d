import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CommunityServer, communityOf, type ServeOptions, serveCommunity } from '../community/index.js'
import { timeSince } from '../community/time-since.js'
import { http, record, zipped } from '../sources/files/warc/making.js'
import { type Desk, desk, testClock } from './outside.js'

/** The order in which what is left of a community is read decides nothing: one archive, the same export each time. */

const ORDERS = Number(process.env['ORDERS'] ?? 6)

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
    post(6, '<p>A reply to the answer, two levels down.</p>\n', { parentId: 3 }),
    post(7, '<p>And one more below the long one.</p>\n', { parentId: 2 }),
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

const instant = (seconds: number) => new Date(seconds * 1000).toISOString()

let folder = ''
let live: CommunityServer
const servers: CommunityServer[] = []

async function served(options: ServeOptions, community: typeof after): Promise<CommunityServer> {
  const server = await serveCommunity(community, options)
  servers.push(server)
  return server
}

/** A page of another state of the community, with the addresses of the live one. */
async function pageOf(server: CommunityServer, path: string): Promise<{ url: string; body: string }> {
  const response = await fetch(new URL(path, server.url))
  const moved = (text: string) => text.replaceAll(server.url.slice(0, -1), live.url.slice(0, -1))
  return { url: moved(response.url), body: moved(await response.text()) }
}

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const singleFile = ({ url, body }: { url: string; body: string }, at: number) =>
  body.replace(
    /<html[^>]*>/,
    html =>
      `${html}<!--\n Page saved with SingleFile \n url: ${url} \n saved date: ${new Date(at * 1000).toUTCString()}\n-->`,
  )

const mhtml = ({ url, body }: { url: string; body: string }, at: number) =>
  [
    'From: <Saved by Blink>',
    `Snapshot-Content-Location: ${url}`,
    `Date: ${new Date(at * 1000).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; type="text/html"; boundary="----B"',
    '',
    '------B',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    `Content-Location: ${url}`,
    '',
    ...(Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '------B--',
    '',
  ].join('\r\n')

const warc = (pages: { url: string; body: string }[], at: number) =>
  zipped(
    ...pages.map(({ url, body }) =>
      record('response', http(body, { 'Content-Type': 'text/html; charset=UTF-8' }), {
        'WARC-Target-URI': url,
        'WARC-Date': instant(at).replace('.000', ''),
      }),
    ),
  )

/** The ways in which the community is read. Each is read at the same time, whatever the order. */
type Step = { name: string; read(one: Desk): Promise<unknown> }
let steps: Step[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  live = await served({ pack: 'legacy', now: NOW }, after)
  const old = await served({ pack: 'legacy', now: THEN, rest: false }, before)
  const group = await pageOf(old, 'groups/beans/')
  const thread = await pageOf(old, 'members/ada/activity/1/')
  const newer = await served({ pack: 'legacy', now: NOW - 86_400, rest: false }, after)
  const newerThread = await pageOf(newer, 'members/ben/activity/2/')
  const files = {
    'saved page': file('page.html', singleFile(group, THEN)),
    mhtml: file('thread.mhtml', mhtml(thread, THEN + 60)),
    warc: file('crawl.warc.gz', warc([group, thread], THEN + 120)),
    'newer saved page': file('newer.html', singleFile(newerThread, NOW - 86_400)),
  }
  const { body: oldFeed } = await pageOf(old, 'groups/beans/feed/')
  const feed = file('feed.xml', oldFeed)
  steps = [
    { name: 'saved feed', read: one => one.imports([feed], { capturedAt: instant(THEN + 180) }) },
    ...Object.entries(files).map(([name, path]) => ({ name, read: (one: Desk) => one.imports([path]) })),
    { name: 'text', read: one => one.imports([file('thread.txt', COPIED)], { capturedAt: instant(THEN) }) },
    { name: 'live by page', read: one => one.run(`${live.url}groups/beans/`, { via: 'page' }) },
    { name: 'live by REST', read: one => one.run(`${live.url}groups/beans/`, { via: 'rest' }) },
  ]
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await Promise.all(servers.map(server => server.close()))
})

/** A permutation that the seed decides. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  const rest = [...items]
  return items.map(() => rest.splice(next(rest.length), 1)[0] as Item)
}

/** What a reader of the archive sees, without the order of rows, and without when a live run looked. */
function contentOf(one: Desk): unknown {
  const strip = (key: string, value: unknown) => (/SeenAt$/.test(key) ? undefined : value)
  const threads = JSON.parse(JSON.stringify(one.threads(), strip)) as { id: string }[]
  return {
    threads: threads.sort((a, b) => a.id.localeCompare(b.id)),
    revisions: one.sql(
      'SELECT site_post_id, revisions.text FROM revisions JOIN posts ON posts.id = post_id ORDER BY 1, 2',
    ),
    members: one.sql('SELECT site_member_id, slug, name, url FROM members ORDER BY slug'),
    groups: one.sql('SELECT site_group_id, slug, name, url, status, description FROM groups ORDER BY slug'),
  }
}

async function archiveIn(order: readonly Step[]): Promise<unknown> {
  const one = desk(undefined, testClock((NOW + 3600) * 1000))
  for (const step of order) await step.read(one)
  return contentOf(one)
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

  it('brings nothing new when it is read again', async () => {
    const one = desk(undefined, testClock((NOW + 3600) * 1000))
    for (const step of steps) await step.read(one)
    const before = contentOf(one)
    const imported = () => one.sql('SELECT count(*) AS n FROM captures WHERE door IS NOT NULL')
    const captures = imported()
    for (const step of shuffled(steps, 7))
      expect(await step.read(one), step.name).toMatchObject({ newPosts: 0, changedPosts: 0 })
    expect(contentOf(one)).toEqual(before)
    expect(imported()).toEqual(captures)
  })
})
