import type { AnyNode, Element } from 'domhandler'
import type { ElementContent, Properties } from 'hast'
import type { ExportContext } from '../exporter.js'
import { cleanText } from '../text.js'
import { encodedUrl, safeUrl } from './urls.js'

/** What becomes of one element, to whose children the rule has been applied. */
export type ElementRule = (name: string, properties: Properties, children: ElementContent[]) => ElementContent[]

/** The base URL of a body, the URLs found in it, and what the format makes of each element. */
export interface BodyContext {
  /** The URL of the post, against which relative links are resolved. */
  base: string
  /** Collects the URL of each link and image that is kept. */
  used: Set<string>
  rule: ElementRule
  /** The local copy of a file, which takes the place of its address; absent: addresses stay. */
  local?: ExportContext['media']
}

/** Elements whose content is not text for readers. */
export const DROPPED: ReadonlySet<string> = new Set(
  'script style iframe object embed applet form noscript template svg math head title base link meta textarea select input button audio video canvas frame frameset noembed noframes'.split(
    ' ',
  ),
)

/** Markup below this depth keeps its text only, because the following steps are recursive. Real posts do not nest this deep. */
const MAX_DEPTH = 60

/** Turns parsed HTML of a site into a small set of known elements. Comments, event handlers and unknown attributes are removed. */
export function toHast(nodes: readonly AnyNode[], context: BodyContext, depth = 0): ElementContent[] {
  if (depth > MAX_DEPTH) return textNode(textOf(nodes))
  return nodes.flatMap(node => {
    if (node.type === 'text') return textNode(node.data)
    return 'tagName' in node && !DROPPED.has(node.tagName) ? element(node, context, depth) : []
  })
}

function element(node: Element, context: BodyContext, depth: number): ElementContent[] {
  if (node.tagName === 'img') return image(node, context)
  const children = toHast(node.children as AnyNode[], context, depth + 1)
  return context.rule(node.tagName, properties(node, context), children)
}

function image({ attribs }: Element, { base, used, local }: BodyContext): ElementContent[] {
  const alt = attribs['alt'] ?? ''
  const url = safeUrl(attribs['src'] ?? '', base)
  // The site shows emoji as images, whose `alt` is the character.
  if (!url || /(^|\s)(emoji|wp-smiley)(\s|$)/.test(attribs['class'] ?? '')) return textNode(alt)
  used.add(url)
  const file = local?.(url)
  if (file && !file.isImage) return linkedFile(file.path, cleanText(alt) || 'picture')
  return [
    { type: 'element', tagName: 'img', properties: { src: file?.path ?? url, alt: cleanText(alt) }, children: [] },
  ]
}

/** An SVG, or a film in place of a picture. */
const linkedFile = (href: string, words: string): ElementContent[] => [
  { type: 'element', tagName: 'a', properties: { href }, children: [{ type: 'text', value: words }] },
]

function properties({ tagName, attribs }: Element, { base, used, local }: BodyContext): Properties {
  if (tagName === 'a') {
    const href = safeUrl(attribs['href'] ?? '', base)
    if (href) used.add(href)
    return href ? { href: local?.(href, 'link')?.path ?? encodedUrl(href) } : {}
  }
  if (tagName === 'ol') return /^\d{1,6}$/.test(attribs['start'] ?? '') ? { start: Number(attribs['start']) } : {}
  if (tagName === 'td' || tagName === 'th') return cellProperties(attribs)
  const language = /(?:^|\s)language-([\w+#.-]{1,30})(?:\s|$)/.exec(attribs['class'] ?? '')?.[1]?.toLowerCase()
  return tagName === 'code' && language && LANGUAGES.has(language) ? { className: [`language-${language}`] } : {}
}

/** Languages of code that are only coloured. Note tools run the code of others: dataviewjs, templater, tasks, query. */
const LANGUAGES = new Set(
  'bash c c# c++ cpp cs csharp css diff dockerfile go graphql haskell html http ini java javascript js json jsx kotlin less lua makefile markdown md objectivec pascal perl php plaintext powershell python py ruby rb rust scala scss sh shell sql swift text toml ts tsx typescript xml yaml yml'.split(
    ' ',
  ),
)

function cellProperties({ align, colspan, rowspan }: Element['attribs']): Properties {
  const span = (text = '') => (/^[1-9]\d?$/.test(text) ? Number(text) : 1)
  return {
    ...(/^(left|center|right)$/.test(align ?? '') ? { align: align ?? '' } : {}),
    ...{ colSpan: span(colspan), rowSpan: span(rowspan) },
  }
}

const textNode = (text: string): ElementContent[] => (text === '' ? [] : textNodes(cleanText(text)))

/** Characters of a text node. The library needs many times the memory of a node to collapse its white space. */
const MAX_TEXT = 1_000_000

/** One node or, for a very long text, several nodes, which the library joins again. */
const textNodes = (value: string): ElementContent[] =>
  value.length <= MAX_TEXT
    ? [{ type: 'text', value }]
    : [{ type: 'text', value: value.slice(0, MAX_TEXT) }, ...textNodes(value.slice(MAX_TEXT))]

function textOf(nodes: readonly AnyNode[]): string {
  const stack = [...nodes].reverse()
  let text = ''
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'text') text += node.data
    else if ('tagName' in node && !DROPPED.has(node.tagName))
      for (const child of node.children.toReversed()) stack.push(child)
  }
  return text
}
