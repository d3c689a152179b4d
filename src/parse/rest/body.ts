import { decodeHTML } from 'entities'
import { wordsOfMarkup } from '../../model/markup/words-of-markup.js'
import { isOverlong } from '../document/bounds.js'
import { collapseSpace, parseMarkup } from '../document/dom.js'
import { type Body, inLines, readBody, SILENT } from '../items/body.js'
import { legacy } from '../templates/legacy.js'
import type { Activity } from './activity.js'

/** HTML of a post; of markup that is over the bound, the words, because no honest post has tags by the million. */
export const boundedHtml = ({ content }: Activity): string => {
  const html = content?.rendered ?? ''
  return isOverlong(html.length) ? wordsOfMarkup(html, SILENT) : html
}

/** The API does not shorten texts (reference 4.1); only a plugin may add "read more". */
export const bodyOf = (html: string, base: string): Body => plainBody(html) ?? markedBody(html, base)

export function markedBody(html: string, base: string): Body {
  const { root, source } = parseMarkup(html)
  return readBody(root, source, base, legacy.item)
}

/** Any tag but those of paragraphs and lines, also a `<` that begins no tag. */
const OTHER_MARKUP = /<(?!\/?p>|br ?\/?>)/

const PARTS = /<\/?p>|<br ?\/?>|[^<]+/g

/**
 * The body of a text that is paragraphs and lines of words, as most are: it is read without a tree, in about half the time.
 * Null: there is other markup.
 */
export function plainBody(html: string): Body | null {
  if (OTHER_MARKUP.test(html)) return null
  const text = inLines(html.replace(PARTS, written))
  return { html: html.trim(), text, truncated: false, attachments: [], links: [] }
}

function written(part: string): string {
  if (part.startsWith('<')) return part.includes('p>') ? '\n\n' : '\n'
  return collapseSpace(part.includes('&') ? decodeHTML(part) : part)
}
