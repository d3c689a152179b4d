import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportTo } from '../../../src/index.js'
import {
  fetched,
  instant,
  leftContent,
  mhtml,
  type SavedPage,
  type Step,
  shuffled,
  singleFile,
  warc,
} from '../left-behind.js'
import { type Desk, desk, testClock } from '../outside.js'
import { webArchive } from '../web-archive.js'
import { beeForum, type Topic, topicOf } from './bee-forum.js'

/** Topics of a forum, whatever is read of them first: one archive, the same export each time. */

const ORDERS = Number(process.env['ORDERS'] ?? 3)
const THEN = Date.UTC(2024, 5, 1, 12) / 1000
const NOW = Date.UTC(2025, 5, 1, 12) / 1000

const nested: Topic = {
  slug: 'swarms',
  title: 'About swarms',
  posts: [
    { id: 30, text: 'They left at noon', at: 30 },
    { id: 31, text: 'Look in the old ash', at: 31 },
    { id: 33, text: 'It was the ash', at: 33, parent: 31 },
  ],
}

/** Before: two topics. After: a topic has two more replies, one below another, and its opening post was edited. */
const before = [topicOf('hives', 10, 5), nested]
const after = before.map(topic =>
  topic !== nested
    ? topic
    : {
        ...topic,
        posts: [
          { id: 30, text: 'They left at noon, and came back', at: 30 },
          ...nested.posts.slice(1),
          { id: 34, text: 'And again', at: 400, parent: 33 },
          { id: 35, text: 'Thanks to all', at: 401 },
        ],
      },
)

let folder = ''
let group = ''
let steps: Step[] = []

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const stamp = (at: number) => instant(at).replace(/\D/g, '').slice(0, 14)

describe.each([true, false])('the topics of a forum, threaded: %s', threaded => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
    const { forum, ...site } = await beeForum({ topics: before, threaded }, afterAll)
    group = site.group
    const get = (path: string): Promise<SavedPage> => fetched(`${group}forum/${path}`)
    const pages = await Promise.all(['', 'topic/hives/', 'topic/hives/?paged=2', 'topic/swarms/'].map(get))
    const topic = pages[3] as SavedPage
    const other = desk(undefined, testClock((THEN + 300) * 1000))
    await other.run(group)
    const wacz = join(folder, 'forum.wacz')
    await exportTo(wacz, { db: other.file, format: 'wacz' })
    const held = pages.map(page => ({ timestamp: stamp(THEN + 400), ...page }))
    const { api } = await webArchive(held)
    forum.topics = after
    const newer = await get('topic/swarms/')
    const files = {
      page: file('page.html', singleFile(topic, THEN)),
      mhtml: file('topic.mhtml', mhtml(topic, THEN + 60)),
      warc: file('forum.warc.gz', warc(pages, THEN + 120)),
      wacz,
      'newer page': file('newer.html', singleFile(newer, NOW - 86_400)),
    }
    steps = [
      ...Object.entries(files).map(([name, path]) => ({ name, read: (one: Desk) => one.imports([path]) })),
      { name: 'web archive', read: one => one.wayback({ targets: [group], api, newestOnly: false }) },
      { name: 'live', read: one => one.run(group) },
    ]
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function archiveIn(order: readonly Step[]): Promise<unknown> {
    const one = desk(undefined, testClock((NOW + 3600) * 1000))
    for (const step of order) await step.read(one)
    return leftContent(one)
  }

  it('have something of each kind', async () => {
    for (const { name, read } of steps) {
      const report = await read(desk(undefined, testClock((NOW + 3600) * 1000)))
      expect(report, name).toMatchObject({ exitCode: 0, newPosts: expect.any(Number) })
      expect((report as { newPosts: number }).newPosts, name).toBeGreaterThan(0)
    }
  })

  it('are one archive in each order', async () => {
    const whole = await archiveIn(steps)
    for (let seed = 1; seed <= ORDERS; seed++) {
      const order = shuffled(steps, seed)
      expect(await archiveIn(order), order.map(({ name }) => name).join(', ')).toEqual(whole)
    }
  }, 600_000)

  it('are one archive of some of it, in two orders', async () => {
    for (let seed = 1; seed <= ORDERS; seed++) {
      const some = shuffled(steps, seed).slice(0, 2 + (seed % 3))
      const [one, other] = [await archiveIn(some), await archiveIn(shuffled(some, seed + 1))]
      expect(other, some.map(({ name }) => name).join(', ')).toEqual(one)
    }
  }, 600_000)
})
