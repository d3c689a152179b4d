import type { Citation } from './citation.js'
import { bibtex, cslItem, ris } from './data.js'
import { apa, chicago, mla } from './texts.js'

export { type Citation, citeArchive, citeReply, citeThread } from './citation.js'

/** How citations are written. Several of one style make one document. */
export interface CitationStyle {
  name: string
  /** What it is called in a heading. */
  title: string
  write(citations: readonly Citation[]): string
}

const inLines =
  (one: (citation: Citation) => string) =>
  (citations: readonly Citation[]): string =>
    citations.map(citation => `${one(citation)}\n`).join('\n')

/** All styles, the default first. */
export const CITATION_STYLES: readonly CitationStyle[] = [
  { name: 'apa', title: 'APA (7th edition)', write: inLines(apa) },
  { name: 'mla', title: 'MLA (9th edition)', write: inLines(mla) },
  { name: 'chicago', title: 'Chicago (17th edition, bibliography)', write: inLines(chicago) },
  { name: 'bibtex', title: 'BibTeX', write: citations => citations.map(bibtex).join('\n') },
  { name: 'ris', title: 'RIS', write: citations => citations.map(ris).join('\r\n') },
  { name: 'csl-json', title: 'CSL-JSON', write: citations => `${JSON.stringify(citations.map(cslItem), null, 2)}\n` },
]
