import type { Paragraph, PhrasingContent, TableCell, Text } from 'mdast'
import { Directions } from '../text.js'

/** RIGHT-TO-LEFT MARK, RIGHT-TO-LEFT ISOLATE and its end. */
const [MARK, ISOLATE, END] = ['\u200F', '\u2067', '\u2069']

const RTL =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}]/u
const FIRST_LETTER = /\p{L}/u

/** True for a text whose first letter is of a right-to-left script. */
export const isRightToLeft = (text: string): boolean => RTL.test(FIRST_LETTER.exec(text)?.[0] ?? '')

/** Closes the embeddings, overrides and isolates that a paragraph or cell leaves open, and isolates each line of one that runs from right to left. */
export function closeDirections(node: Paragraph | TableCell): void {
  closeOpen(node)
  if (node.type !== 'paragraph' || !isRightToLeft(textOf(node))) return
  const lines = linesOf(node.children).map(line => [edge(MARK + ISOLATE), ...line, edge(END)])
  const children = lines.flatMap((line, at) => (at === 0 ? line : [{ type: 'break' as const }, ...line]))
  node.children = children.reduce(joined, [])
}

const edge = (value: string): Text => ({ type: 'text', value })

function closeOpen(node: Paragraph | TableCell): void {
  const directions = new Directions()
  const visit = (child: PhrasingContent): void => {
    if (child.type === 'text') child.value = directions.take(child.value)
    else if ('children' in child) child.children.forEach(visit)
  }
  node.children.forEach(visit)
  if (directions.ends() !== '') node.children = [...node.children, edge(directions.ends())].reduce(joined, [])
}

function linesOf(children: readonly PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]]
  for (const child of children) {
    if (child.type === 'break') lines.push([])
    else lines.at(-1)?.push(child)
  }
  return lines
}

/** Adjacent texts as one. */
function joined(nodes: PhrasingContent[], node: PhrasingContent): PhrasingContent[] {
  const last = nodes.at(-1)
  if (last?.type === 'text' && node.type === 'text') last.value += node.value
  else nodes.push(node)
  return nodes
}

/** The words of a node, whatever marks are around them. */
export function textOf(node: Paragraph | TableCell | PhrasingContent): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
