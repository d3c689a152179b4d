import type { ArchiveReader } from '../../model/archive.js'
import type { ExportFacts, MethodsReport } from '../../model/reports/methods.js'
import { exportFacts, methodsMarkdown, methodsOf, methodsRecord } from '../methods/index.js'
import type { PrivacyRequest } from '../pseudonyms/request.js'
import type { RiskReport } from '../risk/risk-report.js'
import type { Companion, PackagePart } from './parts.js'

/** How the data were collected, and what the formats leave out. `selection`: as it was given; empty: all. `closed`: as of `methodsOf`. */
export const methodsReport = (
  parts: readonly PackagePart[],
  archive: ArchiveReader,
  selection: string,
  closed: boolean,
): MethodsReport =>
  methodsOf(
    archive,
    parts.filter(isOfThreads).map(part => factsOf(part, selection)),
    closed,
  )

export const methodsDocuments = (report: MethodsReport): Companion[] => [
  { name: 'methods.md', what: 'how the data were collected, for a methods section', body: methodsMarkdown(report) },
  { name: 'methods.json', what: 'the same for programs', body: [`${JSON.stringify(methodsRecord(report))}\n`] },
]

/** When, with which version, and as whom the data were collected: the first questions of a reviewer. */
export const collectionOf = ({ sentences }: MethodsReport): string =>
  sentences
    .filter(({ about }) => about === 'software' || about === 'readers')
    .map(({ text }) => text)
    .join(' ')

const factsOf = ({ exporter, about, leftOutTypes }: PackagePart, selection: string): ExportFacts =>
  exportFacts(
    { format: exporter.name, selection, leftOutTypes, status: about.status, sample: about.sample ?? null },
    about.again(),
    about.archive,
  )

export const isOfThreads = ({ exporter }: Pick<PackagePart, 'exporter'>): boolean => exporter.content !== 'captures'

/** What still leads to people, in numbers alone: the report with the places shows where to look, and is not published. */
export const riskDocument = ({ posts, pseudonyms, findings }: RiskReport): Companion => ({
  name: 'residual-risk.md',
  what: 'what still leads to people, in numbers',
  body: [
    '# Residual risk\n\n',
    pseudonyms
      ? 'Names of members have been replaced by pseudonyms. **This makes nobody anonymous.** '
      : 'Names of members have **not** been replaced. ',
    `What is counted here may still lead to people, and a program does not find all of it. ${posts} posts were searched.\n\n`,
    '| what | found | in posts |\n| --- | ---: | ---: |\n',
    ...findings.map(({ about, count, posts: inPosts }) => `| ${about} | ${count} | ${inPosts} |\n`),
    '\nPlease do not try to find out who wrote a post, and do not quote posts word for word where a search engine could find them.\n',
  ],
})

/** What was withheld, as phrases. */
export const withheldOf = ({ pseudonyms, noVerbatim, dropLinks, dates }: PrivacyRequest): string[] => [
  ...(pseudonyms === undefined ? [] : ['names of members are pseudonyms']),
  ...(noVerbatim ? ['texts are left out'] : []),
  ...(dropLinks ? ['addresses are left out'] : []),
  ...(dates === 'month' ? ['times say no more than the month'] : []),
]
