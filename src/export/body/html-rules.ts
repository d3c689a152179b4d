import type { ElementContent, Properties } from 'hast'
import { scripted } from '../../model/markup/scripts.js'
import {
  element,
  hasBlock,
  hasBreak,
  hasNonInline,
  inline,
  isBlank,
  isElement,
  text,
  unwrap,
  wrapVisible,
} from './hast-nodes.js'

type Children = ElementContent[]
type Rule = (children: Children, properties: Properties, name: string) => Children

const plain: Rule = (children, properties, name) => [element(name, children, properties)]
const unlessBlank: Rule = (children, properties, name) => (isBlank(children) ? [] : plain(children, properties, name))
const division: Rule = children => [element('div', children)]

/** The rule of emphasis, deletion and links. The element is left out if markdown cannot express it: empty, nested or around lists. */
function inlineRule(name: string): Rule {
  return (children, properties) => {
    if (hasNonInline(children)) return children
    const line = unwrap(inline(children), name)
    return wrapVisible(line, visible => [element(name, visible, properties)])
  }
}

const strong = inlineRule('strong')
const link = inlineRule('a')
const heading: Rule = children => division(strong(children, {}, 'strong'), {}, 'div')
/** One line of code; lines separated by `<br>` become a block. */
const code: Rule = (children, properties) => {
  if (hasBlock(children)) return children
  return wrapVisible(children, visible => {
    const inner = [element('code', visible, properties)]
    return hasBreak(visible) ? [element('pre', inner)] : inner
  })
}
/** Of text only; a link in a superscript, such as the mark of a footnote, stays a link. */
const script: Rule = (children, _properties, name) => {
  const isText = children.every(child => child.type === 'text')
  const words = children.map(child => (child.type === 'text' ? child.value : '')).join('')
  return isText ? [text(scripted(name === 'sup' ? 'sup' : 'sub', words))] : children
}
/** Markdown has no captions: a paragraph above the table. Where the table holds other content too, it is none, and all stays in its order. */
const table: Rule = (children, properties, name) => {
  const isCaption = (node: ElementContent) => isElement(node) && node.tagName === 'caption'
  const isPart = (node: ElementContent) => (isElement(node) ? PARTS.test(node.tagName) : isBlank([node]))
  const words = (node: ElementContent) => element('div', isElement(node) ? node.children : [])
  const isTable = children.every(node => isCaption(node) || isPart(node))
  if (!isTable)
    return [
      element(
        'div',
        children.map(node => (isCaption(node) ? words(node) : node)),
      ),
    ]
  const captions = children.filter(isCaption).map(words)
  return [
    ...captions,
    element(
      name,
      children.filter(node => !isCaption(node)),
      properties,
    ),
  ]
}
const PARTS = /^(thead|tbody|tfoot|tr|colgroup|col)$/
const cell: Rule = (children, properties, name) => [element(name, inline(children), properties)]

/**
 * The rule of each element, which makes sure that markdown can express the result. In HTML any nesting is possible, in markdown it is
 * not: `~~` twice opens a code fence, an empty `****` is a thematic break, a list in bold ends the bold text, and a heading would look
 * like one of the document.
 */
const RULES = new Map<string, Rule>([
  ...each('p', children => [element(hasBlock(children) ? 'div' : 'p', children)]),
  ...each('h1 h2 h3 h4 h5 h6', heading),
  ...each('em i cite dfn', inlineRule('em')),
  ...each('strong b', strong),
  ...each('del s strike', inlineRule('del')),
  ...each('a', (children, properties, name) => (properties['href'] ? link(children, properties, name) : children)),
  ...each('code kbd samp tt', code),
  ...each('sup sub', script),
  ...each('pre xmp listing plaintext', children => unlessBlank(children, {}, 'pre')),
  ...each('blockquote ul ol dl', unlessBlank),
  ...each('li dt dd thead tbody tfoot tr caption', plain),
  ...each('table', table),
  ...each('td th', cell),
  ...each('br', plain),
  // A thematic break of a body would look like one of the document.
  ...each('hr', () => [element('p', [text('· · ·')])]),
  ...each('q', children => [text('“'), ...children, text('”')]),
  ...each('div section article aside header footer main nav details summary address figure figcaption', division),
  ...each('center fieldset legend hgroup dialog', division),
])

/** The nodes for one element, to whose children the rules have been applied. Unknown elements are replaced by their content. */
export const applyRule = (name: string, properties: Properties, children: Children): Children =>
  RULES.get(name)?.(children, properties, name) ?? children

function each(names: string, rule: Rule): [string, Rule][] {
  return names.split(' ').map(name => [name, rule])
}
