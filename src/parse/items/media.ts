import type { Document, Element } from 'domhandler'
import type { Attachment } from '../../model/discussion.js'
import { siteJson } from '../../model/markup/storable-text.js'
import { elementsBelow, first, matches } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'

interface MediaRule {
  selector: string
  kind: Attachment['kind']
  /** The attributes that may hold the URL; the first that does counts. */
  url: readonly string[]
  name: readonly string[]
}

/**
 * The media that BuddyBoss shows with a text (bp-templates/bp-nouveau/buddypress/{media,document,video}/activity-entry.php), by the
 * URL of the full picture, not of the preview. Of several videos the page shows posters only; their URLs are in the edit data.
 */
const MEDIA_RULES: readonly MediaRule[] = [
  { selector: 'a[class*="open-media-theatre"]', kind: 'image', url: ['data-attachment-full'], name: [] },
  { selector: 'a.document-detail-wrap', kind: 'document', url: ['href'], name: ['data-document-title'] },
  { selector: 'video', kind: 'video', url: ['src', 'data-src'], name: ['title'] },
  { selector: 'img[class*="feature-image"]', kind: 'image', url: ['src'], name: ['alt'] },
  { selector: '[class*="gif"] img', kind: 'image', url: ['data-src', 'src'], name: ['alt'] },
  // A post within a post.
  { selector: 'a.activity-time-since', kind: 'embed', url: ['href'], name: [] },
  { selector: 'a[class*="link-preview"], [class*="link-preview"] > a', kind: 'embed', url: ['href'], name: ['title'] },
]

/** The attachments in an element that the template's `media` selector matches. */
export function mediaIn(wrapper: Element | Document, base: string): Attachment[] {
  const found = elementsBelow(wrapper).flatMap(element => mediaOf(element, base))
  return uniqueByUrl(found)
}

/** Attachments without repeated URLs: the first counts. The card of a link is both printed and in an attribute with its title. */
export function uniqueByUrl(found: readonly Attachment[]): Attachment[] {
  const urls = new Set<string>()
  return found.filter(({ url }) => !urls.has(url) && urls.add(url))
}

function mediaOf(element: Element, base: string): Attachment[] {
  const rule = MEDIA_RULES.find(({ selector }) => matches(element, selector))
  if (!rule) return []
  const below = elementsBelow(element, inner => inner.name !== element.name)
  const source = rule.selector === 'video' ? first(below, 'source')?.attribs['src'] : undefined
  const url = resolveUrl(rule.url.map(name => element.attribs[name]).find(Boolean) ?? source, base)
  if (!url) return []
  const named = rule.name.map(name => element.attribs[name]).find(Boolean)
  return [{ kind: rule.kind, url, name: named || first(below, 'img')?.attribs['alt'] || null }]
}

/** The card of a link that the post shares: the attribute `data-link-preview` of the item, JSON with `url` and `title`. */
export function linkPreviewOf(li: Element, base: string): Attachment[] {
  try {
    const { url, title } = siteJson(li.attribs['data-link-preview'] || '{}') as { url?: unknown; title?: unknown }
    const address = resolveUrl(typeof url === 'string' ? url : null, base)
    return address ? [{ kind: 'embed', url: address, name: typeof title === 'string' && title ? title : null }] : []
  } catch {
    // The attribute is in single quotes, so an apostrophe in the title ends it too early.
    return []
  }
}
