import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ATTACKS } from '../attacks.js'
import { ANNA, keptThread } from '../threads.js'
import { hasChromium, shownByChromium } from './chromium.js'
import { aboutOf, documentOf, siteOf } from './pages.js'

/** Addresses of the attacks, and what their scripts call, as this test sees them. */
const withPort = (text: string, port: number) =>
  text.replaceAll('127.0.0.1:7399', `127.0.0.1:${port}`).replaceAll('H()', "document.title='owned'")

describe.skipIf(!hasChromium)('in Chromium (skipped where it is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-html-'))
  let server: Server
  let port = 0
  const requests: string[] = []

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })

  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function write(name: string, text: string): string {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return pathToFileURL(path).href
  }

  const shown = (url: string): Promise<string> => shownByChromium(url, join(folder, 'profile'), 5000)

  const hostile = () => {
    const words = ATTACKS.map(attack => withPort(attack, port))
    const posts = words.map((html, at) => ({
      ...{ id: `${at + 1}`, parentId: at === 0 ? null : '1', html, text: `${html} 陳美玲 مرحبا Zoë` },
      ...{ author: { ...ANNA, id: html, name: html, url: html }, url: html },
      attachments: [{ kind: 'image' as const, url: html, name: html }],
    }))
    return { ...keptThread({ posts }), title: words[0] ?? '', url: words[0] ?? '' }
  }

  it('the attacks run and request something where nothing holds them back', async () => {
    const attacks = ATTACKS.slice(0, 20).map(attack => withPort(attack, port))
    const page = await shown(write('control.html', `<!DOCTYPE html><title>mine</title>${attacks.join('\n')}`))
    expect(load(page)('title').first().text()).toBe('owned')
    expect(requests.length).toBeGreaterThan(0)
    requests.length = 0
  })

  it('nothing of them runs on our pages, and nothing is requested', async () => {
    const pages = [write('one.html', documentOf([hostile()], aboutOf([hostile()])))]
    for (const [name, text] of siteOf([hostile()])) pages.push(write(`site/${name}`, text))
    for (const url of pages.filter(page => /one\.html|thread-1\.html|site\/index\.html/.test(page))) {
      const page = load(await shown(url))
      expect(page('title').first().text(), url).not.toBe('owned')
      expect(page('main, footer').length, url).toBe(2)
    }
    expect(requests).toEqual([])
  })

  it('the search finds words of any script, from a disk and without a server, and marks them', async () => {
    for (const [name, text] of siteOf([hostile()])) write(`found/${name}`, text)
    const url = pathToFileURL(join(folder, 'found/index.html')).href
    const page = load(await shown(`${url}#q=${encodeURIComponent('"陳美" مرح zoe')}`))
    expect(page('#found').text()).toBe(`${ATTACKS.length} posts; these are the first 50`)
    expect(page('#hits li').length).toBe(50)
    expect(
      page('#hits li')
        .first()
        .find('mark')
        .toArray()
        .map(mark => page(mark).text()),
    ).toContain('陳美')
    expect(page('#hits a').first().attr('href')).toBe('community.example/care/thread-1.html#post-1')
    expect(page('title').first().text()).not.toBe('owned')
    expect(requests).toEqual([])
  })
})
