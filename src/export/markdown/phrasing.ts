import type { Link, Paragraph, PhrasingContent, RootContent } from 'mdast'
import { safeUrl } from '../body/urls.js'

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

/** Not in markdown that somebody typed, which stays as typed. */
const ADDRESS = /((?<!\]\()\bhttps?:\/\/[\w.~:/?#@!$&+,;=%-]+)/i

/** Text in which the addresses that people typed are links: readers would make links of them themselves, and not all of them the same. */
export function withTypedLinks(nodes: readonly RootContent[], inLink: boolean): RootContent[] {
  if (inLink) return [...nodes]
  return nodes.flatMap(node => (node.type === 'text' && node.value.includes('://') ? partsOf(node.value) : [node]))
}

function partsOf(words: string): RootContent[] {
  return words.split(ADDRESS).flatMap((part, at): RootContent[] => {
    if (part === '') return []
    const url = at % 2 === 0 ? '' : part.replace(/(?<![.,;:!?*_~])[.,;:!?*_~]+$/, '')
    if (!/^https?:\/\/[\w.-]*\w/i.test(url)) return [{ type: 'text', value: part }]
    const rest = part.slice(url.length)
    const link: RootContent = { type: 'link', url, children: [{ type: 'text', value: url }] }
    return rest === '' ? [link] : [link, { type: 'text', value: rest }]
  })
}
