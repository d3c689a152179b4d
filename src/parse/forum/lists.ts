import type { Element } from 'domhandler'
import { forumId } from '../../model/forum/posts.js'
import type { TopicRow } from '../../model/page.js'
import { elementsBelow, every, first, lineOf, matches } from '../document/dom.js'
import { plainUrl, resolveUrl } from '../document/links.js'

/** A row of a list of topics: a list since 2.1, a row of a table before; BuddyBoss has items of one list. */
const ROW =
  '[id^="bbp-topic-"], tr[id^="topic-"], .bbp-topics [id^="bb-topic-"], .bs-forums-items [class*="type-topic"]'

/** The topics that a page of a forum lists, in the order of the page. */
export const topicRows = (elements: readonly Element[], base: string): TopicRow[] =>
  every(elements, ROW).flatMap(row => rowOf(row, base) ?? [])

function rowOf(row: Element, base: string): TopicRow | null {
  const names = row.attribs['class'] ?? ''
  const number = /^(?:bbp-|bb-)?topic-(\d+)$/.exec(row.attribs['id'] ?? '')?.[1] ?? /\bpost-(\d+)\b/.exec(names)?.[1]
  const own = elementsBelow(row)
  const link = first(own, 'a.bbp-topic-permalink, .bbp-topic-title a')
  const url = resolveUrl(link?.attribs['href'], base)
  if (!number || !url || /\bstatus-(?:trash|spam|pending)\b/.test(names)) return null
  const last = resolveUrl(first(own, '.bbp-topic-freshness a')?.attribs['href'], base)
  return {
    id: forumId(number),
    url: plainUrl(url),
    title: lineOf(link) || null,
    count: numberIn(lineOf(first(own, '.bbp-topic-reply-count'))),
    last: /#post-(\d+)$/.exec(last ?? '')?.[1] ?? null,
    isSticky: /\b(?:super-)?sticky\b/.test(names),
  }
}

/** The forums that a page lists, those below others included. */
export function forumLinks(elements: readonly Element[], base: string): string[] {
  const links = every(elements, 'a.bbp-forum-title, a.bbp-forum-link, .bbp-forum-info a.bbp-forum-permalink')
  const urls = links.flatMap(({ attribs }) => resolveUrl(attribs['href'], base) ?? [])
  return [...new Set(urls.map(plainUrl))]
}

/** "1,234", "38": the digits of a number; null: there are none. */
export function numberIn(text: string): number | null {
  const digits = /\d[\d.,\u00a0 ]*/.exec(text)?.[0].replace(/\D/g, '')
  return digits ? Number(digits) : null
}

/** What a pager says: "Viewing 15 posts - 16 through 30 (of 40 total)". */
export interface Counted {
  /** Number of the first and the last row of this page; null: the pager has only one number. */
  first: number | null
  last: number | null
  total: number
}

/** In every language the total is the greatest number; the last two of the others are the first and the last row. Null: no pager. */
export function countedBy(elements: readonly Element[]): Counted | null {
  const text = lineOf(first(elements, '.bbp-pagination-count')).normalize('NFKC')
  const numbers = (text.match(/\d[\d.,\u00a0]*/g) ?? []).map(number => Number(number.replace(/\D/g, '')))
  if (numbers.length === 0) return null
  const total = Math.max(...numbers)
  if (numbers.length === 1) return { first: null, last: null, total }
  const rest = numbers.toSpliced(numbers.lastIndexOf(total), 1)
  const last = rest.at(-1) ?? total
  return { first: rest.length > 1 ? (rest.at(-2) ?? last) : last, last, total }
}

/** True if the pager links to a page after this one. */
export function hasLaterPage(elements: readonly Element[]): boolean {
  const pager = every(elements, '.bbp-pagination-links .page-numbers, .bbp-pagination-links a')
  const current = numberIn(lineOf(pager.find(one => matches(one, '.current')))) ?? 0
  return pager.some(
    one => matches(one, '.next') || (one.name === 'a' && (numberIn(lineOf(one)) ?? 0) > current && current > 0),
  )
}

/** Address of the next page by the link of the pager; null: there is none. */
export const nextPageUrl = (elements: readonly Element[], base: string): string | null =>
  resolveUrl(first(elements, '.bbp-pagination-links a.next')?.attribs['href'], base)
