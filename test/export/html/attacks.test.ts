import { load } from 'cheerio'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredPost, StoredThread } from '../../../src/model/archive.js'
import { ATTACKS } from '../attacks.js'
import { escapeHtml, hostileHtml, hostileText } from '../hostile.js'
import { ANNA, keptThread } from '../threads.js'
import { aboutOf, checkPage, checkSite, documentOf, siteOf } from './pages.js'

/** Each attack as markup, as what a member typed, as text without HTML, and as the address and words of a link and a picture. */
const bodies = (words: string): Partial<StoredPost>[] => {
  const quoted = escapeHtml(words).replaceAll('"', '&quot;')
  return [
    { html: words },
    { html: `<p>${escapeHtml(words)}</p>` },
    { html: '', text: words },
    { html: `<p><a href="${quoted}">${quoted}</a> <img src="${quoted}" alt="${quoted}"></p><pre>${quoted}</pre>` },
  ]
}

const threadOf = (posts: Partial<StoredPost>[]): StoredThread =>
  keptThread({
    posts: posts.map((post, at) => ({ ...post, id: `${at + 1}`, parentId: at === 0 ? null : `${1 + (at >> 1)}` })),
  })

const inBodies = threadOf(ATTACKS.flatMap(bodies))
const inNames = threadOf(
  ATTACKS.map(name => ({
    ...{ author: { ...ANNA, id: name, name, slug: null, url: name }, url: name, heading: name },
    attachments: [{ kind: 'image' as const, name, url: name }],
  })),
)
const inTitles = ATTACKS.map((words, at) => ({
  ...keptThread({ posts: [{ id: words, heading: at % 2 === 0 ? words : null }] }),
  ...{ id: words, title: words, url: words },
  group: { id: words, slug: at % 5 === 0 ? words : 'care', name: words, url: at % 3 === 0 ? words : `${at % 7}` },
}))

const about = aboutOf([], { status: 'all' })

describe('attacks', () => {
  it('as bodies leave pages that are sound', () => checkSite(siteOf([inBodies], about)))

  it('as names, addresses, headings and files do, too', () => checkSite(siteOf([inNames], about)))

  it('as titles, groups and ids do, too', () => checkSite(siteOf(inTitles, about)))

  it('in one document do, too', () => {
    for (const threads of [[inBodies], [inNames], inTitles]) {
      const text = documentOf(threads, aboutOf(threads))
      checkPage('one.html', text, new Map([['one.html', text]]))
    }
  })

  it('as earlier versions do, too', () => {
    const since = '2026-11-23T08:00:00Z'
    const versions = ATTACKS.map(html => ({ ...{ heading: html, html, text: '', since, until: since }, author: ANNA }))
    checkSite(siteOf([threadOf([{ revisions: 1 }])], aboutOf([], {}, { 1: versions })))
  })

  it('in the files of the search are data: they call one function and nothing else', () => {
    for (const [name, text] of [...siteOf([inBodies, ...inTitles], about)].filter(([name]) => /search-/.test(name))) {
      const calls: unknown[] = []
      new Function('threadkeepSearch', 'H', text)(
        (rows: unknown) => calls.push(rows),
        () => calls.push('ran'),
      )
      expect(calls, name).toEqual([expect.any(Array)])
      expect(text, name).not.toMatch(/<|[\u2028\u2029]/)
    }
  })
})

/** Names and classes of all elements but those of bodies: what a post must not change. */
function skeleton(text: string): string {
  const page = load(text)
  page('.body, .old, title, meta, h1, .kicker, bdi').empty().removeAttr('content')
  page('.none').remove()
  page('.body').removeAttr('class')
  return page('*')
    .toArray()
    .map(one => `${one.type === 'text' ? '' : (one as { name?: string }).name} ${page(one).attr('class') ?? ''}`)
    .join('\n')
}

describe('whatever a member writes', () => {
  const withBody = (html: string) =>
    documentOf([
      keptThread({
        posts: [
          { html, text: 'x' },
          { id: '2', parentId: '1' },
        ],
      }),
    ])
  const plain = skeleton(withBody('<p>x</p>'))

  it('stays in its place: the page around it is the same', () => {
    const inPlace = (html: string) => {
      const text = withBody(html)
      // Without any words a note is in the place of the body.
      if (!text.includes('No text.')) expect(skeleton(text)).toBe(plain)
    }
    fc.assert(fc.property(hostileHtml, inPlace))
  })

  it('stays there also if it is one of the attacks', () => {
    const shown = (bodies: string[]) => skeleton(documentOf([threadOf(bodies.map(html => ({ html, text: '' })))]))
    const visible = ATTACKS.filter(html => !documentOf([threadOf([{ html, text: '' }])]).includes('No text.'))
    expect(visible.length).toBeGreaterThan(150)
    expect(shown(visible)).toBe(shown(visible.map(() => 'x')))
  })

  it('is read by a browser as it was written: parsing it again changes nothing', () => {
    // Browsers leave out a line feed behind `<pre>`, each time that they read one.
    const body = (text: string) =>
      load(text)('#post-1 .body')
        .html()
        ?.replace(/(<pre[^>]*>)\n+/g, '$1') ?? ''
    fc.assert(
      fc.property(hostileHtml, html => {
        const once = body(withBody(html))
        expect(load(`<div>${once}</div>`)('body > div').html()).toBe(once)
      }),
      { numRuns: 150 },
    )
  })

  it('as text is shown letter by letter', () => {
    fc.assert(
      fc.property(hostileText, words => {
        const thread = keptThread({ posts: [{ html: '', text: words, author: { ...ANNA, name: words } }] })
        const page = load(documentOf([thread]))
        // Halves of letters and code points that are no characters are shown as U+FFFD.
        const shownAs = words.replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\uFFFD')
        const letters = (text: string) => text.replace(/[\p{Cc}\s]/gu, '')
        expect(letters(page('.body').text())).toBe(letters(shownAs))
      }),
      { examples: [['\u{6fffe}'], ['\ud83d']] },
    )
  })
})
