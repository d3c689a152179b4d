import type { Exporter } from '../exporter.js'
import { byPandoc, OF_PANDOC } from './pandoc.js'
import { REFERENCE } from './reference.js'
import { quoteLine } from './styles.js'
import { type Edits, rezipped, zipOf } from './zip.js'

/** A document for word processors, made by pandoc of the markdown, with styles of ours. */
export const docx: Exporter = {
  name: 'docx',
  aliases: ['word'],
  summary: 'a document for Word and LibreOffice, made by pandoc',
  extension: 'docx',
  ...OF_PANDOC,
  render: (threads, about) => rezipped(byPandoc(writer(), threads, about), EDITS()),
}

const writer = () => ({
  ...{ name: 'docx', args: ['--reference-doc=reference.docx'] },
  files: [{ name: 'reference.docx', body: zipOf(REFERENCE) }],
})

/** Twentieths of a point by which each level of replies is indented. Pandoc's own step leaves a third of the line at the fourth level. */
const STEP = 400
const HANGING = 300

const EDITS = (): Edits => ({
  'word/numbering.xml': xml =>
    xml
      .replace(
        /(<w:lvl w:ilvl="(\d)">.*?)<w:ind [^>]*\/>/gs,
        (_, level: string, number: string) =>
          `${level}<w:ind w:left="${STEP * (Number(number) + 1)}" w:hanging="${HANGING}"/>`,
      )
      .replace(SHORT_NUMBER, (_, start: string, digits: string) => `${start}${digits.padStart(8, '0')}`),
  'word/document.xml': xml =>
    indentedFromTheLeft(xml.replace(STYLE_BEHIND_LIST, '$2$1')).replace(RIGHT_TO_LEFT_QUOTE, `$1${LINE_ON_THE_RIGHT}`),
})

/**
 * In a right-to-left paragraph, the indentation of a list is that of the right side. A reply keeps its place below the post that it answers,
 * and the room of the bullet, which pandoc also leaves in paragraphs without one, is on the right.
 */
const indentedFromTheLeft = (xml: string): string =>
  xml.replace(RIGHT_TO_LEFT_ITEM, (found, level: string) => {
    const room = `w:left="${HANGING}" w:right="${STEP * (Number(level) + 1)}" w:hanging="${HANGING}"`
    return `${found}<w:ind ${room}/>`
  })

/** The schema wants eight digits; pandoc writes fewer. */
const SHORT_NUMBER = /(<w:nsid w:val=")([0-9A-F]{1,7})(?=")/g

/** Word wants the style first. */
const STYLE_BEHIND_LIST = /(<w:numPr>(?:(?!<\/w:numPr>).)*<\/w:numPr>)\s*(<w:pStyle [^>]*\/>)/gs

/** A style of paragraphs knows sides only, not where lines begin. */
const RIGHT_TO_LEFT_QUOTE =
  /(<w:pStyle w:val="BlockText"\s*\/>\s*(?:<w:numPr>(?:(?!<\/w:numPr>).)*<\/w:numPr>\s*)?)(?=<w:bidi)/gs

const LINE_ON_THE_RIGHT = `<w:pBdr><w:left w:val="nil"/>${quoteLine('right')}</w:pBdr>`

const RIGHT_TO_LEFT_ITEM =
  /<w:numPr>\s*<w:ilvl w:val="(\d)"\s*\/>\s*<w:numId w:val="\d+"\s*\/>\s*<\/w:numPr>\s*<w:bidi\s*\/>/g
