import type { ElementContent } from 'hast'
import { parseDocument } from 'htmlparser2'
import { wordsOfMarkup } from '../../model/markup/words-of-markup.js'
import { cleanText } from '../text.js'
import { type BodyContext, DROPPED, toHast } from './hast.js'
import { placeElements } from './html-structure.js'

/** The body of a post as a tree of known elements, each at a place that HTML allows. `context.used` collects the URLs of links and images. */
export function bodyTree(html: string, context: BodyContext): ElementContent[] {
  const isTooMuch = html.split('<', MAX_TAGS + 1).length > MAX_TAGS
  const nodes = parseDocument(isTooMuch ? wordsOfMarkup(html, DROPPED) : html).children
  return placeElements(toHast(nodes, context))
}

/** Most tags of a post. Markup of more keeps its words only, because the following steps would take minutes. Real posts have a hundredth. */
const MAX_TAGS = 20_000

/** Posts of a text dump have no HTML: empty lines separate paragraphs, other line ends stay. Paragraphs as lists of lines. */
export const textParagraphs = (text: string): string[][] =>
  cleanText(text)
    .split(/\n\s*\n/)
    .filter(part => part.trim() !== '')
    .map(part => part.trim().split(/(?<![ \t])[ \t]*\n[ \t]*/))
