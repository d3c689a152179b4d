import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'cheerio'
import { expect, it } from 'vitest'
import { searchPage } from '../../../src/export/live/search-page.js'
import { exactly } from '../../../src/model/time.js'
import { readerOf } from '../../cli/fake-reader.js'
import { kept, PNG } from '../pictures.js'
import { ANNA, keptThread } from '../threads.js'
import { hasChromium, shownByChromium } from './chromium.js'
import { aboutOf, documentOf, siteOf } from './pages.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'))

const reply = (id: string, parentId: string, more = {}) => ({ id, parentId, type: 'activity_comment', ...more })

/** A thread with all that a page can show. */
const THREAD = keptThread({
  posts: [
    {
      id: '1',
      edited: true,
      html: '<p>Who <code>grows</code> <a href="https://a.example/">it</a>?</p><img src="/a.png" alt="A gate">',
    },
    reply('2', '1', { status: 'gone', goneAt: '2026-11-02T00:00:00Z' }),
    reply('3', '2', { author: { ...ANNA, id: '2', name: 'فاطمة الزهراء' }, html: '<p>السلام عليكم</p>' }),
    reply('4', '3', { html: '<blockquote>a</blockquote><ul><li>b</li></ul><pre>c</pre>', truncated: true }),
    reply('5', '4', { revisions: 1, html: '<table><tr><th>Day</th></tr><tr><td>Mon</td></tr></table>' }),
    reply('6', '5', {
      attachments: ['a.png', 'b.pdf'].map(name => ({ kind: 'image', name, url: `https://x.example/${name}` })),
    }),
    reply('7', '3', { html: `<p>${'W'.repeat(300)}</p>` }),
  ],
})
const OTHER = keptThread({
  thread: { id: '9', title: 'Beans' },
  posts: [{ id: '9', heading: 'Beans', when: exactly('2025-05-01T00:00:00Z') }],
})
const VERSION = { since: '2026-11-01T00:00:00Z', author: ANNA, heading: null, html: '<p>Earlier</p>', text: 'Earlier' }

function pages(): Map<string, string> {
  const threads = [OTHER, THREAD]
  const media = (url: string) => (url.endsWith('a.png') ? kept(PNG, { path: '/a.png' }) : null)
  const about = { ...aboutOf(threads, { status: 'live' }, { 5: [VERSION as never] }), media }
  const hit = {
    site: THREAD.site,
    id: '3',
    url: '',
    thread: THREAD,
    group: THREAD.group,
    author: ANNA,
    when: exactly('2026-10-28T12:00:00Z'),
  }
  const hits = [
    {
      ...hit,
      status: 'gone',
      snippet: [
        { text: 'Who ', match: false },
        { text: 'grows', match: true },
      ],
    },
  ] as never
  const search = () => ({ hits, total: 1, perPage: 50 })
  const request = { words: 'grows', page: 1, telling: { timezone: null }, link: () => 'x.html' }
  return new Map([
    ...siteOf(threads, about),
    ['search.html', [...searchPage(request, { reader: readerOf(threads), state: '', search })].join('')],
    ['one.html', documentOf(threads, about)],
    // Without this, a check that finds nothing might be one that does not run.
    [
      'control.html',
      '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="x"><a class="skip" href="#x">x</a><img src="/a.png">',
    ],
  ])
}

const SHOWN = [
  'index.html',
  'community.example/care/2026-10.html',
  'community.example/care/thread-1.html',
  'search.html',
  'one.html',
  'control.html',
]

/** Each page in a frame of a width, light or dark: what axe finds, and whether it scrolls sideways. */
const RUNNER = `<!DOCTYPE html><title>runner</title><body><script>
(async () => {
  const found = []
  for (const page of ${JSON.stringify(SHOWN)}) for (const [width, mode] of [[360, 'light'], [1280, 'dark']]) {
    const frame = document.createElement('iframe')
    frame.width = width; frame.height = 800; frame.src = '/' + mode + '/' + page
    await new Promise(resolve => { frame.onload = resolve; document.body.append(frame) })
    const { document: inner, axe } = frame.contentWindow
    const { violations } = await axe.run(inner, { resultTypes: ['violations'] })
    for (const { id, nodes } of violations) found.push([page, width, mode, id, nodes[0].html, nodes[0].failureSummary])
    const root = inner.documentElement
    if (root.scrollWidth > root.clientWidth) found.push([page, width, 'scrolls sideways'])
    const stops = [...inner.querySelectorAll('a[href], button, input, summary, [tabindex]')]
    if (stops[0].className !== 'skip' || stops.some(({ tabIndex }) => tabIndex > 0)) found.push([page, 'keyboard'])
    frame.remove()
  }
  document.body.textContent = JSON.stringify(found)
  document.title = 'done'
})().catch(error => { document.body.textContent = JSON.stringify([String(error)]); document.title = 'done' })
</script>`

/** The page with axe in place of its policy, and dark for everybody where that is wanted. */
const prepared = (text: string, isDark: boolean): string =>
  (isDark ? text.replace('(prefers-color-scheme: dark)', 'all') : text).replace(
    /<meta http-equiv="Content-Security-Policy"[^>]*>/,
    '<script src="/axe.js"></script>',
  )

it.skipIf(!hasChromium)(
  'axe finds nothing on any kind of page, light or dark, and none scrolls sideways (needs Chromium)',
  async () => {
    const site = pages()
    const server = createServer(({ url = '' }, response) => {
      const [, mode, name = ''] = /^\/(light|dark)\/([^?]*)/.exec(url) ?? []
      const text = site.get(name)
      if (url === '/a.png') response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
      else if (url === '/axe.js') response.end(AXE)
      else if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(RUNNER)
      else if (text === undefined) response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': typeOf(name) }).end(prepared(text, mode === 'dark'))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const profile = mkdtempSync(join(tmpdir(), 'threadkeep-axe-'))
    try {
      const dom = await shownByChromium(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, profile, 60_000)
      const found = JSON.parse(load(dom)('body').text()) as string[][]
      expect(found.filter(([page]) => page === 'control.html').map(([, , , rule]) => rule)).toContain('image-alt')
      expect(found.filter(([page]) => page !== 'control.html')).toEqual([])
    } finally {
      server.close()
      rmSync(profile, { recursive: true, force: true })
    }
  },
)

const typeOf = (name: string): string =>
  name.endsWith('.css') ? 'text/css' : name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
