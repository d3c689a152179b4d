import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { elementsBelow, lineOf } from '../../document/dom.js'
import type { BodyPlace } from '../anatomy.js'
import { isNamedAsLabel, isNamedAsReplies, isNamedAsText, isTool } from './tools.js'

/** Nodes of one element that may be the text of the member. */
interface Candidate {
  parent: Element
  nodes: readonly AnyNode[]
}

/**
 * The text of a post: of all nodes that hold no mark (author, date, permalink, avatar, replies) and that are next to one that does, those
 * that look most like a text. `marks` may be anywhere below `post`.
 */
export function findBody(post: Element, marks: readonly AnyNode[], replies: readonly Element[]): BodyPlace | undefined {
  const marked = new Set([...marks, ...replies])
  const around = elementsAround(post, [...marked])
  const parents = [...around].filter(parent => parent === post || !isNamedAsReplies(parent))
  const candidates = parents.flatMap(parent => candidateIn(parent, around, marked))
  const [best] = candidates.map(one => ({ one, points: pointsOf(one) })).sort((a, b) => b.points - a.points)
  return best && best.points > 0 ? placeOf(best.one) : undefined
}

/** The text within the element that nearly all themes keep for it: without what a theme has put there besides. */
export function textIn(guess: Element, marks: readonly AnyNode[]): BodyPlace {
  if (marks.length === 0) return { element: guess, frames: [] }
  const around = elementsAround(guess, marks)
  const marked = new Set(marks)
  const beside = [...around].filter(parent =>
    candidateIn(parent, around, marked).some(({ nodes }) => nodes.some(isBlock)),
  )
  const holding = elementsAround(guess, beside)
  for (const parent of beside) holding.add(parent)
  const isFrame = (child: AnyNode) =>
    marked.has(child) || (isTag(child) && (isTool(child) || (around.has(child) && !holding.has(child))))
  return { element: guess, frames: [...holding].flatMap(parent => parent.children.filter(isFrame)) }
}

/** The post and the elements between it and the marks, the outermost first. */
function elementsAround(post: Element, marks: readonly AnyNode[]): Set<Element> {
  const around = new Set<Element>([post])
  for (const mark of marks) {
    let at = mark === post ? null : mark.parent
    while (at && isTag(at) && !around.has(at)) {
      around.add(at)
      at = at.parent
    }
  }
  return around
}

function candidateIn(parent: Element, around: ReadonlySet<AnyNode>, marks: ReadonlySet<AnyNode>): Candidate[] {
  const free = parent.children.filter(child => !marks.has(child) && !around.has(child))
  const blocks = free.filter(child => isBlock(child) && isTag(child) && !isTool(child) && hasContent(child))
  if (blocks.length > 0) return [{ parent, nodes: withWordsBetween(free, blocks) }]
  // Words beside an author or a date are those of a sentence: "Ann replied 2 days ago".
  const isSentence = parent.children.some(child => marks.has(child))
  const inline = free.filter(child => !(isTag(child) && isTool(child)) && hasContent(child))
  return isSentence || inline.length === 0 ? [] : [{ parent, nodes: inline }]
}

/** The words between the first and the last paragraph, without the theme's own words before and after. */
function withWordsBetween(free: readonly AnyNode[], blocks: readonly AnyNode[]): AnyNode[] {
  const from = free.indexOf(blocks[0] as AnyNode)
  const to = free.indexOf(blocks.at(-1) as AnyNode)
  return free.slice(from, to + 1).filter(node => !(isTag(node) && isTool(node)))
}

const BLOCKS = new Set('p div blockquote ul ol section article figure pre table object h1 h2 h3 h4 h5 h6'.split(' '))

/** A block, or an element of any name that BuddyPress' paragraphs are in. */
const isBlock = (node: AnyNode): boolean =>
  isTag(node) && (BLOCKS.has(node.name) || isNamedAsText(node) || hasParagraph(node))

const hasParagraph = (element: Element): boolean => element.children.some(child => isTag(child) && child.name === 'p')

const MEDIA = new Set(['img', 'video', 'audio', 'iframe'])

const hasContent = (node: AnyNode): boolean =>
  isText(node)
    ? node.data.trim() !== ''
    : lineOf(node) !== '' || (isTag(node) && [node, ...elementsBelow(node)].some(({ name }) => MEDIA.has(name)))

/** Paragraphs are the surest sign, because BuddyPress puts each text into some; then names, then headings, which are no text. */
function pointsOf({ parent, nodes }: Candidate): number {
  const elements = nodes.filter(isTag)
  const below = elements.flatMap(one => [one, ...elementsBelow(one)])
  const paragraphs = below.some(({ name }) => name === 'p') ? 8 : 0
  const named = elements.some(isNamedAsText) || isNamedAsText(parent) ? 4 : 0
  const headings = elements.length > 0 && below.every(({ name }) => /^h\d$|^(?:i|span|a)$/.test(name)) ? -6 : 0
  const labels = elements.length > 0 && elements.every(isNamedAsLabel) ? -8 : 0
  return labels + 1 + paragraphs + named + headings + Math.min(2, nodes.map(node => lineOf(node)).join('').length / 200)
}

const MEANING = new Set('blockquote ul ol pre table figure'.split(' '))

/** The tag is part of the text; those of a theme have classes. */
const isMeant = ({ name, attribs }: Element): boolean => MEANING.has(name) && attribs['class'] === undefined

function placeOf({ parent, nodes }: Candidate): BodyPlace {
  const [only] = nodes
  if (nodes.length === 1 && only && isTag(only) && !isMeant(only)) return { element: only, frames: [] }
  const kept = new Set(nodes)
  return { element: parent, frames: parent.children.filter(child => !kept.has(child)) }
}
