import stringWidth from 'string-width'
import { isolated, isVisible } from '../text.js'
import { countWords } from '../words/status.js'
import { element, textElement } from '../xml.js'
import type { Point } from './layout.js'
import type { Edge } from './network.js'
import type { Node } from './nodes.js'
import type { Relation } from './options.js'

/** A node where it is drawn. */
export interface Drawn {
  node: Node
  place: Point
  /** Radius of the circle, or half of the side of the square. */
  size: number
}

export function sizesOf(nodes: readonly Node[]): number[] {
  const most = Math.max(1, ...nodes.map(({ posts }) => posts))
  return nodes.map(({ posts }) => 4 + 14 * Math.sqrt(posts / most))
}

export const FONT = 12
export const LETTER = 6.8
const MOST_COLUMNS = 22

const labelOf = ({ label }: Node): string => {
  const letters = [...LETTERS.segment(label.slice(0, 400))].map(({ segment }) => segment)
  let text = ''
  for (const letter of letters) {
    if (stringWidth(text + letter) > MOST_COLUMNS) return `${text.trimEnd()}…`
    text += letter
  }
  return isVisible(text) ? text : '?'
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' })

const widthOf = (label: string): number => stringWidth(label) * LETTER

export const roomOf = (node: Node, size: number): number => Math.max(size + FONT + 4, widthOf(labelOf(node)) / 2 + 4)

/** Digits of a coordinate: the same on every machine. */
export const digits = (value: number): string => value.toFixed(1)

/** A bent line with an arrowhead, so that both directions between two nodes can be seen. */
export function tieOf(
  { source, target, weight, relation }: Edge,
  places: ReadonlyMap<Node, Drawn>,
  most: number,
): string {
  const [from, to] = [places.get(source), places.get(target)]
  if (!from || !to) return ''
  const [dx, dy] = [to.place.x - from.place.x, to.place.y - from.place.y]
  const length = Math.max(1, Math.hypot(dx, dy))
  const middle = { x: from.place.x + dx / 2 + dy * 0.12, y: from.place.y + dy / 2 - dx * 0.12 }
  const width = 0.8 + 3.2 * Math.sqrt(weight / most)
  const end = towards(to.place, middle, Math.min(length / 2, to.size + 2))
  const start = towards(from.place, middle, Math.min(length / 2, from.size))
  const head = headOf(middle, end, 4 + width)
  const d = `M${point(start)}Q${point(middle)} ${point(end)}${head}`
  const attributes = { d, 'stroke-width': digits(width), 'stroke-dasharray': DASHES[relation] }
  return `${element('path', attributes, textElement('title', edgeWords(source, target, relation, weight)))}\n`
}

const DASHES: Readonly<Record<Relation, string | null>> = { reply: null, mention: '5 3', membership: '1.5 3' }

const VERBS: Readonly<Record<Relation, string>> = {
  reply: 'answers',
  mention: 'mentions',
  membership: 'wrote in',
}

export const edgeWords = (source: Node, target: Node, relation: Relation, weight: number): string =>
  `${isolated(source.label)} ${VERBS[relation]} ${isolated(target.label)}: ${weight}`

const towards = (from: Point, to: Point, distance: number): Point => {
  const length = Math.max(0.1, Math.hypot(to.x - from.x, to.y - from.y))
  return { x: from.x + ((to.x - from.x) * distance) / length, y: from.y + ((to.y - from.y) * distance) / length }
}

/** Two short lines that end at the point of the arrow. */
function headOf(from: Point, end: Point, length: number): string {
  const angle = Math.atan2(end.y - from.y, end.x - from.x)
  const side = (turn: number): Point => ({
    x: end.x - length * Math.cos(angle + turn),
    y: end.y - length * Math.sin(angle + turn),
  })
  return `M${point(side(0.45))}L${point(end)}L${point(side(-0.45))}`
}

const point = ({ x, y }: Point): string => `${digits(x)} ${digits(y)}`

export function nodeOf({ node, place: { x, y }, size }: Drawn): string {
  const label = labelOf(node)
  const shape =
    node.kind === 'member'
      ? element('circle', { cx: digits(x), cy: digits(y), r: digits(size), fill: '#2a6a9e' })
      : element('rect', { ...corner(x, y, size), fill: '#b4560f' })
  const below = { x: digits(x), y: digits(y + size + FONT) }
  const halo = textElement('text', label, { ...below, stroke: '#ffffff', 'stroke-width': '3', 'aria-hidden': 'true' })
  const words = `${isolated(node.label)}: ${countWords(node.posts, 'post')}`
  return `${element('g', {}, textElement('title', words), shape, halo, textElement('text', label, below))}\n`
}

const corner = (x: number, y: number, size: number) => ({
  ...{ x: digits(x - size), y: digits(y - size), width: digits(2 * size), height: digits(2 * size) },
})
