import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import type { Exporter, MediaLookup } from '../../src/export/exporter.js'
import { markdown } from '../../src/export/markdown.js'
import { docx } from '../../src/export/office/docx.js'
import { epub } from '../../src/export/office/epub.js'
import { FILTER } from '../../src/export/office/filter.js'
import { streamSafe } from '../../src/export/office/pandoc.js'
import { pdf } from '../../src/export/office/pdf.js'
import { exportOptions } from '../../src/export/options.js'
import type { StoredThread } from '../../src/model/archive.js'
import type { Program } from '../../src/model/conversion.js'
import { converterOf } from '../../src/node/convert.js'
import { THIS_MACHINE } from '../../src/node/process.js'
import { readerOf } from '../cli/fake-reader.js'
import { kept, PNG } from './pictures.js'
import { ANNA, keptThread, rendered } from './threads.js'

/** Documents that other programs make, read back by other programs. */

const HOME = mkdtempSync(join(tmpdir(), 'office-'))
afterAll(() => rmSync(HOME, { recursive: true }))

const converter = converterOf(THIS_MACHINE)
const has = (program: Program) =>
  converter.find([program]).then(
    () => true,
    () => false,
  )
const [hasPandoc, hasBrowser, hasLibreOffice] = await Promise.all([has('pandoc'), has('browser'), has('libreoffice')])

async function documentOf(
  exporter: Exporter,
  threads: StoredThread[],
  options = {},
  media: MediaLookup = () => null,
): Promise<Buffer> {
  const about = {
    ...{ archive: readerOf(threads), captures: () => [], again: () => threads, converter, media },
    ...{ status: 'live' as const, timezone: null, options: exportOptions(exporter, options) },
  }
  return buffer(exporter.render(threads, about) as AsyncIterable<Uint8Array>)
}

async function unzipped(file: Buffer): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(file, { lazyEntries: true })
  const found = new Map<string, string>()
  for await (const entry of zip.eachEntry())
    found.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8'))
  return found
}

/** A block or an inline of pandoc. */
interface Node {
  t: string
  c: unknown
}

function readBack(file: Buffer, format: string): { meta: Record<string, unknown>; blocks: Node[] } {
  const path = join(HOME, `back.${format}`)
  writeFileSync(path, file)
  const { stdout, stderr } = spawnSync('pandoc', ['-f', format, '-t', 'json', path], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodes(one)
  else if (value !== null && typeof value === 'object') {
    if ('t' in value) yield value as Node
    yield* nodes(Object.values(value))
  }
}

const wordsOf = (value: unknown): string =>
  [...nodes(value)]
    .map(({ t, c }) => (t === 'Str' || t === 'Code' ? String(Array.isArray(c) ? c[1] : c) : t === 'Space' ? ' ' : ''))
    .join('')

/** The depth of lists within lists. */
const nesting = (value: unknown): number =>
  [...nodes(value)].reduce((deepest, { t, c }) => Math.max(deepest, t === 'BulletList' ? 1 + nesting(c) : 0), 0)

const ARABIC = { ...ANNA, id: '2', slug: 'fatima', name: 'فاطمة الزهراء' }
const reply = (id: string, parentId: string, more = {}) => ({ id, parentId, type: 'activity_comment', ...more })
const THREAD = keptThread({
  thread: { title: 'A thread' },
  posts: [
    { id: '1', html: '<p>Who grows salsify? See <a href="https://a.example/x?a=1&amp;b=2">this</a>.</p>' },
    reply('2', '1', { author: ARABIC, html: '<p>السلام عليكم (Ashbourne, 10:30)</p>', text: 'السلام عليكم' }),
    reply('3', '2', { html: '<p>One</p><ul><li>a</li><li>b</li></ul>' }),
    reply('4', '2', { html: '<p>Two</p>' }),
    reply('5', '4', { html: '<p>Three</p>' }),
    reply('6', '4', { html: '<p>Four</p>' }),
    reply('7', '1', { html: '<p>Last</p>' }),
  ],
})

it('a letter with 10,000 marks gets joiners between them, for a run of which pandoc takes minutes', async () => {
  const text = String(await buffer(streamSafe([`a${'\u0301'.repeat(10_000)}b`, 'c\u0301\u0323'])))
  expect(Math.max(...text.split('\u034f').map(run => run.length))).toBe(31)
  expect(text.replaceAll('\u034f', '')).toBe(`a${'\u0301'.repeat(10_000)}bc\u0301\u0323`)
})

const ATTACKS = [
  '<script>fetch("http://127.0.0.1:9/a")</script>',
  '<img src="http://127.0.0.1:9/b.png" onerror=alert(1)>',
  '![x](http://127.0.0.1:9/c.png) ![y](/etc/passwd) ![z](file:///etc/passwd)',
  '[x](javascript:alert(1)) [y](file:///etc/passwd) [z](data:text/html,x)',
  '`<w:p/>`{=openxml} `<b>`{=html} ```{=openxml}',
  '--- title: mine --- {{ x }} $\\input{/etc/passwd}$ \\write18{id}',
  '--lua-filter=/tmp/x -o /tmp/y; $(touch /tmp/z)',
  ']]></w:t></w:r><w:instrText>INCLUDEPICTURE "http://127.0.0.1:9/d"</w:instrText>',
  '=HYPERLINK("http://127.0.0.1:9/e") @echo DDEAUTO c:\\\\cmd',
  ':smile: [ ] [^1] www.a.example http://127.0.0.1:9/f',
  '../../etc/passwd\u0000\u001b[31m\u202eexe',
]
const typed = (words: string) => words.replace(/[&<>"]/g, one => `&#${one.charCodeAt(0)};`)
const HOSTILE = ATTACKS.map((words, at) => {
  const author = { ...ANNA, name: words }
  const group = { id: '7', slug: 'care', name: words, url: 'https://community.example/groups/care/' }
  const attachments = [{ kind: 'image' as const, url: 'http://127.0.0.1:9/g.png', name: words }]
  const picture = '<img src="http://127.0.0.1:9/h.png" alt="p"><img src="file:///etc/passwd">'
  const html = `<p>${typed(words)}</p>${picture}<script>1</script>`
  const posts = [{ id: '1', author, html, text: words, heading: words, attachments }]
  return keptThread({ thread: { id: `${at}`, title: words, group, author }, posts })
})

describe.skipIf(!hasPandoc)('docx (needs pandoc)', () => {
  it('has one title, which is also that of the file, and nested replies', async () => {
    const file = await documentOf(docx, [THREAD])
    const { meta, blocks } = readBack(file, 'docx')
    expect(wordsOf(meta['title'])).toBe('Care at Home: thread of 28 October 2026')
    expect(blocks.filter(({ t }) => t === 'Header')).toEqual([])
    expect(wordsOf(blocks)).not.toContain('thread of 28 October')
    expect(nesting(blocks)).toBe(3)
    for (const words of ['#1 Anna', '#7 Anna', 'Who grows salsify?', 'السلام عليكم', 'Last'])
      expect(wordsOf(blocks)).toContain(words)
    const core = (await unzipped(file)).get('docProps/core.xml')
    expect(core).toContain('<dc:title>Care at Home: thread of 28 October 2026</dc:title>')
    expect(core).toContain('2026-11-02T08:00:00Z')
  })

  it('gives right-to-left texts their direction, and keeps them below the post that they answer', async () => {
    const xml = (await unzipped(await documentOf(docx, [THREAD]))).get('word/document.xml') ?? ''
    const paragraph = /<w:p>(?:(?!<w:p>).)*السلام.*?<\/w:p>/s.exec(xml)?.[0] ?? ''
    expect(paragraph).toMatch(/<w:bidi\s*\/>\s*<w:ind w:left="300" w:right="400" w:hanging="300"\/>/)
    expect(paragraph).toMatch(/<w:rtl\s*\/>/)
    expect(paragraph).not.toMatch(/[\u200f\u2066-\u2069]/)
    const name = /<w:r>(?:(?!<w:r>).)*الزهراء.*?<\/w:r>/s.exec(xml)?.[0] ?? ''
    expect(name).toMatch(/<w:rtl\s*\/>/)
  })

  it('gives a right-to-left text its direction however many links it has', async () => {
    const links = Array.from({ length: 1200 }, (_, at) => `קישור https://town.example/${at}/`)
    const posts = [{ id: '1', html: `<p>${links.join(' ')}</p>` }]
    const xml = (await unzipped(await documentOf(docx, [keptThread({ posts })]))).get('word/document.xml') ?? ''
    const paragraph = xml.split('</w:p>').find(one => one.includes('קישור')) ?? ''
    expect(paragraph).toMatch(/<w:bidi\s*\/>/)
    expect(paragraph.match(/<w:hyperlink /g)).toHaveLength(1200)
  })

  it('draws the line beside a right-to-left quotation on its right', async () => {
    const html = '<blockquote><p>ציטוט</p></blockquote><blockquote><p>Quoted</p></blockquote>'
    const posts = [
      { id: '1', html },
      { id: '2', parentId: '1', type: 'activity_comment', html },
    ]
    const xml = (await unzipped(await documentOf(docx, [keptThread({ posts })]))).get('word/document.xml') ?? ''
    const quotes = xml.split('</w:p>').filter(one => one.includes('w:val="BlockText"'))
    const isRight = (one: string) => /<w:pBdr><w:left w:val="nil"\/><w:right [^>]*\/><\/w:pBdr><w:bidi/.test(one)
    expect(quotes.map(one => [/ציטוט/.test(one), isRight(one)])).toEqual([
      ...[
        [true, true],
        [false, false],
        [true, true],
        [false, false],
      ],
    ])
  })

  it('gives a right-to-left name its direction also in a title, a heading and contents', async () => {
    const group = { id: '7', slug: 'care', name: 'רכזת', url: 'https://community.example/groups/care/' }
    const posts = [{ id: '1', author: ARABIC, heading: 'כותרת 10:30' }]
    const threads = ['1', '2'].map(id => keptThread({ thread: { id, group }, posts: [{ ...posts[0], id }] }))
    const xml = (await unzipped(await documentOf(docx, threads))).get('word/document.xml') ?? ''
    const runs = xml.split('</w:r>').filter(run => /רכזת|כותרת|فاطمة/.test(run))
    expect(runs.length).toBeGreaterThan(6)
    expect(runs.filter(run => !run.includes('w:rtl'))).toEqual([])
  })

  it('has the style of ours, with numbered pages', async () => {
    const parts = await unzipped(await documentOf(docx, [THREAD]))
    expect(parts.get('word/footer1.xml')).toContain('NUMPAGES')
    expect(parts.get('word/document.xml')).toMatch(/<w:footerReference [^>]*w:type="default"/)
    expect(parts.get('word/styles.xml')).toContain('w:ascii="Cambria"')
    expect(parts.get('word/numbering.xml')).not.toMatch(/<w:nsid w:val="(?![0-9A-F]{8}")/)
    expect(parts.get('word/numbering.xml')).toMatch(/w:ilvl="1">.*?<w:ind w:left="800" w:hanging="300"\/>/s)
    for (const [name, xml] of parts) if (/\.(xml|rels)$/.test(name)) expect(isXml(xml), name).toBe(true)
  })

  it('of several threads is one document with a heading each, and with contents', async () => {
    const other = keptThread({ thread: { id: '9' }, posts: [{ id: '9', html: '<p>Other</p>' }] })
    const { meta, blocks } = readBack(await documentOf(docx, [THREAD, other]), 'docx')
    expect(wordsOf(meta['title'])).not.toBe('')
    expect(blocks.filter(({ t }) => t === 'Header')).toHaveLength(2)
    const targets = [...nodes(blocks)].flatMap(({ t, c }) =>
      t === 'Link' ? [(c as [unknown, unknown, [string]])[2][0]] : [],
    )
    expect(targets.filter(target => target.startsWith('#'))).toHaveLength(2)
    expect(wordsOf(blocks)).toContain('Thread 2, 28 October 2026: Anna, “')
  })

  it('keeps a heading, the line below it and the line of a post on the page of what follows', async () => {
    const other = keptThread({ thread: { id: '9' }, posts: [{ id: '9', html: '<ul><li>Other</li></ul>' }] })
    const parts = await unzipped(await documentOf(docx, [THREAD, other]))
    const styles = parts.get('word/styles.xml') ?? ''
    for (const style of ['Heading1', 'ThreadStatus', 'PostLine'])
      expect(styles).toMatch(new RegExp(`w:styleId="${style}"[^>]*>(?:(?!</w:style>).)*<w:keepNext *\\/>`, 's'))
    const paragraphs = (parts.get('word/document.xml') ?? '').split('</w:p>')
    const styleOf = (words: RegExp) =>
      paragraphs.filter(one => words.test(one)).map(one => /<w:pStyle w:val="(\w+)"/.exec(one)?.[1])
    expect(styleOf(/original thread/)).toEqual(['ThreadStatus', 'ThreadStatus'])
    expect(styleOf(/>Thread 2, 28 October 2026</).at(-1)).toBe('Heading1')
    expect(paragraphs.find(one => one.includes('#1 Anna') && one.includes('PostLine'))).toBeDefined()
  })

  it('is the same bytes at another time', async () => {
    const one = await documentOf(docx, [THREAD])
    await sleep(1100)
    expect((await documentOf(docx, [THREAD])).equals(one)).toBe(true)
  })

  it('takes the depth of the indentation', async () => {
    expect(nesting(readBack(await documentOf(docx, [THREAD], { depth: 1 }), 'docx').blocks)).toBe(2)
  })

  it('of hostile words has no picture, no field, no relation but to web pages, and all words', async () => {
    const file = await documentOf(docx, HOSTILE)
    const parts = await unzipped(file)
    expect([...parts.keys()].filter(name => /media|embeddings/.test(name))).toEqual([])
    for (const [name, xml] of parts) if (/\.(xml|rels)$/.test(name)) expect(isXml(xml), name).toBe(true)
    const relations = [...parts.values()].flatMap(xml => xml.match(/<Relationship [^>]*External[^>]*>/g) ?? [])
    expect(relations.length).toBeGreaterThan(0)
    for (const relation of relations) expect(relation).toMatch(/Target="(?:https?:\/\/|mailto:)/)
    const body = parts.get('word/document.xml') ?? ''
    expect(body).not.toMatch(/<w:(?:instrText|fldSimple|object|drawing)|<(?:pic|a|v:imagedata):?[ >]/)
    const words = wordsOf(readBack(file, 'docx').blocks)
    for (const attack of [
      '<script>fetch',
      'javascript:alert(1)',
      'INCLUDEPICTURE',
      '{=openxml}',
      '\\input{/etc/passwd}',
      ':smile:',
    ])
      expect(words).toContain(attack)
  })
})

/** Pictures in a text, in a link, in a right-to-left text and behind a text; one is not kept. */
const ILLUSTRATED = keptThread({
  posts: [
    {
      id: '1',
      html: '<p>See <img src="/a.png" alt="The [gate]"> here, <a href="https://b.example/"><img src="/b.png" alt="Ruler"></a></p>',
    },
    reply('2', '1', { html: '<p>هذا <img src="/a.png" alt="المخطط"> شكرا</p><img src="/none.png" alt="None">' }),
    reply('3', '1', {
      attachments: ['c.png', 'minutes.pdf'].map(name => ({
        kind: 'image' as const,
        url: `https://community.example/${name}`,
        name,
      })),
    }),
  ],
})
const pictures: MediaLookup = url => {
  const [name = ''] = /[abc]\.png$/.exec(url) ?? []
  if (name !== '') return kept(PNG, { file: `/${name}`, path: `x.media/${name}` })
  return url.endsWith('.pdf') ? kept(Buffer.from('%PDF-'), { type: 'application/pdf', isImage: false }) : null
}

describe.skipIf(!hasPandoc)('kept pictures (needs pandoc)', () => {
  it('are in a docx, each once, with their words below; other files stay links to the site', async () => {
    const file = await documentOf(docx, [ILLUSTRATED], {}, pictures)
    const parts = await unzipped(file)
    expect([...parts.keys()].filter(name => name.startsWith('word/media/'))).toHaveLength(3)
    const body = parts.get('word/document.xml') ?? ''
    expect(body.match(/<pic:pic>/g)).toHaveLength(4)
    expect(body).toMatch(/<wp:docPr [^>]*descr="The \[gate\]"/)
    for (const words of ['The [gate]', 'Ruler', 'المخطط', 'c.png', 'None (picture)', 'minutes.pdf', 'here,', 'شكرا'])
      expect(wordsOf(readBack(file, 'docx').blocks)).toContain(words)
    const relations = [...parts.values()].flatMap(xml => xml.match(/<Relationship [^>]*External[^>]*>/g) ?? [])
    for (const relation of relations) expect(relation).toMatch(/Target="https?:\/\//)
    expect(relations.join()).toContain('https://community.example/minutes.pdf')
    const rest = /<w:p>(?:(?!<w:p>).)*شكرا.*?<\/w:p>/s.exec(body)?.[0] ?? ''
    expect(rest).toMatch(/<w:bidi\s*\/>/)
    expect((await documentOf(docx, [ILLUSTRATED], {}, pictures)).equals(file)).toBe(true)
  })

  it('are in an epub', async () => {
    const parts = await unzipped(await documentOf(epub, [ILLUSTRATED], {}, pictures))
    expect([...parts.keys()].filter(name => name.startsWith('EPUB/media/'))).toHaveLength(3)
    const page = parts.get('EPUB/text/ch001.xhtml') ?? ''
    expect(page.match(/<img [^>]*src="\.\.\/media\/[^"]*"/g)).toHaveLength(4)
    for (const [name, xml] of parts) if (/\.(xml|opf|ncx|xhtml)$/.test(name)) expect(isXml(xml), name).toBe(true)
  })
})

describe.skipIf(!hasBrowser)('kept pictures (needs Chromium)', () => {
  it('are in a pdf, and no address leads to this machine', async () => {
    const options = { with: 'browser' }
    const file = (await documentOf(pdf, [ILLUSTRATED], options, pictures)).toString('latin1')
    expect(file.match(/\/Subtype ?\/Image/g)?.length).toBeGreaterThan(0)
    expect((await documentOf(pdf, [ILLUSTRATED], options)).toString('latin1')).not.toMatch(/\/Subtype ?\/Image/)
    expect(file.match(/\/URI \((?!https?:)[^)]*/g)).toBeNull()
  })
})

describe.skipIf(!hasPandoc)('the line of pandoc in docs/guide.md (needs pandoc)', () => {
  it('makes a document with one title of our markdown', () => {
    const [line = ''] =
      /pandoc -f gfm thread\.md -o thread\.docx/.exec(
        readFileSync(join(import.meta.dirname, '../../docs/guide.md'), 'utf8'),
      ) ?? []
    expect(line).not.toBe('')
    writeFileSync(join(HOME, 'thread.md'), rendered(markdown, THREAD))
    expect(spawnSync('sh', ['-c', line], { cwd: HOME, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    const { meta, blocks } = readBack(readFileSync(join(HOME, 'thread.docx')), 'docx')
    expect(wordsOf(meta['title'])).toBe('Care at Home: thread of 28 October 2026')
    expect(wordsOf(blocks)).not.toContain('thread of 28 October')
    expect([blocks.filter(({ t }) => t === 'Header'), nesting(blocks)]).toEqual([[], 3])
  })
})

describe.skipIf(!hasPandoc)('epub (needs pandoc)', () => {
  it('is a sound book with the same bytes at another time', async () => {
    const one = await documentOf(epub, [THREAD, ...HOSTILE])
    expect(one.subarray(30, 58).toString('latin1')).toBe('mimetypeapplication/epub+zip')
    const parts = await unzipped(one)
    for (const [name, xml] of parts) if (/\.(xml|opf|ncx|xhtml)$/.test(name)) expect(isXml(xml), name).toBe(true)
    const pages = [...parts].filter(([name]) => name.endsWith('.xhtml')).map(([, xml]) => xml)
    const tags = [...pages.join('').matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag)
    expect(tags.filter(tag => /^<(?:script|img|iframe|object|embed|svg)\b|\son\w+=/i.test(tag))).toEqual([])
    const targets = tags.flatMap(tag => /\s(?:href|src)="([^"]*)"/.exec(tag)?.[1] ?? [])
    expect(targets.filter(target => !/^(?:https?:|mailto:|#|[\w./]+\.(?:xhtml|css)(?:#|$))/.test(target))).toEqual([])
    expect(pages.join('')).toMatch(/<div dir="rtl">\s*<p><span dir="rtl">السلام/)
    await sleep(1100)
    expect((await documentOf(epub, [THREAD, ...HOSTILE])).equals(one)).toBe(true)
  })
})

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0

/** By another parser, where it is installed. */
function isXml(text: string): boolean {
  if (!hasXmllint) return text.startsWith('<')
  return spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: text }).status === 0
}

describe.skipIf(!hasPandoc || !hasBrowser)('pdf (needs pandoc and Chromium)', () => {
  it('is the same bytes twice, with the title and the day of the reading', async () => {
    const print = () => documentOf(pdf, [THREAD], { with: 'browser' })
    const [one, other] = await Promise.all([print(), print()])
    expect(one.subarray(0, 5).toString()).toBe('%PDF-')
    expect(one.toString('latin1')).toContain('/CreationDate (D:20261102080000')
    expect(other.equals(one)).toBe(true)
  })
})

describe.skipIf(!hasPandoc || !hasLibreOffice)('pdf (needs pandoc and LibreOffice)', () => {
  it('is the same bytes twice', async () => {
    const print = () => documentOf(pdf, [THREAD], { with: 'libreoffice' })
    const [one, other] = await Promise.all([print(), print()])
    expect(other.equals(one)).toBe(true)
  })
})

describe.skipIf(!hasPandoc)('the filter alone, if the markdown had let something through (needs pandoc)', () => {
  const filtered = (markdown: string) => {
    writeFileSync(join(HOME, 'filter.lua'), FILTER)
    const args = ['-f', 'markdown', '-t', 'json', '--lua-filter', join(HOME, 'filter.lua')]
    const { stdout, stderr } = spawnSync('pandoc', args, { input: markdown, encoding: 'utf8' })
    expect(stderr).toBe('')
    return [...nodes((JSON.parse(stdout) as { blocks: Node[] }).blocks)]
  }

  it.each([
    ['![a picture](http://127.0.0.1:9/x.png)', 'a picture'],
    ['![a picture](/etc/passwd){width=3}', 'a picture'],
    ['![a picture](../picture-1-2x3.png)', 'a picture'],
    ['![a picture](http://127.0.0.1:9/picture-1-2x3.png)', 'a picture'],
    ['a <b onclick="x()">b</b> <script>1</script>', 'a b'],
    ['`<w:p/>`{=openxml} a', 'a'],
    ['```{=openxml}\n<w:p/>\n```\n\na', 'a'],
    [
      '[a](javascript:alert(1)) [b](file:///etc/passwd) [c](DATA:text/html,x) [d](//a.example) [e](x.docx)',
      'a b c d e',
    ],
  ])('%s', (markdown, words) => {
    const found = filtered(markdown)
    expect(found.filter(({ t }) => /^(?:Raw|Image|Link|Figure)/.test(t))).toEqual([])
    expect(wordsOf(found.filter(({ t }) => t === 'Str' || t === 'Space')).trim()).toBe(words)
  })

  it.each(['https://a.example/', 'HTTP://a.example/', 'mailto:a@b.example', '#x'])('a link to %s stays', target => {
    const links = filtered(`[a](${target} "title")`).filter(({ t }) => t === 'Link')
    expect(links.map(({ c }) => (c as [unknown, unknown, unknown])[2])).toEqual([[target, '']])
  })
})
