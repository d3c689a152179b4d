import { parseMarkup } from '../document/dom.js'
import type { PostSelectors } from '../templates/template.js'
import { type Body, readBody } from './body.js'

/**
 * The whole text of a post that the page shortens, from the edit data of BuddyBoss. Pages print some characters otherwise (quotes,
 * smilies), so it is only for posts whose thread no other request gives. The shortened text, if the other does not continue it.
 */
export function wholeBody(body: Body, content: string | undefined, base: string, selectors: PostSelectors): Body {
  if (!body.truncated || !content) return body
  const markup = parseMarkup(paragraphs(content))
  const whole = readBody(markup.root, markup.source, base, selectors)
  return continues(body.text, whole.text) ? { ...whole, attachments: body.attachments } : body
}

const BLOCK = /^\s*<(?:p|div|blockquote|pre|ul|ol|table|h[1-6]|figure|hr)\b/i

/** Empty lines part paragraphs, and other line feeds are `<br />`, as by wpautop of WordPress. */
const paragraphs = (content: string): string =>
  content
    .trim()
    .split(/\r?\n\s*\n/)
    .map(part => (BLOCK.test(part) ? part : `<p>${part.replace(/\r?\n/g, '<br />\n')}</p>`))
    .join('\n')

/** Letters and digits only; BuddyPress may cut within a word and adds "…". */
function continues(shortened: string, whole: string): boolean {
  const [start, all] = [shortened, whole].map(text => text.replace(/[^\p{L}\p{N}]/gu, '')) as [string, string]
  return all.length >= start.length && all.startsWith(start.slice(0, Math.max(0, start.length - LAST_WORD)))
}

const LAST_WORD = 20
