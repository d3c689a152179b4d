import { type AnyNode, hasChildren, isTag, isText } from 'domhandler'
import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { buildTree } from '../../src/parse/document/tree-builder.js'
import { CASES } from './cases.js'

/** Everything of a node that the parsers read, without recursion. */
function nodesOf(root: AnyNode): unknown[] {
  const seen: unknown[] = []
  const stack: AnyNode[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const content = isTag(node) ? [node.name, node.attribs] : isText(node) ? node.data : null
    if (node !== root) seen.push([content, node.startIndex, node.endIndex])
    if (hasChildren(node)) stack.push(...node.children.toReversed())
  }
  return seen
}

const POSITIONS = { withStartIndices: true, withEndIndices: true }

/** With a `>` at the end, because htmlparser2 takes a comment that nothing ends for a text, in which it decodes no entities. */
function expectSame(written: string): void {
  const html = `${written}>`
  expect(nodesOf(buildTree(html))).toEqual(nodesOf(parseDocument(html, POSITIONS)))
}

const TAGS =
  'p div span li ul a b br img input option optgroup select tr td th thead tbody dd dt body head svg math desc path script style textarea xmp foo'
const tag = fc.constantFrom(...TAGS.split(' '))
const piece = fc.oneof(
  tag.map(name => `<${name}>`),
  tag.map(name => `</${name}>`),
  tag.map(name => `<${name.toUpperCase()} ID="a&amp;b" id=c class/>`),
  tag.map(name => `</${name} x>`),
  fc.constantFrom(
    'text ',
    '&amp;',
    '&#128;',
    '&#x1F41D',
    '&lt',
    '&notit;',
    '&NotEqualTilde;',
    '<a href="?a=1&copy=2&amp;b&lt">',
    "<a title='&#39;&quot&amp' rel=x&amp;y&lt>",
    '&unknown;',
    '<',
    '</',
    '<title>a &lt;b&amp</title>',
    '<title/>',
    '</title>',
    '<!-- c -->',
    '<![CDATA[x]]>',
    '<!x>',
    '<?y?>',
    '\n',
  ),
)
const markup = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''))

describe("the tree of htmlparser2's parser", () => {
  it('comes out of any markup', () => {
    fc.assert(fc.property(markup, expectSame), { numRuns: 3000 })
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), expectSame))
  })

  it('differs in a title, where htmlparser2 passes over an entity behind a `<`', () => {
    expect(nodesOf(buildTree('<title></&amp;</title>'))).toEqual([
      [['title', {}], 0, 21],
      ['</&', 7, 13],
    ])
  })

  it('comes out of each fixture', () => {
    for (const { capture } of CASES) expectSame(new TextDecoder().decode(capture.body))
  })
})

describe('100,000 tags take time in proportion to their number', () => {
  const times = (text: string) => text.repeat(100_000)
  it.each([
    ['left open', times('<div>')],
    ['that end each other', times('<ul><li>')],
    ['closed one by one', times('<b>') + times('</b>')],
    ['with end tags of others', times('<b>') + times('</i>')],
    ['of SVG', times('<svg>') + times('</svg>')],
  ])('%s', (_, html) => {
    let deepest = 0
    const stack: [AnyNode, number][] = [[buildTree(html), 0]]
    for (let next = stack.pop(); next; next = stack.pop()) {
      const [node, depth] = next
      deepest = Math.max(deepest, depth)
      if (hasChildren(node)) for (const child of node.children) stack.push([child, depth + 1])
    }
    expect(deepest).toBeGreaterThanOrEqual(100_000)
  })
})
