import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.js'
import { CASES } from './cases.js'
import { type ExpectedPost, forest, grown } from './forest.js'
import { captureOf, GROUP_URL, item, pageOf, parseItems, reply } from './markup.js'
import { nodeReads } from './node-reads.js'

const NOUVEAU = { attributes: 'data-bp-activity-id="1" data-bp-timestamp="1700000000"' }

const read = (html: string): ExpectedPost[] =>
  parseItems(html).posts.map(({ id, parentId, html }) => ({ id, parentId: parentId ?? null, html }))

describe('any forest of posts', () => {
  it('has the same ids, parents, order and bodies in the markup of the Legacy pack', () => {
    fc.assert(
      fc.property(forest, roots => {
        const { html, expected } = grown(roots, item, reply)
        expect(read(html)).toEqual(expected)
      }),
    )
  })

  it('and in that of the Nouveau pack, with the wrong ids of BuddyPress 10', () => {
    fc.assert(
      fc.property(forest, roots => {
        const wrong = (id: number, parts: { body: string; replies: string }) => reply(id, { ...parts, ...NOUVEAU })
        const { html, expected } = grown(roots, (id, parts) => item(id, { ...parts, ...NOUVEAU }), wrong)
        expect(read(html)).toEqual(expected)
      }),
    )
  })

  it('counts each thread whole, and has a text for each post', () => {
    fc.assert(
      fc.property(forest, roots => {
        const { html, expected } = grown(roots, item, reply)
        const page = parseItems(html)
        expect(page.threads.reduce((sum, thread) => sum + thread.shown, 0)).toBe(expected.length)
        expect(page.threads.every(thread => thread.whole)).toBe(true)
        expect(page.posts.every(({ text }) => /^a\n/.test(text) && /\nb$/.test(text))).toBe(true)
        expect(page.more).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

describe('depth', () => {
  const DEPTH = 20_000
  const chain = (depth: number): string => {
    const open = (id: number) => `<li id="acomment-${id}"><div class="acomment-content"><p>${id}</p></div><ul>`
    const replies = Array.from({ length: depth }, (_, index) => open(index + 2)).join('')
    return item(1, { replies: replies + '</ul></li>'.repeat(depth) })
  }

  /** How much more work it is to parse markup that is twice as deep: 2 if the work is linear, 4 if it is quadratic. */
  const growth = (markup: (depth: number) => string): number => {
    const work = (depth: number) => nodeReads(() => parse(captureOf(markup(depth))))
    return work(800) / work(400)
  }

  it('20,000 levels of replies are read, each below the previous one', () => {
    const { posts } = parseItems(chain(DEPTH))
    expect(posts.length).toBe(DEPTH + 1)
    expect(posts.every((post, at) => post.parentId === (at === 0 ? null : String(at)))).toBe(true)
  })

  it('replies take work in proportion to their number', () => {
    expect(growth(depth => pageOf(chain(depth)))).toBeLessThan(2.2)
  })

  describe.each([
    'div',
    'span class="activity-header"',
    'span class="activity-read-more" data-livestamp="x"',
    'ul id="groups-list"',
    'div id="item-body"',
    'div class="bp-feedback loading info"',
    'a href="#"',
    'a class="link-preview" href="#"',
    'video',
  ])('elements left open: %s', tag => {
    const inMedia = (tags: string) => ({
      attributes: 'data-bp-activity="{}"',
      body: `<div class="bb-activity-media-wrap">${tags}`,
    })
    it.each<[string, (tags: string) => string]>([
      ['in a page', tags => `<body class="groups single-item">${tags}`],
      ['in a body', tags => pageOf(item(1, { body: tags }))],
      ['in a header', tags => pageOf(item(1, { header: tags }))],
      ['among media', tags => pageOf(item(1, inMedia(tags)))],
    ])('%s take work in proportion to their number, and no recursion', (_, markup) => {
      const nested = (depth: number) => markup(`<${tag}>`.repeat(depth))
      expect(growth(nested)).toBeLessThan(2.2)
      expect(parse(captureOf(nested(DEPTH))).url).toBe(GROUP_URL)
    })
  })

  it('20,000 media, each in the wrapper before it, are read once', () => {
    const media = (id: number) =>
      `<div class="bb-activity-media-wrap"><a class="open-media-theatre" data-attachment-full="/${id}.png"></a>`
    const body = `</div>${Array.from({ length: 20_000 }, (_, id) => media(id)).join('')}`
    const { posts } = parseItems(item(1, { attributes: 'data-bp-activity="{}"', body }))
    expect(posts[0]?.attachments.length).toBe(20_000)
  })

  it('200,000 elements beside each other in a header are read', () => {
    const header = `${'<b></b>'.repeat(200_000)}<a href="/members/bob/">Bob</a>`
    expect(parseItems(item(1, { header })).posts[0]?.author?.slug).toBe('bob')
  })
})

describe('whatever comes', () => {
  it('is read without an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), text => Boolean(parse(captureOf(text)))))
    const bytes = fc.uint8Array({ maxLength: 2000 })
    fc.assert(fc.property(bytes, body => Boolean(parse({ ...captureOf(''), body }))))
  })

  it('is read without an error as an answer to a call, too', () => {
    const request = { url: 'https://town.example/wp-admin/admin-ajax.php', form: { action: 'activity_filter' } }
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map(json => `{"data":{"contents":${json}}}`),
    )
    fc.assert(fc.property(anything, text => Boolean(parse({ ...captureOf(text), request }))))
  })

  it('is read without an error where a fixture lost, doubled or swapped a piece', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    const change = fc.tuple(
      fc.constantFrom(...CASES),
      place,
      place,
      fc.constantFrom('', '<', '"', '</li>', '</div>', '<li id="acomment-1">'),
    )
    fc.assert(
      fc.property(change, ([{ capture }, from, to, piece]) => {
        const at = (part: number) => Math.floor(part * capture.body.length)
        const pieces = [
          capture.body.subarray(0, at(from)),
          new TextEncoder().encode(piece),
          capture.body.subarray(at(to)),
        ]
        const page = parse({ ...capture, status: 200, body: new Uint8Array(Buffer.concat(pieces)) })
        expect(
          page.posts.every(post => /^(?:(?:bbp:)?\d+|x[0-9a-z]+)$/.test(post.id) && post.parentId !== post.id),
        ).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
