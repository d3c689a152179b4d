import type { ElementContent, Properties } from 'hast'
import { element, hasBlock, hasBreak, hasNonInline, inline, isBlank, text, unwrap, wrapVisible } from './hast-nodes.js'

type Children = ElementContent[]
type Rule = (children: Children, properties: Properties, name: string) => Children

const plain: Rule = (children, properties, name) => [element(name, children, properties)]
const unlessBlank: Rule = (children, properties, name) => (isBlank(children) ? [] : plain(children, properties, name))
const division: Rule = children => [element('div', children)]

/** Emphasis, deletion or link: left out where markdown has no form for it, so empty, in itself, or around lists. */
function inlineRule(name: string): Rule {
  return (children, properties) => {
    if (hasNonInline(children)) return children
    const line = unwrap(inline(children), name)
    return wrapVisible(line, seen => [element(name, seen, properties)])
  }
}

const strong = inlineRule('strong')
const link = inlineRule('a')
const heading: Rule = children => division(strong(children, {}, 'strong'), {}, 'div')
/** One line of code; lines parted by `<br>` are a block. */
const code: Rule = (children, properties) => {
  if (hasBlock(children)) return children
  return wrapVisible(children, seen => {
    const inner = [element('code', seen, properties)]
    return hasBreak(seen) ? [element('pre', inner)] : inner
  })
}
const cell: Rule = (children, properties, name) => [element(name, inline(children), properties)]

/**
 * What keeps markdown sound, an element each. HTML nests freely, markdown doesn't: `~~` twice opens a code fence, an empty
 * `****` is a thematic break, a list in bold breaks out of it, and a heading would compete with the document's own.
 */
const RULES = new Map<string, Rule>([
  ...each('p', children => [element(hasBlock(children) ? 'div' : 'p', children)]),
  ...each('h1 h2 h3 h4 h5 h6', heading),
  ...each('em i cite dfn', inlineRule('em')),
  ...each('strong b', strong),
  ...each('del s strike', inlineRule('del')),
  ...each('a', (children, properties, name) => (properties['href'] ? link(children, properties, name) : children)),
  ...each('code kbd samp tt', code),
  ...each('pre xmp listing plaintext', children => unlessBlank(children, {}, 'pre')),
  ...each('blockquote ul ol dl', unlessBlank),
  ...each('li dt dd thead tbody tfoot tr table', plain),
  ...each('td th', cell),
  ...each('br', plain),
  // A thematic break of a body would look like one of the document.
  ...each('hr', () => [element('p', [text('· · ·')])]),
  ...each('q', children => [text('“'), ...children, text('”')]),
  ...each('div section article aside header footer main nav details summary address figure figcaption', division),
  ...each('center caption fieldset legend hgroup dialog', division),
])

/** One element whose children are tidy already. Elements that we do not know are their content. */
export const applyRule = (name: string, properties: Properties, children: Children): Children =>
  RULES.get(name)?.(children, properties, name) ?? children

function each(names: string, rule: Rule): [string, Rule][] {
  return names.split(' ').map(name => [name, rule])
}
