import { stylesXml } from './styles.js'
import type { ZipEntry } from './zip.js'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const PART = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const partType = (name: string, type: string): string =>
  `<Override PartName="/word/${name}.xml" ContentType="${PART}.${type}+xml"/>`

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`

const relationships = (list: readonly string[]): string =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`

const field = (name: string): string => `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`

/** The number of the page and of all pages, in no language. */
const FOOTER = `${XML}<w:ftr ${W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${field('PAGE')}<w:r><w:t xml:space="preserve"> / </w:t></w:r>${field('NUMPAGES')}</w:p></w:ftr>`

/** A4 with margins of 2.2 cm. */
const SECTION =
  '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>' +
  '<w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1247" w:header="680" w:footer="680" w:gutter="0"/></w:sectPr>'

/** The document that gives pandoc its styles, its page and its footer. */
export const REFERENCE: readonly ZipEntry[] = [
  {
    name: '[Content_Types].xml',
    body: `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${partType('document', 'document.main')}${partType('styles', 'styles')}${partType('footer1', 'footer')}</Types>`,
  },
  { name: '_rels/.rels', body: relationships([relation('rId1', 'officeDocument', 'word/document.xml')]) },
  { name: 'word/document.xml', body: `${XML}<w:document ${W} ${R}><w:body><w:p/>${SECTION}</w:body></w:document>` },
  {
    name: 'word/_rels/document.xml.rels',
    body: relationships([relation('rId1', 'styles', 'styles.xml'), relation('rId2', 'footer', 'footer1.xml')]),
  },
  { name: 'word/styles.xml', body: stylesXml(XML) },
  { name: 'word/footer1.xml', body: FOOTER },
]
