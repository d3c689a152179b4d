import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { http, page, record, SITE, zipped } from '../sources/files/warc/making.js'
import { desk, newFile } from './outside.js'

/** What the report of an import says about what it brought. */

function given(name: string, content: string | Buffer): string {
  const path = join(dirname(newFile()), name)
  writeFileSync(path, content)
  return path
}

const WORDS = 'The lower gate is closed until the swallows have left, so please come in by the yard.'
const COPIED = `Ada Brook posted an update in the group Ferry and Mill 2 months ago\n\n${WORDS}\n`

describe('the report of an import', () => {
  it('counts posts of which more is known than before, once', async () => {
    const one = desk()
    const path = given('thread.txt', COPIED)
    expect(await one.imports([path])).toMatchObject({ newPosts: 1, improvedPosts: 0 })
    const capturedAt = '2024-03-01T12:00:00Z'
    expect(await one.imports([path], { capturedAt })).toMatchObject({ newPosts: 0, improvedPosts: 1 })
    expect(await one.imports([path], { capturedAt })).toMatchObject({ newPosts: 0, improvedPosts: 0 })
  })

  it('counts records without pages by their kind', async () => {
    const answer = (type: string, url: string, firstLine?: string) =>
      record('response', http('x', { 'Content-Type': type }, firstLine), { 'WARC-Target-URI': `${SITE}/${url}` })
    const path = given(
      'crawl.warc.gz',
      zipped(
        record('warcinfo', 'software: some crawler'),
        record('request', http('', {}, 'GET / HTTP/1.1'), { 'WARC-Target-URI': `${SITE}/` }),
        answer('image/png', 'a.png'),
        answer('image/svg+xml', 'b.svg'),
        answer('application/javascript', 'c.js'),
        answer('text/css', 'd.css'),
        answer('text/html', 'e', 'HTTP/1.1 301 Moved Permanently'),
        answer('application/json', 'wp-json/oembed/1.0/embed'),
        record('resource', '{}', { 'WARC-Target-URI': `urn:pageinfo:${SITE}/`, 'Content-Type': 'application/json' }),
        record('response', http(page('hats')), { 'WARC-Target-URI': `${SITE}/hats/` }),
      ),
    )
    const [target] = (await desk().imports([path])).targets
    expect(target?.imported).toMatchObject({
      ...{ captures: 1, others: 1 },
      passed: { picture: 2, script: 1, style: 1, redirect: 1, data: 1, crawl: 3 },
    })
    expect(target?.notes.map(({ message }) => message)).toContainEqual(expect.stringContaining('pictures (2)'))
  })

  it('describes groups as they are when the posts of texts have their rows', async () => {
    const { server } = await town(
      { pack: 'legacy', now: Date.UTC(2024, 2, 1, 12) / 1000 },
      communityOf({
        groups: [{ slug: 'ferry', name: 'Ferry and Mill' }],
        members: [{ id: 2, slug: 'ada', name: 'Ada Brook' }],
        posts: [{ id: 11, memberId: 2, html: `<p>${WORDS}</p>\n`, date: '2024-01-01T12:00:00Z' }],
      }),
    )
    const one = desk()
    await one.run(`${server.url}groups/ferry/`)
    const report = await one.imports([given('thread.txt', COPIED)], { capturedAt: '2024-03-01T12:00:00Z' })
    expect(report).toMatchObject({ newPosts: 0, exitCode: 0 })
    expect(report.targets[0]?.groups).toMatchObject([{ url: `${server.url}groups/ferry/`, threads: 1, posts: 1 }])
  })
})
