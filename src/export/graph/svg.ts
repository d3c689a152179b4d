import { UsageError } from '../../model/errors.js'
import { type ExportContext, type Exporter, NOTICES } from '../exporter.js'
import { countWords } from '../words/status.js'
import { element, textElement } from '../xml.js'
import { type Drawn, digits, edgeWords, FONT, LETTER, nodeOf, roomOf, sizesOf, tieOf } from './drawing.js'
import { placed } from './layout.js'
import type { Network } from './network.js'
import type { Node } from './nodes.js'
import { NETWORK_OPTIONS } from './options.js'
import { networkOf } from './read-network.js'
import { mostActive, type Shown } from './selection.js'
import { networkWords, relationWords } from './words.js'

const MOST = 60
/** More nodes than this make no picture that can be read. */
const LIMIT = 400

/** A drawing of the network, without scripts, style sheets and links. */
export const svg: Exporter = {
  name: 'svg',
  summary: 'a picture of the network of members',
  extension: 'svg',
  scope: 'archive',
  delivery: 'file',
  leavesOut: NOTICES,
  options: {
    relation: NETWORK_OPTIONS.relation,
    most: { summary: `how many are drawn, the most active first; at most ${LIMIT}`, default: MOST, flag: true },
  },
  async *render(threads, about) {
    const most = mostOf(about)
    const network = networkOf(threads, { ...about, options: { ...about.options, edges: 'weighted' } })
    const shown = mostActive(network, most)
    yield* pictureOf(network, shown, await drawnOf(shown))
  },
}

function mostOf({ options }: Pick<ExportContext, 'options'>): number {
  const most = Number(options['most'])
  if (Number.isInteger(most) && most >= 1 && most <= LIMIT) return most
  throw new UsageError(`"${options['most']}" is no number of members for a picture.`, `It takes 1 to ${LIMIT}.`)
}

async function drawnOf({ nodes, edges }: Shown): Promise<Drawn[]> {
  const index = new Map(nodes.map((node, at) => [node, at]))
  const ties = edges.map(({ source, target, weight }) => ({
    ...{ source: index.get(source) ?? 0, target: index.get(target) ?? 0, weight },
  }))
  const sized = sizesOf(nodes).map((size, at) => ({ node: nodes[at] as Node, size }))
  const places = await placed(
    sized.map(({ node, size }) => roomOf(node, size)),
    ties,
  )
  return sized.map((one, at) => ({ ...one, place: places[at] ?? { x: 0, y: 0 } }))
}

const MARGIN = 24
const LEAST_WIDTH = 720

function* pictureOf(network: Network, shown: Shown, drawn: readonly Drawn[]): Generator<string> {
  const box = boxOf(drawn)
  const notes = notesOf(network, shown, drawn.length).flatMap(note => linesOf(note, box.width - 2 * MARGIN))
  const height = box.height + 46 + notes.length * 17 + MARGIN
  const title = `${relationWords(network.relations)}`
  const root = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${digits(box.width)} ${digits(height)}` }
  const size = { width: digits(box.width), height: digits(height), role: 'img', 'aria-labelledby': 'title desc' }
  yield `${element('svg', { ...root, ...size, 'font-family': 'sans-serif', 'font-size': String(FONT) }).slice(0, -2)}>\n`
  yield `${textElement('title', title, { id: 'title' })}\n`
  yield `${textElement('desc', [...notesOf(network, shown, drawn.length), ...heaviest(shown)].join(' '), { id: 'desc' })}\n`
  yield `${element('rect', { width: '100%', height: '100%', fill: '#ffffff' })}\n`
  yield `${textElement('text', title, { x: digits(MARGIN), y: '32', 'font-size': '16', 'font-weight': 'bold' })}\n`
  yield `<g transform="translate(${digits(-box.x)} ${digits(46 - box.y)})">\n`
  const places = new Map(drawn.map(one => [one.node, one]))
  const most = Math.max(1, ...shown.edges.map(({ weight }) => weight))
  yield '<g fill="none" stroke="#5b6b7b" stroke-opacity="0.55">\n'
  for (const edge of shown.edges) yield tieOf(edge, places, most)
  yield '</g>\n<g text-anchor="middle" stroke-linejoin="round">\n'
  for (const one of drawn) yield nodeOf(one)
  yield '</g>\n</g>\n'
  for (const [index, line] of notes.entries())
    yield `${textElement('text', line, { x: digits(MARGIN), y: digits(box.height + 46 + (index + 1) * 17), fill: '#333333' })}\n`
  yield '</svg>\n'
}

/** What the drawing needs: its left upper corner and its size. */
function boxOf(drawn: readonly Drawn[]): { x: number; y: number; width: number; height: number } {
  const reach = drawn.map(({ node, size, place }) => ({ ...place, room: roomOf(node, size) + MARGIN }))
  const left = Math.min(0, ...reach.map(({ x, room }) => x - room))
  const right = Math.max(0, ...reach.map(({ x, room }) => x + room))
  const top = Math.min(0, ...reach.map(({ y, room }) => y - room))
  const bottom = Math.max(0, ...reach.map(({ y, room }) => y + room))
  const width = Math.max(LEAST_WIDTH, right - left)
  return { x: left - (width - (right - left)) / 2, y: top, width, height: bottom - top }
}

/** What is drawn, and what is not. */
function notesOf(network: Network, { nodes, edges, otherPosts, loops }: Shown, drawn: number): string[] {
  const others = network.nodes.length - drawn
  if (nodes.length === 0) return ['There is nobody to draw.', networkWords(network)]
  const most =
    others === 0 ? `All ${drawn} are drawn` : `Drawn are the ${drawn} with most posts of ${network.nodes.length}`
  const lines = edges.length === 1 ? '1 line' : `${edges.length} lines`
  const theirs = `${countWords(otherPosts, 'post')} of theirs or to them`
  const left = others === 0 ? '' : ` Left out are the other ${others}, and ${theirs}.`
  const own = loops === 0 ? '' : ` Replies to oneself are not drawn (${loops}).`
  const legend = 'An arrow leads to whoever is answered, mentioned or written in; the wider, the more posts.'
  return [`${most}, with ${lines}.${left}${own} ${legend}`, networkWords(network)]
}

const MOST_WORDS = 10

const heaviest = ({ edges }: Shown): string[] => {
  const words = edges
    .slice(0, MOST_WORDS)
    .map(({ source, target, relation, weight }) => edgeWords(source, target, relation, weight))
  return words.length === 0 ? [] : [`The most frequent: ${words.join('; ')}.`]
}

/** The sentence in lines of this width, in pixels. */
function linesOf(sentence: string, width: number): string[] {
  const lines = ['']
  for (const word of sentence.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && (line.length + word.length + 1) * LETTER > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
