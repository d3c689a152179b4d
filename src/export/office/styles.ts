/** Points to twips, of which there are twenty in a point. */
const twips = (points: number): number => Math.round(points * 20)

interface Look {
  /** Paragraph properties of WordprocessingML, in the order of its schema. */
  paragraph?: string
  /** Run properties of WordprocessingML, in the order of its schema. */
  run?: string
  basedOn?: string | null
  next?: string
}

const GREY = '595959'
/** 7:1 on white. */
const BLUE = '1F4E79'

const spacing = (before: number, after: number): string =>
  `<w:spacing w:before="${twips(before)}" w:after="${twips(after)}"/>`

/** Half points. Of right-to-left and other complex scripts, too. */
const size = (points: number): string => `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`

const fonts = (latin: string, complex: string): string =>
  `<w:rFonts w:ascii="${latin}" w:hAnsi="${latin}" w:cs="${complex}"/>`

const SANS = fonts('Calibri', 'Arial')
const BOLD = '<w:b/><w:bCs/>'
const colour = (rgb: string): string => `<w:color w:val="${rgb}"/>`

const heading = (level: number, points: number): [string, Look] => [
  `heading ${level}`,
  {
    paragraph: `<w:keepNext/><w:keepLines/>${spacing(level === 1 ? 24 : 14, 6)}<w:outlineLvl w:val="${level - 1}"/>`,
    run: SANS + BOLD + colour(BLUE) + size(points),
    next: 'BodyText',
  },
]

/** Styles by the names under which pandoc looks for them. Body texts look the same first in a list, in a table and after a heading. */
const PARAGRAPHS: readonly [string, Look][] = [
  ['Normal', { paragraph: spacing(0, 8), basedOn: null }],
  ['Body Text', {}],
  ['First Paragraph', { next: 'BodyText' }],
  // No room between the items of a list, and some behind it.
  ['Compact', { paragraph: `${spacing(0, 8)}<w:contextualSpacing/>` }],
  ['Title', { paragraph: `<w:keepNext/>${spacing(0, 10)}`, run: SANS + BOLD + colour(BLUE) + size(18) }],
  ['Status', { paragraph: statusLook(), run: SANS + colour(GREY) + size(10) }],
  ['Thread Status', { paragraph: `<w:keepNext/>${spacing(0, 8)}`, run: SANS + colour(GREY) + size(10) }],
  ['Post Line', { paragraph: `<w:keepNext/>${spacing(0, 2)}` }],
  ['Picture', { paragraph: `<w:keepNext/>${spacing(4, 2)}` }],
  ['Picture Alone', { paragraph: spacing(4, 8) }],
  ['Picture Words', { paragraph: spacing(0, 8), run: SANS + colour(GREY) + size(9) }],
  heading(1, 15),
  heading(2, 13),
  heading(3, 12),
  ['Block Text', { paragraph: `${quoteBorder()}${spacing(0, 8)}<w:ind w:left="240"/>`, run: colour(GREY) }],
  ['Source Code', { paragraph: `<w:shd w:val="clear" w:fill="F2F2F2"/>${spacing(0, 8)}`, run: code() }],
  ['footer', { paragraph: '<w:jc w:val="center"/>', run: SANS + colour(GREY) + size(9) }],
]

function statusLook(): string {
  return `<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="8" w:color="A6A6A6"/></w:pBdr>${spacing(0, 14)}`
}

function quoteBorder(): string {
  return `<w:pBdr>${quoteLine('left')}</w:pBdr>`
}

/** The line beside a quotation. */
export function quoteLine(side: 'left' | 'right'): string {
  return `<w:${side} w:val="single" w:sz="12" w:space="8" w:color="BFBFBF"/>`
}

function code(): string {
  return `${fonts('Consolas', 'Courier New')}${size(9.5)}`
}

const CHARACTERS: readonly [string, string][] = [
  ['Verbatim Char', code()],
  ['Hyperlink', `${colour(BLUE)}<w:u w:val="single"/>`],
]

const idOf = (name: string): string => name.replace(/^\w| \w/g, letters => letters.trim().toUpperCase())

function paragraphStyle([name, { paragraph = '', run = '', basedOn = 'Normal', next }]: [string, Look]): string {
  const flag = basedOn === null ? ' w:default="1"' : ''
  const relations = `${basedOn === null ? '' : `<w:basedOn w:val="${basedOn}"/>`}${next ? `<w:next w:val="${next}"/>` : ''}`
  const look = `<w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr>`
  return `<w:style w:type="paragraph"${flag} w:styleId="${idOf(name)}"><w:name w:val="${name}"/>${relations}<w:qFormat/>${look}</w:style>`
}

const characterStyle = ([name, run]: readonly [string, string]): string =>
  `<w:style w:type="character" w:styleId="${idOf(name)}"><w:name w:val="${name}"/><w:rPr>${run}</w:rPr></w:style>`

/** A table with lines between rows; pandoc asks for it as `Table`. */
const TABLE =
  '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:tblPr><w:tblBorders>' +
  ['top', 'bottom', 'insideH'].map(side => `<w:${side} w:val="single" w:sz="4" w:color="A6A6A6"/>`).join('') +
  '</w:tblBorders><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'

const DEFAULTS =
  `<w:docDefaults><w:rPrDefault><w:rPr>${fonts('Cambria', 'Times New Roman')}${size(11)}` +
  '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'

/** `word/styles.xml` of the reference document. `open`: declaration and name space. */
export const stylesXml = (open: string): string =>
  [
    `${open}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${DEFAULTS}`,
    ...PARAGRAPHS.map(paragraphStyle),
    ...CHARACTERS.map(characterStyle),
    `${TABLE}</w:styles>`,
  ].join('\n')
