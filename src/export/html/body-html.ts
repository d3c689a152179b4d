import type { Element, ElementContent } from 'hast'
import type { StoredPost } from '../../model/archive.js'
import { bodyTree, textParagraphs } from '../body/body-tree.js'
import type { BodyContext, ElementRule } from '../body/hast.js'
import { element, isBlank, isElement } from '../body/hast-nodes.js'
import { applyRule } from '../body/html-rules.js'
import type { LocalFile, MediaLookup } from '../exporter.js'
import { isRightToLeft } from '../markdown/directions.js'
import { type Content, escaped, html, type Markup, trusted } from './markup.js'

/** The words of a post or of an earlier version of it. `url`: its address, against which links are resolved. */
type Words = Pick<StoredPost, 'html' | 'text' | 'url'>

/** What the site sent, as HTML of known elements and attributes only. `used`: the addresses of its links and pictures. */
export function bodyHtml(words: Words, media: MediaLookup): { body: Markup; used: ReadonlySet<string> } {
  const context: BodyContext = { base: words.url, used: new Set(), rule }
  if (words.html.trim() === '') return { body: paragraphs(words.text), used: context.used }
  const tree = bodyTree(words.html, context)
  return { body: trusted(tree.map(node => written(node, { media, isInLink: false })).join('')), used: context.used }
}

const paragraphs = (text: string): Markup => {
  const lines = (parts: readonly string[]): Content => parts.map((part, at) => [at > 0 && trusted('<br>'), part])
  return html`${textParagraphs(text).map(parts => html`<p dir="auto">${lines(parts)}</p>`)}`
}

/** HTML has these elements; markdown has not. */
const rule: ElementRule = (name, properties, children) => {
  if (name === 'hr') return [element('hr', [])]
  if (/^(sup|sub|ins|u|mark)$/.test(name)) return isBlank(children) ? children : [element(name, children)]
  if (/^(p|div)$/.test(name) && isBlank(children)) return []
  return name === 'caption' ? [element('caption', children)] : applyRule(name, properties, children)
}

interface Place {
  media: MediaLookup
  /** A link within a link would end it. */
  isInLink: boolean
}

/** The last gate: no other element, and no other attribute, is ever written. */
const ELEMENTS = new Set(
  'p div strong em del code pre blockquote ul ol li dl dt dd table caption thead tbody tfoot tr td th sup sub ins u mark'.split(
    ' ',
  ),
)

/** Elements with other blocks in them. */
const CONTAINERS = new Set(['blockquote', 'ul', 'ol', 'dl', 'table'])

/** Elements whose text has a direction of its own. */
const BLOCKS = new Set('p div blockquote li dt dd td th caption pre'.split(' '))

function written(node: ElementContent, place: Place): string {
  if (!isElement(node)) return node.type === 'text' ? escaped(node.value) : ''
  const { tagName: name } = node
  if (name === 'br' || name === 'hr') return `<${name}>`
  if (name === 'img') return picture(node, place)
  if (name === 'a') return link(node, place)
  const inner = node.children.map(child => written(child, place)).join('')
  if (!ELEMENTS.has(name)) return inner
  return `<${name}${direction(node)}${attributes(node)}>${inner}</${name}>`
}

/** A browser that finds the direction by itself looks at no text within a block that has one, so that marks of lists and quotations would be on the wrong side. */
function direction(node: Element): string {
  if (CONTAINERS.has(node.tagName) && isRightToLeft(firstWords(node))) return ' dir="rtl"'
  return BLOCKS.has(node.tagName) ? ' dir="auto"' : ''
}

/** The first text with a letter; empty: there is none. */
function firstWords(node: ElementContent): string {
  if (node.type === 'text') return /\p{L}/u.test(node.value) ? node.value : ''
  if (!isElement(node)) return ''
  for (const child of node.children) {
    const words = firstWords(child)
    if (words !== '') return words
  }
  return ''
}

function attributes({ tagName, properties }: Element): string {
  if (tagName === 'ol' && typeof properties['start'] === 'number') return ` start="${properties['start']}"`
  if (tagName !== 'td' && tagName !== 'th') return ''
  const { colSpan, rowSpan, align } = properties
  const spans = [
    ['colspan', colSpan],
    ['rowspan', rowSpan],
  ] as const
  const wide = spans.flatMap(([name, size]) => (typeof size === 'number' && size > 1 ? [` ${name}="${size}"`] : []))
  return `${wide.join('')}${align === 'center' || align === 'right' ? ` class="${align}"` : ''}`
}

function link({ properties, children }: Element, place: Place): string {
  const inner = children.map(child => written(child, { ...place, isInLink: true })).join('')
  const href = properties['href']
  if (typeof href !== 'string' || place.isInLink) return inner
  return `<a href="${escaped(place.media(href, 'link')?.path ?? href)}" rel="noreferrer nofollow">${inner}</a>`
}

/** The kept picture; else a link in words, so that nothing is loaded from elsewhere, and no SVG. */
function picture({ properties }: Element, { media, isInLink }: Place): string {
  const [src, alt] = [String(properties['src'] ?? ''), String(properties['alt'] ?? '').trim()]
  const kept = media(src)
  if (kept?.isImage) return pictureOf(kept, alt).text
  const words = escaped(alt === '' ? 'picture' : `${alt} (picture)`)
  return isInLink ? words : `<a href="${escaped(kept?.path ?? src)}" rel="noreferrer nofollow">${words}</a>`
}

/** A kept picture. On paper its words are below it. */
export const pictureOf = ({ path }: LocalFile, words: string): Markup =>
  html`<span class="picture"><img src="${path}" alt="${words}" loading="lazy">${words !== '' && html`<span class="caption" aria-hidden="true">${words}</span>`}</span>`
