import type { RootContent } from 'mdast'

const ADDRESS = /(\bhttps?:\/\/[\w.~:/?#@!$&+,;=%-]+)/i

/** Text in which the addresses that people typed are links: readers would make links of them themselves, and not all of them the same. */
export function withTypedLinks(nodes: readonly RootContent[], inLink: boolean): RootContent[] {
  if (inLink) return [...nodes]
  return nodes.flatMap(node => (node.type === 'text' && node.value.includes('://') ? linked(node.value) : [node]))
}

function linked(words: string): RootContent[] {
  return words.split(ADDRESS).flatMap((part, at): RootContent[] => {
    if (part === '') return []
    const url = at % 2 === 0 ? '' : part.replace(/[.,;:!?*_~]+$/, '')
    if (!/^https?:\/\/[\w.-]*\w/i.test(url)) return [{ type: 'text', value: part }]
    const rest = part.slice(url.length)
    const link: RootContent = { type: 'link', url, children: [{ type: 'text', value: url }] }
    return rest === '' ? [link] : [link, { type: 'text', value: rest }]
  })
}
