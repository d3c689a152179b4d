import type { Document, Element } from 'domhandler'
import type { Attachment } from '../../model/discussion.js'
import { elementsBelow, first, matches } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'

interface MediaRule {
  selector: string
  kind: Attachment['kind']
  /** The first that holds an address. */
  url: readonly string[]
  name: readonly string[]
}

/**
 * What BuddyBoss puts beside a text (bp-templates/bp-nouveau/buddypress/{media,document,video}/activity-entry.php). The full
 * picture, not the preview; of several videos the page shows the posters only: those are told in the edit data.
 */
const MEDIA_RULES: readonly MediaRule[] = [
  { selector: 'a[class*="open-media-theatre"]', kind: 'image', url: ['data-attachment-full'], name: [] },
  { selector: 'a.document-detail-wrap', kind: 'document', url: ['href'], name: ['data-document-title'] },
  { selector: 'video', kind: 'video', url: ['src', 'data-src'], name: ['title'] },
  { selector: 'img[class*="feature-image"]', kind: 'image', url: ['src'], name: ['alt'] },
  { selector: '[class*="gif"] img', kind: 'image', url: ['data-src', 'src'], name: ['alt'] },
  { selector: 'a[class*="link-preview"], [class*="link-preview"] > a', kind: 'embed', url: ['href'], name: ['title'] },
]

/** The attachments in one of the elements that a template calls `media`. */
export function mediaIn(wrapper: Element | Document, base: string): Attachment[] {
  const found = elementsBelow(wrapper).flatMap(element => mediaOf(element, base))
  return uniqueByUrl(found)
}

/** What is told in two ways, such as the card of a link (printed, and in an attribute that knows its title): the first counts. */
export const uniqueByUrl = (found: readonly Attachment[]): Attachment[] =>
  found.filter(({ url }, at) => found.findIndex(other => other.url === url) === at)

function mediaOf(element: Element, base: string): Attachment[] {
  const place = MEDIA_RULES.find(({ selector }) => matches(element, selector))
  if (!place) return []
  const below = elementsBelow(element, inner => inner.name !== element.name)
  const source = place.selector === 'video' ? first(below, 'source')?.attribs['src'] : undefined
  const url = resolveUrl(place.url.map(name => element.attribs[name]).find(Boolean) ?? source, base)
  if (!url) return []
  const named = place.name.map(name => element.attribs[name]).find(Boolean)
  return [{ kind: place.kind, url, name: named || first(below, 'img')?.attribs['alt'] || null }]
}

/** The card of a link that the post is about: `data-link-preview` of the item, JSON with `url` and `title`. */
export function linkPreviewOf(li: Element, base: string): Attachment[] {
  try {
    const { url, title } = JSON.parse(li.attribs['data-link-preview'] || '{}') as { url?: unknown; title?: unknown }
    const address = resolveUrl(typeof url === 'string' ? url : null, base)
    return address ? [{ kind: 'embed', url: address, name: typeof title === 'string' && title ? title : null }] : []
  } catch {
    // The attribute stands in single quotes, which an apostrophe in a title ends too soon.
    return []
  }
}
