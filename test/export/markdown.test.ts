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

const KEYS = 'title group opened last_post as_of participants posts completeness source lang generator'.split(' ')

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
const withoutDirections = (text: string) => words(text.replace(/[\u200F\u202A-\u202E\u2066-\u2069]/g, ''))
const words = (text: string) => text.replace(/\s+/g, ' ').trim()
const letters = (text: string) => text.replace(/[\s\p{C}\uFFFD]/gu, '')

/** Without the marks of subscripts: `₂`, `_x`. */
const onTheLine = (text: string) => text.normalize('NFKC').replaceAll('_', '')

/** An opening post and two replies with this body, and a last reply that must still be one. */
const around = (html: string) =>
  keptThread({
    posts: ['1', '2', '3', '4'].map(id => ({
      ...{ id, parentId: id === '1' ? null : '1', html: id === '4' ? 'end' : html, text: '' },
    })),
  })

/** The blocks of the opening post's body: after the status line and its rule, and before the replies. */
const openingBody = (root: Root) =>
  root.children.slice(
    2,
    root.children.findLastIndex(child => child.type === 'list'),
  )

/** What is seen of the body of the opening post, below the post line. */
const seenBody = (root: Root) =>
  words(openingBody(root).map(visible).join('')).replace(/^#1 Anna, 28 October 2026, 12:00 ?/, '')

function expectOurStructure(root: Root) {
  const tops = root.children.map(child => child.type)
  expect(tops.slice(0, 2)).toEqual(['paragraph', 'thematicBreak'])
  expect(tops.slice(2)).not.toContain('thematicBreak')
  for (const type of ['heading', 'html', 'image', 'imageReference', 'footnoteReference', 'definition'])
    expect(types(root)).not.toContain(type)
  const list = root.children.at(-1)
  if (list?.type !== 'list') throw new Error(`${list?.type} where the replies should be`)
  expect(list.children.map(item => words(visible(item.children[0] as Nodes)).slice(0, 14))).toEqual([
    '#2 Anna, 12:00',
    '#3 Anna, 12:00',
    '#4 Anna, 12:00',
  ])
  expect(visible(list.children.at(-1) as Nodes)).toMatch(/12:00 end$/)
}

describe('hostile text', () => {
  it('typed into a body is seen as it was typed', () => {
    fc.assert(
      fc.property(hostileText, typed => {
        const html = `<p>${escapeHtml(typed)}</p>`
        const { root } = read(rendered(markdown, around(html)))
        expectOurStructure(root)
        const cleaned = typed
          .replace(/\r\n?/g, '\n')
          .replace(/[^\P{Cc}\n\t]/gu, '')
          .replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\uFFFD')
        expect(withoutDirections(seenBody(root).replace(/^No text\.$/, ''))).toBe(withoutDirections(words(cleaned)))
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
        const { front, root } = read(rendered(markdown, kept))
        expect(Object.keys(front)).toEqual(KEYS)
        const decoded = (text: string) => text.replace(/&(lt|amp);/g, (_, name) => (name === 'lt' ? '<' : '&'))
        const shown = (text: string) => letters(decoded(text.replaceAll('\\', '')))
        expect(shown(String(front['title']))).toMatch(/:threadof28October2026$/)
        expect(shown(String(front['title']))).toContain(letters(group).replaceAll('\\', ''))
        expect(front).toMatchObject({ posts: 4, opened: '2026-10-28', completeness: 'complete 4/4' })
        expect(root.children.slice(0, 4).map(child => child.type)).toEqual([
          'paragraph',
          'thematicBreak',
          'paragraph',
          'list',
        ])
        expect(letters(visible(root.children[0] as Nodes))).toContain(letters(group))
        expect(letters(visible(root.children[2] as Nodes))).toMatch(/^#1/)
        expect(letters(visible(root.children[2] as Nodes))).toContain(letters(name))
        expect(types(root)).not.toContain('html')
      }),
      { numRuns: 400 },
    )
  })

  it('as HTML keeps every word and the structure', () => {
    fc.assert(
      fc.property(hostileHtml, html => {
        const { root } = read(rendered(markdown, around(html)))
        expectOurStructure(root)
        const dom = load(html, { xml: { xmlMode: false } })
        dom('script, style, form, iframe').remove()
        const shown = letters(seenBody(root)).replace(/^Notext\.$/, '')
        expect(onTheLine(shown)).toBe(onTheLine(letters(dom.text())))
      }),
      {
        numRuns: 600,
        // Found by runs of this test: an empty line inside code, in a cell without a table; words before a caption; a caption without a table.
        examples: [['<th><code># x<br><br># x'], ['<p><table>!<caption>"'], ['<p><p># x<caption><b># x']],
      },
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
    ['https://a.example/x#a#b', '[TEXT](https://a.example/x#a%23b)'],
    ['https://a.example/100%', '[TEXT](https://a.example/100%25)'],
    ['https://[2001:db8::1]/[x]', '[TEXT](https://[2001:db8::1]/%5Bx%5D)'],
    ['https:\\\\[2001:db8::1]\\x', '[TEXT](https://[2001:db8::1]/x)'],
    ['https://ann@[2001:db8::1]/x', '[TEXT](https://ann@[2001:db8::1]/x)'],
    ['https://a.example\\x\\y?z=\\', '[TEXT](https://a.example/x/y?z=%5C)'],
    ['https://bücher.example/ä', '[TEXT](https://bücher.example/ä)'],
    ['https://a.example/x?q=a^b{c}', '[TEXT](https://a.example/x?q=a%5Eb%7Bc%7D)'],
  ])('%s', (href, expected) => expect(linkOf(`<p><a href="${href}">TEXT</a></p>`)).toBe(expected))

  it.each(['https://a.example/x#a#b', 'https://a.example/100%'])('%s as its own text is still a link that works', url =>
    expect(linkOf(`<p>TEXT <a href="${url}">${url}</a></p>`)).toMatch(
      /\]\(https:\/\/a\.example\/(?:x#a%23b|100%25)\)$/,
    ),
  )

  it('makes emoji images their characters', () =>
    expect(linkOf('<p>TEXT <img class="wp-smiley emoji" alt="🌱" src="https://s.w.org/x.svg"></p>')).toBe('TEXT 🌱'))
})

describe('nesting', () => {
  it('says whom each reply answers at depth 30, and indents no only answer', () => {
    const document = rendered(markdown, chain(31))
    for (let reply = 3; reply <= 31; reply++)
      expect(document).toContain(`\n- **#${reply} Anna** → #${reply - 1}, [12:00](`)
    expect(document).toContain('\n- **#2 Anna**, [12:00](')
    expect(types(read(document).root).filter(type => type === 'list')).toHaveLength(1)
  })

  it('keeps every character of a text of megabytes', () => {
    const words = `x${'a 🐝 '.repeat(500_000)}`.trim()
    expect(rendered(markdown, keptThread({ posts: [{ html: `<p>${words}</p>`, text: '' }] }))).toContain(
      `\\\n${words}\n`,
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
    expect(rendered(markdown, chain(5000))).toContain('**#5000 Anna** → #4999')
    const deep = `${'<div><em><blockquote>'.repeat(20_000)}INNER`
    expect(rendered(markdown, around(deep))).toContain('INNER')
  })

  it('survives cells that claim a billion columns', () => {
    const cell = '<table><tr><td colspan="1000000000" rowspan="1000000000">CELL</td></tr></table>'
    expect(rendered(markdown, around(cell)).length).toBeLessThan(5000)
  })
})
