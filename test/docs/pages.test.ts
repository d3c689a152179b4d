import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutBase } from '../../site/from-disk.js'
import { linkInSite } from '../../site/links.js'
import { navigationFaults, SECTIONS, siteName, titleOf } from '../../site/navigation.js'
import { ELSEWHERE, NOT_RUN, OTHER_ENDS, PARSED, READ } from './block-rules.js'
import { DemoShell, linesOf } from './command-lines.js'
import { type Block, PAGES, pageOf, ROOT } from './pages.js'

const blocksOf = (name: string, ...languages: string[]) =>
  pageOf(name).blocks.filter(({ language }) => languages.includes(language))
const withBlocks = (...languages: string[]) =>
  PAGES.filter(name => !(name in ELSEWHERE) && blocksOf(name, ...languages).length > 0)

describe('the navigation of the site', () => {
  it('has every page, once', () => {
    expect(navigationFaults()).toEqual([])
  })

  it('says which page is missing, gone or twice', () => {
    const faults = navigationFaults(['docs/new.md'], [{ title: 'Start', pages: ['docs/old.md', 'docs/old.md'] }])
    expect(new Set(faults)).toEqual(
      new Set([
        'docs/new.md is in no section of site/navigation.js: name it in the one where readers look for it.',
        'site/navigation.js names docs/old.md, which is not there.',
        'site/navigation.js names docs/old.md twice.',
      ]),
    )
  })

  it.each(['/', '/threadkeep/'])('has links that lead somewhere from a disk, too (published below %s)', base => {
    const html = ['faq.html#a', '', '#top', 'assets/app.js'].map(path => `<a href="${base}${path}" src="${base}x.png">`)
    expect(html.map(tag => withoutBase(tag, base))).toEqual(
      ['faq.html#a', 'index.html', 'index.html#top', 'assets/app.js'].map(path => `<a href="./${path}" src="./x.png">`),
    )
    for (const other of ['<a href="https://example.org/">', '<a href="#top">', '<a href="//example.org/">'])
      expect(withoutBase(other, base)).toBe(other)
  })

  it('has a title and a file of its own for each page', () => {
    const pages = SECTIONS.flatMap(section => section.pages)
    expect(new Set(pages.map(titleOf)).size).toBe(pages.length)
    expect(new Set(pages.map(siteName)).size).toBe(pages.length)
  })

  it('keeps links between pages, and drops those to what the site does not have', () => {
    expect(linkInSite('research.md#read', 'docs/start.md')).toBe('./research.md#read')
    expect(linkInSite('docs/ethics.md', 'CONTRIBUTING.md')).toBe('./ethics.md')
    expect(linkInSite('../README.md', 'docs/research.md')).toBe('./index.md')
    expect(linkInSite('schema/run-1.json', 'docs/jobs.md')).toBe('./schema/run-1.json')
    expect(linkInSite('https://example.org/', 'docs/jobs.md')).toBe('https://example.org/')
    expect(linkInSite('fixtures/archive/make.md', 'CONTRIBUTING.md')).toBeNull()
  })
})

describe.each(PAGES)('%s', name => {
  it('has links that lead somewhere: to a file, and to a heading in it', () => {
    const faults = pageOf(name).links.map(({ href, line }) => [line, href, faultOf(href, name)])
    expect(faults.filter(([, , fault]) => fault)).toEqual([])
  })

  it('has no HTML, which the site would run, and only blocks that name a language with a check', () => {
    expect(pageOf(name).html.filter(tag => tag !== '<br>')).toEqual([])
    const known = [...READ, ...Object.keys(PARSED), 'sh', 'sql']
    const others = pageOf(name).blocks.filter(block => !known.includes(block.language) && !isRunElsewhere(block))
    expect(others.map(({ line, language }) => `${line}: "${language}"`)).toEqual([])
    for (const { language, text, line } of pageOf(name).blocks)
      expect(PARSED[language]?.(text) ?? '', `${name}:${line}`).toBe('')
  })
})

function faultOf(href: string, page: string): string | null {
  if (/^[a-z]+:/.test(href)) return /^https:\/\/[\w.-]+\.[a-z]+(?:\/\S*)?$/.test(href) ? null : 'no https address'
  const [path = '', anchor] = href.split('#')
  const target = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path))
  if (!existsSync(join(ROOT, target))) return 'no such file'
  if (anchor === undefined) return null
  if (statSync(join(ROOT, target)).isDirectory() || !PAGES.includes(target)) return 'no page with headings'
  return pageOf(target).anchors.has(anchor) ? null : 'no such heading'
}

/** A test of its own names the section and the language. */
function isRunElsewhere({ page, section, language }: Block): boolean {
  const test = ELSEWHERE[page]
  const source = test === undefined ? '' : readFileSync(join(ROOT, test), 'utf8').replaceAll('\\\\', '')
  return source.includes(`'${section}'`) && source.includes(`'${language}'`)
}

describe('a block', () => {
  let shell: DemoShell
  beforeAll(async () => {
    shell = await DemoShell.begun()
  })
  afterAll(() => shell.close())

  it.each(withBlocks('sh'))('of sh in %s works line by line on the demo community', async name => {
    const blocks = blocksOf(name, 'sh')
    const folder = await shell.folderFor(blocks.flatMap(linesOf))
    const ends: [string, number, string][] = []
    for (const block of blocks)
      for (const line of linesOf(block).filter(line => !NOT_RUN.some(rule => rule.line.test(line)))) {
        const { code, err } = await shell.line(line, folder)
        const expected = OTHER_ENDS.find(rule => rule.line.test(line))?.code ?? 0
        if (code !== expected) ends.push([`${name}:${block.line}: ${line}`, code, err])
      }
    expect(ends).toEqual([])
  })

  it.each(withBlocks('sql'))('of SQL in %s runs on the archive of the demo community', name => {
    const db = new Sqlite(shell.archive, { readonly: true })
    for (const { text } of blocksOf(name, 'sql'))
      for (const query of text.split(';').filter(part => part.trim()))
        expect(db.prepare(query).all()).toBeInstanceOf(Array)
    db.close()
  })

  it.each(Object.keys(ELSEWHERE))('in %s is in the test of the page, or has a line here', name => {
    const rest = blocksOf(name, 'sh', 'sql').filter(block => !isRunElsewhere(block))
    const lines = rest.flatMap(linesOf).filter(line => !NOT_RUN.some(rule => rule.line.test(line)))
    expect(lines).toEqual([])
  })

  it('is left out only for a reason that still holds', () => {
    const lines = PAGES.flatMap(name => blocksOf(name, 'sh').flatMap(linesOf))
    const unused = [...NOT_RUN, ...OTHER_ENDS].filter(rule => !lines.some(line => rule.line.test(line)))
    expect(unused.map(({ why }) => why)).toEqual([])
  })
})
