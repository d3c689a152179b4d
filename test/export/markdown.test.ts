import { load } from 'cheerio/slim'
import fc from 'fast-check'
import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { markdown } from '../../src/export/markdown.js'
import { escapeHtml, hostileHtml, hostileText } from './hostile.js'
import { ANNA, chain, keptThread, rendered } from './threads.js'

const KEYS = 'schema title site group id url author author_id posted_at posted_between replies completeness'.split(' ')

function read(document: string): { front: Record<string, unknown>; root: Root } {
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(document) ?? []
  const root = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return { front: parse(front), root }
}

/** What a reader sees, line breaks being spaces. */
function visible(node: Nodes): string {
  if (node.type === 'break') return ' '
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(visible).join('') : ''
}

const types = (node: Nodes): string[] => [node.type, ...('children' in node ? node.children.flatMap(types) : [])]
const words = (text: string) => text.replace(/\s+/g, ' ').trim()
const letters = (text: string) => text.replace(/[\s\p{C}‹<\uFFFD]/gu, '')

/** Without the marks of subscripts: `₂`, `_x`. */
const onTheLine = (text: string) => text.normalize('NFKC').replaceAll('_', '')

/** An opening post and two replies with this body, and a last reply that must still be one. */
const around = (html: string) =>
  keptThread({
    posts: ['1', '2', '3', '4'].map(id => ({
      ...{ id, parentId: id === '1' ? null : '1', html: id === '4' ? 'end' : html, text: '' },
    })),
  })

function expectOurStructure(root: Root) {
  const tops = root.children.map(child => child.type)
  expect(tops.filter(type => type === 'heading' || type === 'thematicBreak' || type === 'html')).toEqual([
    'heading',
    'heading',
  ])
  expect(types(root).filter(type => type === 'heading')).toHaveLength(2)
  expect(types(root)).not.toContain('html')
  expect(types(root)).not.toContain('thematicBreak')
  const list = root.children.at(-1)
  if (list?.type !== 'list') throw new Error(`${list?.type} where the replies should be`)
  expect(list.children.map(item => words(visible(item.children[0] as Nodes)).slice(0, 9))).toEqual([
    'Anna · #2',
    'Anna · #3',
    'Anna · #4',
  ])
  expect(visible(list.children.at(-1) as Nodes)).toMatch(/UTCend$/)
}

describe('hostile text', () => {
  it('typed into a body is seen as it was typed', () => {
    fc.assert(
      fc.property(hostileText, typed => {
        const html = `<p>${escapeHtml(typed)}</p>`
        const { root } = read(rendered(markdown, around(html)))
        expectOurStructure(root)
        const body = root.children.slice(
          2,
          root.children.findLastIndex(child => child.type === 'heading'),
        )
        const seen = words(body.map(visible).join('')).replace(/^No text\.$/, '')
        const cleaned = typed
          .replace(/\r\n?/g, '\n')
          .replace(/[^\P{Cc}\n\t]/gu, '')
          .replace(/\p{Cs}/gu, '\uFFFD')
        expect(seen).toBe(words(cleaned))
      }),
      { numRuns: 500 },
    )
  })

  it('as title, name and group breaks neither front matter nor structure', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (title, name, group) => {
        const thread = around('<p>Hello</p>')
        const author = { ...ANNA, name }
        const kept = {
          ...thread,
          title,
          author,
          group: { id: null, slug: 'g', name: group, url: 'https://g.example/' },
        }
        kept.posts = [...kept.posts].map(node => ({ ...node, post: { ...node.post, author } }))
        const document = read(rendered(markdown, kept))
        expect(Object.keys(document.front)).toEqual(KEYS)
        expect(letters(String(document.front['title']))).toBe(letters(title))
        expect(document.front).toMatchObject({ id: '1', author_id: '1', replies: 3 })
        expect(letters(String(document.front['author'] ?? ''))).toBe(letters(name))
        expect(document.root.children.slice(0, 5).map(child => child.type)).toEqual([
          'heading',
          'paragraph',
          'paragraph',
          'heading',
          'list',
        ])
        const shown = letters(visible(document.root.children[0] as Nodes))
        expect([letters(title), 'Thread1']).toContain(shown)
        expect(types(document.root)).not.toContain('html')
      }),
      { numRuns: 400 },
    )
  })

  it('as HTML keeps every word and the structure', () => {
    fc.assert(
      fc.property(hostileHtml, html => {
        const { root } = read(rendered(markdown, around(html)))
        expectOurStructure(root)
        const body = root.children.slice(
          2,
          root.children.findLastIndex(child => child.type === 'heading'),
        )
        const dom = load(html, { xml: { xmlMode: false } })
        dom('script, style, form, iframe').remove()
        const shown = letters(body.map(visible).join('')).replace(/^Notext\.$/, '')
        expect(onTheLine(shown)).toBe(onTheLine(letters(dom.text())))
      }),
      // Found by a run of this test: an empty line inside code, in a cell without a table.
      { numRuns: 600, examples: [['<th><code># x<br><br># x']] },
    )
  })
})

describe('links', () => {
  const linkOf = (html: string) => rendered(markdown, around(html)).match(/^.*TEXT.*$/m)?.[0]

  it.each([
    ['javascript:alert(1)', 'TEXT'],
    ['java&#10;script:alert(1)', 'TEXT'],
    [' data:text/html,x', 'TEXT'],
    ['//cdn.example/x', '[TEXT](https://cdn.example/x)'],
    ['https://a.exam&#10;ple/x&#9;y', '[TEXT](https://a.example/xy)'],
    ['/a?b=1&amp;c=2', '[TEXT](https://community.example/a?b=1&c=2)'],
    ['https://a.example/(x) y', '[TEXT](https://a.example/%28x%29%20y)'],
    ['mailto:a@b.example', '[TEXT](mailto:a@b.example)'],
  ])('%s', (href, expected) => expect(linkOf(`<p><a href="${href}">TEXT</a></p>`)).toBe(expected))

  it('makes emoji images their characters', () =>
    expect(linkOf('<p>TEXT <img class="wp-smiley emoji" alt="🌱" src="https://s.w.org/x.svg"></p>')).toBe('TEXT 🌱'))
})

describe('nesting', () => {
  it('says whom each reply answers at depth 30, and indents eight levels', () => {
    const document = rendered(markdown, chain(31))
    for (let reply = 2; reply <= 31; reply++)
      expect(document).toContain(`Anna** · #${reply} · in reply to Anna (#${reply - 1})`)
    expect(document.match(/^ *- \*\*/gm)).toHaveLength(8)
    expect(document.match(/^ {14}- ↳ /gm)).toHaveLength(22)
    expect(types(read(document).root).filter(type => type === 'list')).toHaveLength(8)
  })

  it('keeps every character of a text of megabytes', () => {
    const words = `x${'a 🐝 '.repeat(500_000)}`.trim()
    expect(rendered(markdown, keptThread({ posts: [{ html: `<p>${words}</p>`, text: '' }] }))).toContain(
      `\n\n${words}\n`,
    )
  })

  it.each([
    ['items of lists in each other', '<ul><li>x'],
    ['terms in each other', '<dl><dd>x'],
    ['elements that are closed wrongly', '<b>x</i>'],
    ['paragraphs beside each other', '<p>x</p>'],
  ])('keeps the words of 300,000 %s', (_what, tags) => {
    const html = `A &amp; B${tags.repeat(300_000)}<script>alert(1)</script><meta>INNER`
    const text = rendered(markdown, around(html))
    expect(text).toMatch(/A & B\s+x x[\s\S]*x\s+INNER/)
    expect(text).not.toContain('alert')
  })

  it('renders a chain of 5,000 and markup of 20,000 levels', () => {
    expect(rendered(markdown, chain(5000))).toContain('#5000 · in reply to Anna (#4999)')
    const deep = `${'<div><em><blockquote>'.repeat(20_000)}INNER`
    expect(rendered(markdown, around(deep))).toContain('INNER')
  })

  it('survives cells that claim a billion columns', () => {
    const cell = '<table><tr><td colspan="1000000000" rowspan="1000000000">CELL</td></tr></table>'
    expect(rendered(markdown, around(cell)).length).toBeLessThan(5000)
  })
})
