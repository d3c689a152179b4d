import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { type DemoServer, PACKS, type RecordedResponse, serveDemo } from '../../src/demo/replay.js'
import type { PostNode } from '../../src/model/archive.js'
import { shippedText } from '../../src/node/shipped.js'
import { DEMO, postHtml, viewOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, outcome } from '../run/outside.js'

const FOLDER = new URL('../../fixtures/demo/', import.meta.url)
const indexOf = (pack: string): RecordedResponse[] => JSON.parse(readFileSync(new URL(`${pack}.json`, FOLDER), 'utf8'))

const open: DemoServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})

const portless = (text: string): string => text.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
const headersOf = (headers: Headers) => [...headers].filter(([name]) => /^(date|content-type|location|x-)/.test(name))

async function replay(pack: (typeof PACKS)[number]): Promise<string> {
  const server = await serveDemo(pack, shippedText)
  open.push(server)
  return server.url
}

it('the recording has no file without a request', () => {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const named = PACKS.flatMap(pack => [`${pack}.json`, ...indexOf(pack).map(answer => answer.body)])
  expect(files).toHaveLength(new Set(named).size)
})

describe.each(PACKS)('the replayed community (%s)', pack => {
  it('answers as the simulated one, byte by byte', async () => {
    const [url, { get }] = [await replay(pack), await town({ pack, rest: true })]
    const paths = indexOf(pack).flatMap(({ request }) => /^GET (.*)/.exec(request)?.slice(1) ?? [])
    expect(paths.length).toBeGreaterThan(9)
    for (const path of paths) {
      const [here, there] = [await fetch(new URL(path, url)), await get(path)]
      expect(here.status, path).toBe(there.status)
      expect(headersOf(here.headers), path).toEqual(headersOf(there.headers))
      expect(portless(await here.text()), path).toBe(portless(there.body))
    }
  })

  it('answers what was not recorded with the page that a site has for it', async () => {
    const url = await replay(pack)
    const answer = await fetch(`${url}members/nobody/`)
    const body = await answer.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
    expect(body).toContain(`bp-${pack} error404`)
    expect(body).toContain(`href="${url}"`)
    expect((await fetch(url, { method: 'POST', body: 'action=nothing' })).status).toBe(404)
  })

  it('makes the expected archive: each open post below its parent, whole', async () => {
    const url = await replay(pack)
    const one = desk()
    const report = await one.run(url)
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done', target: { route: 'rest' } })
    expect(report).toMatchObject({ newPosts: 116, requests: indexOf(pack).length - 1 })
    expect(one.groups().map(group => [group.slug, group.access, group.completeness])).toMatchObject([
      ['fox-hollow-gardeners', 'open', { state: 'complete', held: 95, claimed: 95 }],
      ['mend-and-make', 'open', { state: 'complete', held: 21, claimed: 21 }],
      ['committee-corner', 'members', { state: 'unknown' }],
      ['swap-shelf', 'open', { state: 'complete', held: 0, claimed: 0 }],
    ])
    expect(one.threads().map(thread => thread.completeness.state)).toEqual(Array(44).fill('complete'))
    const rows = one.threads().flatMap(thread => thread.posts.map(rowOf))
    expect(rows.sort(byId)).toEqual(expectedRows(url))
  })
})

interface Row {
  id: string
  parent: string | null
  author: string
  at: string | null
  html: string
}
const byId = (a: Row, b: Row): number => Number(a.id) - Number(b.id)

const rowOf = ({ post }: PostNode): Row => ({
  ...{ id: post.id, parent: post.parentId, author: post.author?.name ?? '' },
  ...{ at: post.when.from, html: post.html.trim() },
})

/** All that a visitor of the community may read, as its story tells it. */
function expectedRows(url: string): Row[] {
  const view = viewOf(DEMO)
  return DEMO.posts
    .filter(post => view.isPublic(post))
    .map(post => ({
      id: String(post.id),
      parent: post.parentId === null ? null : String(post.parentId),
      author: view.member(post.memberId)?.name ?? '',
      at: post.date,
      html: postHtml(post, url).trim(),
    }))
}
