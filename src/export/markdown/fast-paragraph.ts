import type { Link, Paragraph, PhrasingContent } from 'mdast'
import { destination, encodedUrl } from '../body/urls.js'
import { typed } from './escape.js'

/**
 * The markdown of a paragraph of texts, breaks, plain links and plain marks, or null for any other paragraph. Most paragraphs are of this
 * kind; without the library they are written ten times faster. A property test checks that both ways give the same result.
 */
export function fastParagraph({ children }: Paragraph): string | null {
  let out = ''
  // Asked of each part: to ask the growing text for its end would take quadratic time.
  let startsLine = true
  for (const [at, node] of children.entries()) {
    const part = fastPart(node, { before: children[at - 1], after: children[at + 1] }, startsLine)
    if (part === null) return null
    out += part
    startsLine = part.endsWith('\n')
  }
  return /[^\s]$/.test(out) ? out : null
}

/** True if a link can be written as `<url>`. Not with an entity in the URL, because markdown readers differ on these. */
export function isItsOwnText({ url, children: [only, second] }: Link): boolean {
  if (second || only?.type !== 'text' || only.value !== url) return false
  return OWN_TEXT.test(url) && encodedUrl(url) === url && !/&#?\w+;|%%|::|==|\(\(/.test(url)
}

const OWN_TEXT = /^https?:\/\/[\w.~:/?#@!$&+,;=%-]+$/

interface Neighbours {
  before: PhrasingContent | undefined
  after: PhrasingContent | undefined
}

/** A word or more without punctuation at its ends, which marks enclose in any place beside other texts. */
const WORDS = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M} ,;'’–]*[\p{L}\p{N}])?$/u

function fastPart(node: PhrasingContent, around: Neighbours, startsLine: boolean): string | null {
  if (node.type === 'text') return fastText(node.value, around, startsLine)
  if (node.type === 'break') return around.after?.type === 'text' && around.before?.type === 'text' ? '\\\n' : null
  if (node.type === 'link') return fastLink(node)
  if (node.type !== 'strong' && node.type !== 'emphasis') return null
  const [only, second] = node.children
  if (second || only?.type !== 'text' || !WORDS.test(only.value)) return null
  if ([around.before, around.after].some(other => other && other.type !== 'text')) return null
  return node.type === 'strong' ? `**${only.value}**` : `*${only.value}*`
}

function fastText(text: string, { after }: Neighbours, startsLine: boolean): string | null {
  // The library handles spaces at the edges of lines.
  if (text === '' || /[\n\t]/.test(text) || (startsLine && text.startsWith(' '))) return null
  if (after?.type === 'break' && text.endsWith(' ')) return null
  return typed(text, { startsLine, after: after && after.type !== 'break' ? (FIRST[after.type] ?? peek(after)) : '' })
}

/** What a mark begins with. */
const FIRST: Readonly<Record<string, string>> = { strong: '*', emphasis: '*' }

const peek = (node: PhrasingContent): string => (node.type === 'link' && !isItsOwnText(node) ? '[' : '<')

function fastLink(node: Link): string | null {
  if (isItsOwnText(node)) return `<${node.url}>`
  const [only, second] = node.children
  if (second || only?.type !== 'text' || /^\s|\s$|[\n\t]/.test(only.value) || only.value === '') return null
  return `[${typed(only.value, { after: ']' })}](${destination(node.url)})`
}
