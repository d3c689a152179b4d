import type { Element, ElementContent } from 'hast'
import { element, isBlank, isElement } from './hast-nodes.js'

/** The valid parents of these elements. Elsewhere they become `div`, because the HTML parser, unlike browsers, repairs nothing. */
const PARENTS: Record<string, RegExp> = {
  li: /^[ou]l$/,
  dt: /^dl$/,
  dd: /^dl$/,
  thead: /^table$/,
  tbody: /^table$/,
  tfoot: /^table$/,
  caption: /^table$/,
  tr: /^(table|thead|tbody|tfoot)$/,
  td: /^tr$/,
  th: /^tr$/,
}

/** Turns rows without a table, items without a list, and tables with other content than rows of cells into `div`. */
export const placeElements = (nodes: readonly ElementContent[], parent = ''): ElementContent[] =>
  nodes.map(node => {
    if (!isElement(node)) return node
    const name = isMisplaced(node, parent) ? 'div' : node.tagName
    const children = /^[ou]l$/.test(name) ? groupedInItems(node.children) : node.children
    return element(name, placeElements(children, name), node.properties)
  })

/** Moves other content of a list into the item before it, as browsers show it. */
function groupedInItems(nodes: readonly ElementContent[]): Element[] {
  const items: Element[] = []
  for (const node of nodes) {
    const last = items.at(-1)
    if (isElement(node) && node.tagName === 'li') items.push(element('li', [...node.children]))
    else if (last) last.children.push(node)
    else if (!isBlank([node])) items.push(element('li', [node]))
  }
  return items
}

function isMisplaced(node: Element, parent: string): boolean {
  if (node.tagName === 'table') return !isRegularTable(node)
  if (node.tagName === 'dl') return !node.children.every(child => isSpace(child) || isNamed(child, /^d[td]$/))
  const parents = Object.hasOwn(PARENTS, node.tagName) ? PARENTS[node.tagName] : undefined
  return parents !== undefined && !parents.test(parent)
}

/** True if a table holds only rows of cells, below a caption where the format has one: other text would get lost. */
function isRegularTable(table: Element): boolean {
  const parts = table.children.filter(node => !isSpace(node))
  const rest = parts[0] && isNamed(parts[0], /^caption$/) ? parts.slice(1) : parts
  const sections = rest.flatMap(node => (isNamed(node, /^t(head|body|foot)$/) ? node.children : [node]))
  return sections.some(isElement) && sections.every(row => isSpace(row) || isRow(row))
}

const isRow = (node: ElementContent): boolean =>
  isNamed(node, /^tr$/) &&
  node.children.some(isElement) &&
  node.children.every(cell => isSpace(cell) || isNamed(cell, /^t[dh]$/))

const isSpace = (node: ElementContent): boolean => !isElement(node) && isBlank([node])

const isNamed = (node: ElementContent, names: RegExp): node is Element => isElement(node) && names.test(node.tagName)
