import type { Link, Paragraph, PhrasingContent } from 'mdast'
import { safeUrl } from './urls.js'

/** A link, or only its text if the URL is not safe to link. */
export function linked(words: string, url: string): Link | PhrasingContent {
  const safe = safeUrl(url, 'about:blank')
  return safe ? { type: 'link', url: safe, children: [text(words)] } : text(words)
}

export const text = (value: string): PhrasingContent => ({ type: 'text', value })

export const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children })

/** The parts, joined by dots and without the empty parts. */
export const joinedByDots = (parts: PhrasingContent[][]): Paragraph =>
  paragraph(parts.filter(part => part.length > 0).flatMap((part, at) => (at > 0 ? [text(' · '), ...part] : part)))
