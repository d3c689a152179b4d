import { type Element, isTag, isText } from 'domhandler'
import type { Wall } from '../model/page.js'
import { elementsBelow } from './document/dom.js'
import { buildXmlTree } from './document/tree-builder.js'

/** The fields of an item as they are written. An empty string: it has none. */
export interface FeedItem {
  link: string
  title: string
  date: string
  body: string
  replies: string
}

/** Where a format has its items, and their texts. */
interface Format {
  item: string
  within: string
  body: readonly string[]
}

/** By the element that the feed is. BuddyPress writes RSS 2.0; proxies and plugins make Atom and RSS 1.0 of it. */
const FORMATS: Record<string, Format> = {
  // Up to BuddyPress 1.7 the description holds more than the text.
  rss: { item: 'item', within: 'channel', body: ['content:encoded'] },
  feed: { item: 'entry', within: 'feed', body: ['content', 'summary'] },
  'rdf:rdf': { item: 'item', within: 'rdf:rdf', body: ['content:encoded', 'description'] },
}

const ROOT = /<(rss|feed|rdf:rdf)(?=[\s>])/i

/** Quoted text and comments hold no markup of the feed. One that does not end takes the rest with it. */
const QUOTED = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)/g

/** A feed: its items, and the page that it belongs to. */
interface Feed {
  items: FeedItem[]
  /** Address that the feed names as its page; an empty string: none. */
  page: string
}

/** Reads a feed in any of three formats. Messages of PHP before and behind it, and comments of caches, are no part of it. */
export function readFeedText(text: string): Feed | Wall {
  const bare = text.replace(QUOTED, quoted => ' '.repeat(quoted.length))
  if (isHtml(bare)) return { kind: 'elsewhere', seen: 'a page' }
  const root = ROOT.exec(bare)
  const kind = root?.[1]?.toLowerCase() ?? ''
  const format = FORMATS[kind]
  if (!root || !format) return { kind: 'elsewhere', seen: 'something other than a feed' }
  const end = lastEnd(bare, kind)
  if (end < root.index) return { kind: 'error', seen: 'a feed that is cut off' }
  return feedIn(elementsBelow(buildXmlTree(text.slice(root.index, end))), format)
}

function feedIn(elements: readonly Element[], format: Format): Feed | Wall {
  const items = elements.filter(element => nameOf(element) === format.item && isIn(element, format.within))
  if (items.length === 0 && elements.some(({ name }) => /^(?:\w+:)?(?:item|entry)$/i.test(name)))
    return { kind: 'error', seen: 'a feed whose items are in an unknown place' }
  const channel = elements.find(element => /^(?:channel|feed)$/.test(nameOf(element)))
  return { items: items.map(item => itemOf(item, format)), page: channel ? fieldOf(channel, ['link']) : '' }
}

const isHtml = (text: string): boolean => /^\s*(?:<!doctype html|<html[\s>])/i.test(text.slice(0, 4096))

/** Where the last `</KIND>` ends; -1: it is nowhere. */
function lastEnd(text: string, kind: string): number {
  const last = [...text.matchAll(new RegExp(`</${kind}\\s*>`, 'gi'))].at(-1)
  return last ? last.index + last[0].length : -1
}

/** Names in XML keep their capitals, and some programs write them all in capitals. */
const nameOf = (element: Element): string => element.name.toLowerCase()

const isIn = ({ parent }: Element, name: string): boolean => parent !== null && isTag(parent) && nameOf(parent) === name

const itemOf = (item: Element, { body }: Format): FeedItem => ({
  link: fieldOf(item, ['link']),
  title: fieldOf(item, ['title']),
  date: fieldOf(item, ['pubdate', 'published', 'dc:date', 'updated']),
  body: fieldOf(item, body),
  replies: fieldOf(item, ['slash:comments', 'thr:total']),
})

/** The words directly in the first of these: fields hold no elements, and a search below each would take quadratic time in nested ones. */
function fieldOf({ children }: Element, names: readonly string[]): string {
  const elements = children.filter(isTag)
  for (const name of names)
    for (const element of elements) {
      const value = nameOf(element) === name ? wordsOf(element) : ''
      if (value !== '') return value
    }
  return ''
}

/** Atom names an address in an attribute, and beside that of the item those of its comments and of the feed itself. */
function wordsOf({ attribs, children }: Element): string {
  const { href, rel = 'alternate' } = attribs
  if (href !== undefined) return rel === 'alternate' ? href : ''
  return children
    .filter(isText)
    .map(({ data }) => data)
    .join('')
    .trim()
}
