import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportTo } from '../../src/index.js'
import type { Page } from '../../src/model/page.js'
import { parse, unreadPage } from '../../src/parse/index.js'
import { OtherPages } from '../../src/run/import/other-pages.js'
import { town } from '../community/town.js'
import { http, record, zipped } from '../sources/files/warc/making.js'
import { desk, newFile } from './outside.js'

/** Pages of a crawl that hold no discussions. */

const LOGIN = `<!DOCTYPE html><html><head><title>Log In</title></head><body class="login">
<form name="loginform" id="loginform" action="https://town.example/wp-login.php" method="post">
<input type="text" name="log" id="user_login"><input type="password" name="pwd" id="user_pass"></form></body></html>`

const page = (url: string, at: string, body = LOGIN) =>
  record('response', http(body), { 'WARC-Target-URI': url, 'WARC-Date': at })

function crawl(...records: Buffer[]): string {
  const path = join(dirname(newFile()), 'crawl.warc.gz')
  writeFileSync(path, zipped(...records))
  return path
}

describe('pages of a crawl that hold no discussions', () => {
  it('are counted; of closed groups each address is named once', async () => {
    const path = crawl(
      page('https://town.example/groups/bakers/', '2024-03-01T12:00:00Z'),
      page('https://town.example/groups/bakers/', '2024-03-02T12:00:00Z'),
      page('https://town.example/groups/smiths/', '2024-03-02T12:00:00Z'),
      page('https://town.example/wp-login.php', '2024-03-02T12:00:00Z'),
      page(
        'https://elsewhere.example/',
        '2024-03-02T12:00:00Z',
        '<!DOCTYPE html><html><body><h1>Hats</h1></body></html>',
      ),
    )
    const one = desk()
    const report = await one.imports([path])
    const [target] = report.targets
    expect(target?.imported).toMatchObject({ captures: 5, others: 5 })
    expect(target?.problems.map(({ url, exitCode }) => [url, exitCode])).toEqual([
      ['https://town.example/groups/bakers/', 5],
      ['https://town.example/groups/smiths/', 5],
    ])
    expect(report.exitCode).toBe(5)
    expect(one.sql('SELECT count(*) AS n FROM captures')).toEqual([{ n: 0 }])
  })
})

describe('a page that holds only a loader', () => {
  it('misses nothing where its posts came by AJAX in the same crawl', async () => {
    const { server } = await town({ pack: 'nouveau' })
    const live = desk()
    await live.run(`${server.url}groups/`)
    const path = join(dirname(newFile()), 'left.warc.gz')
    await exportTo(path, { db: live.file, format: 'warc' })
    const report = await desk().imports([path])
    // Of the directory, the groups and an empty group; the posts of a private group are nowhere.
    expect(report.targets[0]?.problems.map(({ url }) => url)).toEqual([`${server.url}groups/committee-corner/`])
  })

  it('is named where they did not', async () => {
    const { server, get } = await town({ pack: 'nouveau' })
    const group = `${server.url}groups/mend-and-make/`
    const { body } = await get('groups/mend-and-make/')
    const report = await desk().imports([crawl(page(group, '2026-06-01T12:00:00Z', body))])
    expect(report.targets[0]?.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('holds only a loader'),
    ])
    expect(report.exitCode).toBe(3)
  })
})

describe('a text of which nothing was read', () => {
  const url = 'http://unknown.invalid/text/1'
  const imported = { door: 'text', origin: 'thread.txt' }
  const at = '2024-03-01T12:00:00Z'
  const capture = {
    request: { url },
    url,
    status: 200,
    headers: {},
    body: Buffer.from('Beans.'),
    capturedAt: at,
    imported,
  }

  function problemOf(page: Page) {
    const others = new OtherPages()
    others.add({ capture, page, task: { kind: 'target', reason: 'named', request: { url } } })
    return others.problems()[0]
  }

  it('has no thread', () => {
    expect(problemOf(parse(capture))?.message).toBe('thread.txt is a text without a thread in it.')
  })

  it('or took too long, which says so, and what to do', () => {
    const page = unreadPage(capture, 'content that takes longer than 60 seconds to read')
    expect(problemOf(page)).toMatchObject({
      message: 'thread.txt was not read: it is content that takes longer than 60 seconds to read.',
      advice: 'Cut the text between two threads into smaller files, and import these.',
      exitCode: 5,
    })
  })
})
