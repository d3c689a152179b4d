import type { Link, Paragraph, PhrasingContent } from 'mdast'
import { destination } from './urls.js'

/**
 * Most of what people write has no character that means anything in markdown. Such a paragraph needs none of the library's
 * thirty rules a text and is written ten times faster; anything else gives null. A property test holds both ways equal.
 */
export function fastParagraph({ children }: Paragraph): string | null {
  let out = ''
  for (const [at, node] of children.entries()) {
    const part = fastPart(node, { before: children[at - 1], after: children[at + 1] })
    if (part === null || (LINE_START.test(out) && !STARTS_PLAINLY.test(part))) return null
    out += part
  }
  return ENDS_PLAINLY.test(out) ? out : null
}

/** `<url>` where people would write nothing else: no entity in it, since readers differ on these. */
export function isItsOwnText({ url, children: [only, second] }: Link): boolean {
  if (second || only?.type !== 'text' || only.value !== url) return false
  return /^https?:\/\/[\w.~:/?#@!$&+,;=%-]+$/.test(url) && !/&#?\w+;/.test(url)
}

interface Neighbours {
  before: PhrasingContent | undefined
  after: PhrasingContent | undefined
}

/** Nothing that escapes, opens, closes, links or encodes, and no space that a line end could meet. */
const PLAIN = /^[\p{L}\p{N}\p{M} ,;'"’‘“”?%/…—–·↳()#.:@!-]+$/u
/** `a://b`, `a@b`, `www.` are links for GitHub. */
const LINK_LIKE = /:\/|[\w.+-]@|www|w\./i
const WORDS = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M} ,;'’–-]*[\p{L}\p{N}])?$/u
const LINE_START = /(?:^|\n)$/
/** Not `-`, `#` or `1.`, which may open a list or a heading. */
const STARTS_PLAINLY = /^(?:[\p{L}“‘(@↳]|\d+ |\*\*\p{L}|\*\p{L}|\[|<http)/u
const ENDS_PLAINLY = /[^\s\\]$/

function fastPart(node: PhrasingContent, around: Neighbours): string | null {
  if (node.type === 'text') return fastText(node.value, around)
  if (node.type === 'break') return around.after?.type === 'text' && around.before?.type === 'text' ? '\\\n' : null
  if (node.type === 'link') return fastLink(node)
  if (node.type !== 'strong' && node.type !== 'emphasis') return null
  const [only, second] = node.children
  if (second || only?.type !== 'text' || !WORDS.test(only.value) || LINK_LIKE.test(only.value)) return null
  if ([around.before, around.after].some(other => other && other.type !== 'text')) return null
  return node.type === 'strong' ? `**${only.value}**` : `*${only.value}*`
}

function fastText(text: string, { before, after }: Neighbours): string | null {
  if (!PLAIN.test(text) || LINK_LIKE.test(text)) return null
  // Spaces at a line's edge, and marks whose meaning hangs on the character beyond this text, are the library's.
  if (before?.type === 'break' && text.startsWith(' ')) return null
  if (after?.type === 'break' && /[ ]$/.test(text)) return null
  return after && /[:/.!@]$/.test(text) && after.type !== 'break' ? null : text
}

function fastLink(node: Link): string | null {
  if (isItsOwnText(node)) return `<${node.url}>`
  const [only, second] = node.children
  if (second || only?.type !== 'text' || !PLAIN.test(only.value) || LINK_LIKE.test(only.value)) return null
  return /^\s|\s$/.test(only.value) ? null : `[${only.value}](${destination(node.url)})`
}
