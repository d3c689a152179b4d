import { spawnSync } from 'node:child_process'
import { load } from 'cheerio'
import { isTag } from 'domhandler'
import { describe, expect, it } from 'vitest'
import { markdown } from '../../src/export/markdown.js'
import { methodsMarkdown, methodsOf } from '../../src/export/methods/index.js'
import { personMarkdown } from '../../src/export/person/document.js'
import type { StoredPost, StoredThread } from '../../src/model/archive.js'
import type { HeldPost, PersonData } from '../../src/model/reports/person.js'
import { readerOf, SITE } from '../cli/fake-reader.js'
import { ATTACKS } from './attacks.js'
import { escapeHtml } from './hostile.js'
import { ANNA, keptThread, NOON, renderedAs } from './threads.js'

/** Each attack as what a member typed, as text without HTML, as HTML of the site, and as the text and address of a link and a picture. */
const bodies = (words: string): Partial<StoredPost>[] => {
  const safe = escapeHtml(words)
  const quoted = safe.replaceAll('"', '&quot;')
  return [
    { html: `<p>${safe}</p>` },
    { html: '', text: words },
    { html: words },
    {
      html: `<p><a href="${quoted}">${safe}</a> <img src="${quoted}" alt="${quoted}"> <code>${safe}</code></p><pre>${safe}</pre>`,
    },
  ]
}

const asThread = (posts: Partial<StoredPost>[]): StoredThread =>
  keptThread({
    posts: posts.map((post, at) => ({ ...post, id: `${at + 1}`, parentId: at === 0 ? null : `${1 + (at >> 1)}` })),
  })

const inBodies = asThread(ATTACKS.flatMap(bodies))

const inNames = asThread(
  ATTACKS.map(name => ({
    author: { ...ANNA, id: name, name, slug: null, url: name },
    attachments: [{ kind: 'document' as const, name, url: `https://a.example/${name}` }],
  })),
)

/** A thread of its own for each: as its title, as its group, and as the words of its first post in the contents. */
const inTitles = ATTACKS.map((words, at) => ({
  ...keptThread({ posts: [{ id: `${at}`, heading: at % 2 === 0 ? words : null }] }),
  title: words,
  group: { id: `${at}`, slug: `g${at}`, name: words, url: at % 3 === 0 ? words : 'https://a.example/g/' },
}))

/** Each attack as a post, a name, an address and a line of the log. */
const ofPerson: PersonData = {
  counts: { posts: 0, revisions: 0, captures: 0, traces: 0, targets: 0, files: 0, mentions: [] },
  profiles: () =>
    ATTACKS.map(name => ({
      id: name,
      slug: name,
      name,
      url: name,
      avatarUrl: name,
      firstSeenAt: NOON,
      lastSeenAt: NOON,
    })),
  names: () => ATTACKS.map(before => ({ field: 'name', before, after: before, at: NOON })),
  groups: () => ATTACKS.map(name => ({ slug: name, name, url: name, posts: 1 })),
  posts: () => ATTACKS.map(words => heldPost(words)),
  versions: () => ATTACKS.map(text => ({ post: text, heading: text, text, html: text, replacedAt: NOON })),
  mentions: () => ATTACKS.map(words => ({ ...heldPost(words), author: words })),
  files: () => ATTACKS.map(url => ({ url, name: url, state: 'kept', sha256: url, type: url, size: 1, shared: true })),
  captures: () => ATTACKS.map(url => ({ id: 1, url, at: NOON, run: 1, reader: url, status: 200 })),
  targets: () => ATTACKS.map(url => ({ url })),
  traces: () => ATTACKS.map(text => ({ where: 'runs.report', row: 1, text })),
}

const heldPost = (words: string): HeldPost => ({
  ...{
    id: words,
    url: words,
    thread: words,
    threadTitle: words,
    group: words,
    type: words,
    parent: null,
    status: 'live',
  },
  ...{ when: { from: NOON, to: NOON }, heading: words, text: words, html: words, firstSeenAt: NOON, lastSeenAt: NOON },
  ...{ attachments: [{ kind: 'image', url: words, name: words }], links: [] },
})

const DOCUMENTS = new Map<string, (layout: string) => string>([
  ['bodies', layout => renderedAs(markdown, { options: { layout } }, inBodies)],
  ['names', layout => renderedAs(markdown, { options: { layout } }, inNames)],
  ['titles', layout => renderedAs(markdown, { options: { layout } }, ...inTitles)],
  ['methods', () => [...methodsMarkdown(methodsOf(readerOf(inTitles)))].join('')],
  ['person', () => [...personMarkdown(ofPerson, { name: ATTACKS.join(' '), site: SITE, forgottenAt: null })].join('')],
])

it('are at least 150', () => expect(new Set(ATTACKS).size).toBeGreaterThanOrEqual(150))

interface Node {
  t?: string
  c?: unknown
}

/** Everything in pandoc's tree that could run, load or number something, and was not typed by threadkeep. */
function findings(ast: unknown): string[] {
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const { t, c } = node as Node
    if (t !== undefined && LIVE.has(t)) found.push(`${t} ${JSON.stringify(c).slice(0, 120)}`)
    if (t === 'Link') found.push(...linkFindings(c as [Attributes, unknown, [string, string]]))
    if (t === 'Code' || t === 'CodeBlock' || t === 'Header')
      found.push(...attributeFindings((t === 'Header' ? (c as unknown[])[1] : (c as unknown[])[0]) as Attributes))
    Object.values(node).forEach(visit)
  }
  visit(ast)
  return found
}

type Attributes = [string, string[], [string, string][]]

const LIVE = new Set(
  'RawInline RawBlock Math Image Note Cite Span Div DefinitionList LineBlock Figure SmallCaps Subscript Superscript'.split(
    ' ',
  ),
)

const attributeFindings = ([, classes, pairs]: Attributes): string[] =>
  [...pairs.map(pair => pair.join('=')), ...classes.filter(name => !/^(text|uri|email|js)$/.test(name))].map(
    one => `attribute ${one}`,
  )

const linkFindings = ([attributes, , [url]]: [Attributes, unknown, [string, string]]): string[] => [
  ...(/^(https?:|mailto:|#thread-)/i.test(url) ? [] : [`link to ${url}`]),
  ...attributeFindings(attributes),
]

function treeOf(reader: string, input: string): unknown {
  const { stdout, stderr } = spawnSync('pandoc', ['-f', reader, '-t', 'json'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const isThere = spawnSync('pandoc', ['--version']).status === 0

describe.skipIf(!isThere)('in pandoc (skipped where it is not installed)', () => {
  describe.each(['gfm', 'markdown', 'commonmark_x'])('%s', reader => {
    it.each([...DOCUMENTS.keys()])('nothing is live in %s', name => {
      expect(findings(treeOf(reader, DOCUMENTS.get(name)?.('list') ?? ''))).toEqual([])
    })

    it('the check finds what is live where nothing is escaped', () => {
      expect(findings(treeOf(reader, ATTACKS.join('\n\n'))).length).toBeGreaterThan(10)
    })
  })

  it.each(['quote', 'headings', 'flat'])('nothing is live in the layout %s', layout => {
    expect(findings(treeOf('markdown', DOCUMENTS.get('bodies')?.(layout) ?? ''))).toEqual([])
  })
})

/** Readers that pass HTML on: GitHub's own, and that of MkDocs, which knows no backslash before `<`. */
const TO_HTML: readonly [name: string, program: string, args: string[]][] = [
  ['cmark-gfm', 'cmark-gfm', ['--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough', '-e', 'tasklist']],
  ['Python-Markdown', 'markdown_py', ['-x', 'fenced_code', '-x', 'tables']],
]

const OURS = new Set(
  'html head body p a ul ol li strong em code pre h1 h2 h3 h4 h5 h6 hr br blockquote del table thead tbody tr th td'.split(
    ' ',
  ),
)

/** Elements that threadkeep writes nowhere, addresses that run something, and attributes. */
const htmlFindings = (html: string): string[] =>
  load(html)('*')
    .toArray()
    .filter(isTag)
    .flatMap(({ name, attribs }) => [
      ...(OURS.has(name) ? [] : [`<${name}>`]),
      ...Object.entries(attribs).flatMap(([key, value]) =>
        (key === 'href' && /^(?:https?:|mailto:|#thread-)/i.test(value)) ||
        (key === 'class' && name === 'code') ||
        key === 'start' ||
        (/^t[dh]$/.test(name) && /^(?:text-align: )?(?:right|left|center);?$/.test(value))
          ? []
          : [`<${name} ${key}="${value}">`],
      ),
    ])

describe.each(TO_HTML)('in %s (skipped where it is not installed)', (_, program, args) => {
  const html = (input: string) => spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1e9 })
  const has = html('').status === 0

  it.skipIf(!has).each([...DOCUMENTS.keys()])('nothing is live in %s', name => {
    const { stdout } = html(DOCUMENTS.get(name)?.('flat') ?? '')
    expect(stdout.length).toBeGreaterThan(1000)
    expect(htmlFindings(stdout)).toEqual([])
  })

  it.skipIf(!has)('the check finds what is live where nothing is escaped', () => {
    expect(htmlFindings(html(ATTACKS.join('\n\n')).stdout).length).toBeGreaterThan(10)
  })
})

/** Programs that look for pairs in the raw text, before any markdown: Templater, Jekyll, Hugo, Obsidian, Logseq, Dataview. */
describe('in the raw text', () => {
  const RAW = /<%|\{\{|\{%|\{#|%%|::|==|\(\(|\[\[|!\[|\$\$|(?<![\w\\&/#])#[a-z]/i

  it.each([...DOCUMENTS.keys()])('no pair that starts something is left in %s', name => {
    const document = DOCUMENTS.get(name)?.('list') ?? ''
    // Of code only the pairs that are looked for in code, too; addresses are not looked into.
    const prose = document
      .replace(/^ *(`{3,})text\n[\s\S]*?\n *\1$/gm, '')
      .replace(/(`+)[^\n]+?\1/g, '')
      .replace(/\]\([^)\s]*\)|<https?:[^>\s]*>/g, '')
    expect(prose.match(new RegExp(`.{0,40}(?:${RAW.source}).{0,40}`, 'gi'))).toBeNull()
    expect(document).not.toMatch(/<%|\{\{|\{%/)
    // No block of code of another language is left: what a member typed is a block of ours, or escaped.
    expect(prose).not.toMatch(/^ *`{3,}/m)
  })

  it('no control character is left', () => {
    for (const [, document] of DOCUMENTS) expect(document('list')).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}/u)
  })
})
