import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { markdown } from '../../src/export/markdown.js'
import type { StoredThread } from '../../src/model/archive.js'
import { escapeHtml } from './hostile.js'
import { ANNA, keptThread, rendered } from './threads.js'

/** Escaped text as it was typed. */
const asTyped = (text: string): string =>
  text.replace(
    /\\([^\p{L}\p{N}\s])|&(lt|amp);/gu,
    (_, sign: string, name: string) => sign ?? (name === 'lt' ? '<' : '&'),
  )

/** Programs that read markdown know more than markdown: Obsidian and its plugins, Logseq, Jekyll, Hugo, Quarto, pandoc. */

const PAIRS = /<%|\{\{|\{%|\{#|%%|::|==|\(\(/
const COMMANDS = /<%|\{\{|\{%|%%/
const PIECES = [
  '<%',
  '%>',
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '%',
  '%%',
  '::',
  ':',
  '==',
  '=',
  '((',
  '(',
  '{',
  '<',
  '\\',
  'a',
  ' ',
  '*',
]
const typed = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map(parts => `x${parts.join('')}x`)

const bodyOf = (document: string) => document.replace(/^---\n[\s\S]*?\n---\n/, '')

const withBody = (html: string) => keptThread({ posts: [{ html, text: '' }] })

function named(words: string): StoredThread {
  const author = { ...ANNA, name: words }
  const thread = keptThread({ posts: [{ html: '<p>Hello</p>', text: '', author, heading: words }] })
  return { ...thread, title: words, author, group: { id: '1', slug: 'g', name: words, url: 'https://g.example/' } }
}

describe('no pair of characters that starts something in a note tool', () => {
  it('is left of a text, a link, a picture or code', () => {
    fc.assert(
      fc.property(typed, words => {
        const safe = escapeHtml(words)
        const href = `https://a.example/${safe}`
        const html = `<p>${safe} <em>${safe}</em> <a href="${href}">${safe}</a> <img src="${href}" alt="${safe}"></p>`
        const document = bodyOf(rendered(markdown, withBody(html)))
        expect(document).not.toMatch(COMMANDS)
        expect(document.replace(/\]\([^)]*\)/g, '')).not.toMatch(PAIRS)
        const code = bodyOf(rendered(markdown, withBody(`<p><code>${safe}</code></p><pre>${safe}</pre>`)))
        expect(code).not.toMatch(/<%|\{\{|\{%/)
      }),
      { numRuns: 400 },
    )
  })

  it('is left of a title, a name or a group, and YAML still gives what was typed', () => {
    fc.assert(
      fc.property(typed, words => {
        const document = rendered(markdown, named(words))
        expect(bodyOf(document).replace(/\]\([^)]*\)/g, '')).not.toMatch(PAIRS)
        expect(document).not.toMatch(COMMANDS)
        const { title } = parse(document.split('---\n')[1] ?? '')
        expect(asTyped(title).replace(/\s/g, '')).toBe(words.replace(/\s/g, ''))
      }),
      { numRuns: 400 },
    )
  })
})

describe('code that a note tool would run', () => {
  it.each(['dataviewjs', 'dataview', 'templater', 'tasks', 'query', 'mermaid', '{r}'])(
    'a block of %s has no language',
    name => {
      const html = `<pre><code class="language-${name}">app.vault.delete()</code></pre>`
      expect(bodyOf(rendered(markdown, withBody(html)))).toContain('```text\napp.vault.delete()\n```')
    },
  )

  it('a block of a language that is only coloured keeps it', () => {
    const html = '<pre><code class="language-python">print(1)</code></pre>'
    expect(rendered(markdown, withBody(html))).toContain('```python\nprint(1)\n```')
  })

  it.each(['$= dv.pages()', '= this.file', '{python} 1', 'r 1+1', '{{ site }}', 'a <% b %>'])('%s is text', words => {
    expect(bodyOf(rendered(markdown, withBody(`<p>see <code>${escapeHtml(words)}</code></p>`)))).not.toContain('`')
  })

  it('a block with commands is text, with its lines and its indents', () => {
    const html = '<pre>for x:\n  {{ x }}\n\nend</pre>'
    expect(bodyOf(rendered(markdown, withBody(html)))).toContain(
      'for x:\\\n\u00a0\u00a0\\{\\{ x \\}\\}\\\n\u00a0\\\nend',
    )
  })
})

describe('neighbours', () => {
  it.each([
    ['<code>a</code><code>b</code>', '`ab`'],
    ['10<sup>6</sup> people, H<sub>2</sub>O', '10⁶ people, H₂O'],
    ['2<sup>n</sup> and e<sup>x</sup> and a<sub>ij</sub>', '2ⁿ and e\\^x and a\\_ij'],
    ['the 1<sup>st</sup> and 2<sup>nd</sup>', 'the 1st and 2nd'],
    ['so they say<sup>[citation needed]</sup>', 'so they say\\[citation needed\\]'],
    ['<em>a</em><em>b</em>', '*ab*'],
  ])('%s', (html, expected) => {
    expect(bodyOf(rendered(markdown, withBody(`<p>${html}</p>`)))).toContain(`\\\n${expected}\n`)
  })
})

describe('a table', () => {
  it('keeps its caption, as a paragraph above it', () => {
    const html = '<table><caption>Visits <b>a</b> week</caption><tr><th>Day</th></tr><tr><td>Mon</td></tr></table>'
    expect(rendered(markdown, withBody(html))).toContain('Visits **a** week\n\n| Day |\n| --- |\n| Mon |\n')
  })
})

describe('right-to-left names', () => {
  it('are isolated in lines of ours, and no other name is', () => {
    const document = bodyOf(rendered(markdown, named('פרופ׳ נועה')))
    expect(document).toContain('**#1 \u2068פרופ׳ נועה\u2069**, ')
    expect(document).toContain('in [\u2068פרופ׳ נועה\u2069](')
    expect(bodyOf(rendered(markdown, named('Zoë 🌻')))).not.toMatch(/[\u2066-\u2069]/)
  })
})

describe('a post of which the archive knows another version', () => {
  it('is marked as edited, whatever the site says', () => {
    const marks = (revisions: number, edited: boolean) =>
      rendered(markdown, keptThread({ posts: [{ revisions, edited }] })).match(/\(edited\)/g)?.length ?? 0
    expect([marks(0, false), marks(2, false), marks(0, true), marks(1, true)]).toEqual([0, 1, 1, 1])
  })
})

const isThere = spawnSync('pandoc', ['--version']).status === 0

describe.skipIf(!isThere)('what pandoc makes of front matter', () => {
  const TYPED = [
    '[a](javascript:x())',
    '![a](http://tracker.example/p.png)',
    '<b onclick=x()>',
    '[a][b] [a]: javascript:x()',
    '[a]{onclick=x()}',
    '`<b onclick=x()>`{=html}',
    'a name with \ufffe and \uffff',
    'https://tracker.example/ www.tracker.example a@tracker.example',
    '<https://tracker.example/>',
    '$\\input{/etc/passwd}$',
    '<!-- <img src=http://tracker.example/x> -->',
    '&lt;img src=x onerror=x()&gt;',
  ]
  it.each(['gfm', 'markdown', 'commonmark_x'])('%s: nothing live', reader => {
    for (const words of TYPED) {
      const args = ['-f', reader, '-t', 'html', '-s', '--metadata', 'lang=en']
      const { stdout, status } = spawnSync('pandoc', args, {
        input: rendered(markdown, named(words)),
        encoding: 'utf8',
      })
      expect([words, status]).toEqual([words, 0])
      const head = stdout.slice(stdout.indexOf('<body'), stdout.indexOf('</header>'))
      expect([words, head.match(/<(?!\/?(?:body|header|h1|p|em|strong|span|code)\b)[^>]*>|<[^>]*\son\w+=/g)]).toEqual([
        words,
        null,
      ])
    }
  })
})
