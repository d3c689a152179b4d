import { posix } from 'node:path'
import { type CheerioAPI, load } from 'cheerio'
import { isTag } from 'domhandler'
import { expect } from 'vitest'
import type { Chunk, ExportContext } from '../../../src/export/exporter.js'
import { siteFiles } from '../../../src/export/html/site.js'
import { html } from '../../../src/export/html.js'
import { exportOptions } from '../../../src/export/options.js'
import type { EarlierVersion, StoredThread } from '../../../src/model/archive.js'
import { readerOf } from '../../cli/fake-reader.js'
import { NO_PROGRAMS } from '../no-programs.js'

export type Pages = ReadonlyMap<string, string>

/** What an exporter gets; `earlier`: versions of posts by id. */
export const aboutOf = (
  threads: readonly StoredThread[],
  how: Partial<Pick<ExportContext, 'status' | 'timezone' | 'locale' | 'options'>> = {},
  earlier: Readonly<Record<string, EarlierVersion[]>> = {},
): ExportContext => ({
  archive: { ...readerOf([...threads]), earlierVersions: (_site, post) => earlier[post] ?? [] },
  again: () => threads,
  captures: () => [],
  ...{ options: exportOptions(html, {}), status: 'live', timezone: null, converter: NO_PROGRAMS, ...how },
})

/** The files of a site of these threads, by name. */
export function siteOf(threads: readonly StoredThread[], about = aboutOf(threads)): Pages {
  const pages = new Map<string, string>()
  for (const { name, body } of siteFiles(threads, about)) {
    expect(pages.has(name), name).toBe(false)
    pages.set(name, [...(body as Iterable<Chunk>)].join(''))
  }
  return pages
}

/** One document of these threads. */
export const documentOf = (threads: readonly StoredThread[], about = aboutOf(threads)): string =>
  [...(html.render(threads, about) as Iterable<Chunk>)].join('')

/** Fails where a page is not sound by itself, leads nowhere, or would load something. */
export function checkSite(pages: Pages): void {
  for (const [name, text] of pages) if (name.endsWith('.html')) checkPage(name, text, pages)
}

/** `pages`: all files that the page may lead to. */
export function checkPage(name: string, text: string, pages: Pages): CheerioAPI {
  const page = load(text)
  expect(text.startsWith('<!DOCTYPE html>\n<html lang="en">'), name).toBe(true)
  expect(page('meta[http-equiv="Content-Security-Policy"]').attr('content'), name).toMatch(/^default-src 'none'; /)
  expect(page('header.top, main, footer').length, name).toBe(3)
  expect(
    doubles(
      page('[id]')
        .toArray()
        .map(one => page(one).attr('id') ?? ''),
    ),
    name,
  ).toEqual([])
  expect(skippedHeadings(page), name).toEqual([])
  expect(forbidden(page), name).toEqual([])
  expect(loads(page, name, pages), name).toEqual([])
  expect(deadLinks(page, name, pages), name).toEqual([])
  return page
}

function doubles(ids: readonly string[]): string[] {
  const seen = new Set<string>()
  return ids.filter(id => seen.size === seen.add(id).size)
}

/** Headings that come without one of the level above them. The first is the only h1. */
function skippedHeadings(page: CheerioAPI): string[] {
  const headings = page('h1, h2, h3, h4, h5, h6').toArray()
  return headings.flatMap((heading, at) => {
    const [level, above] = [heading, headings[at - 1]].map(one => Number(one?.tagName.slice(1) ?? 0))
    const isWrong = at === 0 ? level !== 1 : level === 1 || (level ?? 0) > (above ?? 0) + 1
    return isWrong ? [`${heading.tagName} after h${above}: ${page(heading).text()}`] : []
  })
}

const ELEMENTS =
  'html head meta title link style script body a nav header main footer section article div p span h1 h2 h3 h4 ul ol li search form label input button noscript details summary figure svg g line rect text title table caption thead tbody tfoot tr th td time bdi strong em del code pre blockquote dl dt dd sup sub ins u mark br hr img'.split(
    ' ',
  )

/** Elements that no page of ours has, attributes that run or style, and scripts inside the page. */
const forbidden = (page: CheerioAPI): string[] =>
  page('*')
    .toArray()
    .filter(isTag)
    .flatMap(one => {
      const names = Object.keys(one.attribs).filter(name => /^on|^style$|^srcset$|^action$|^formaction$/i.test(name))
      const isUnknown = !ELEMENTS.includes(one.tagName)
      const isInline = one.tagName === 'script' && (one.attribs['src'] === undefined || page(one).text() !== '')
      return isUnknown || isInline || names.length > 0 ? [`${one.tagName} ${names.join(' ')}`] : []
    })

/** Addresses that a browser would load, other than files of the folder. */
const loads = (page: CheerioAPI, name: string, pages: Pages): string[] =>
  page('[src], link[rel~="stylesheet"], link[rel~="icon"], [poster], [data], [background]')
    .toArray()
    .map(one => page(one).attr('src') ?? page(one).attr('href') ?? '?')
    .filter(address => !pages.has(fileOf(address, name)))

/** Links within the folder that lead to no file, or to no place in it; and links that no browser should follow. */
const deadLinks = (page: CheerioAPI, name: string, pages: Pages): string[] =>
  page('a[href], link[itemprop]')
    .toArray()
    .map(one => page(one).attr('href') ?? '')
    .filter(href => {
      if (/^(https?|mailto|tel):/i.test(href)) return !URL.canParse(href)
      if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('/')) return true
      const [path = '', anchor] = href.split('#')
      const target = path === '' ? name : fileOf(path, name)
      const text = pages.get(target)
      return text === undefined || (anchor !== undefined && !anchorsIn(target, pages).has(anchor))
    })

/** Anchors of the files of a site: a page may be the target of thousands of links. */
const anchors = new WeakMap<Pages, Map<string, ReadonlySet<string>>>()

function anchorsIn(name: string, pages: Pages): ReadonlySet<string> {
  const byFile = anchors.get(pages) ?? new Map<string, ReadonlySet<string>>()
  anchors.set(pages, byFile)
  const known = byFile.get(name) ?? new Set(idsIn(pages.get(name) ?? ''))
  byFile.set(name, known)
  return known
}

const idsIn = (text: string) => [...text.matchAll(/ id="([^"]*)"/g)].map(match => match[1] ?? '')

const fileOf = (address: string, from: string): string =>
  /^[a-z]+:|^\/\//i.test(address) ? 'elsewhere' : posix.join(posix.dirname(from), decodeURI(address))
