import { UsageError } from '../../model/errors.js'
import type { PackageReport } from '../../model/reports/package.js'
import { VERSION } from '../../model/version.js'
import { codebookJson } from '../codebook/codebook.js'
import { codebookMarkdown } from '../codebook/markdown.js'
import type { Chunks, ExportedTable, ExportFile } from '../exporter.js'
import { ANNOTATION_COLUMNS } from '../table/annotation-columns.js'
import { bagInfo, DECLARATION, manifestLines } from './bagit.js'
import { dataPackage } from './data-package.js'
import {
  below,
  type Companion,
  type PackageDocument,
  type PackageFacts,
  type PackagePart,
  type PackagePlan,
  type PackedData,
  type PackedFile,
  type PackedPart,
  partFiles,
} from './parts.js'
import { readmeText } from './readme.js'
import { roCrate } from './ro-crate.js'
import { counting, rowCounterOf } from './row-counter.js'
import { hasGaps } from './survey.js'

/** Gives files to be written, and takes back each with its hash and size before it gives the next. */
type Packing<Result> = Generator<ExportFile, Result, PackedFile>

/** The folder of all that is not about the bag itself. */
export const DATA = 'data/'

/** The files of a package in an order in which all that one says of others is known when it is made. */
export function* packageFiles(plan: PackagePlan): Packing<PackageReport> {
  const { about, survey, collection, withheld, sample, isAnnotated } = plan
  const payload: PackedFile[] = []
  const parts: PackedPart[] = []
  for (const part of plan.parts) parts.push(yield* packPart(part, payload))
  const documents: PackageDocument[] = []
  for (const { name, what, body } of [...plan.companions, ...codebooks(plan)])
    documents.push({ ...(yield* pack(name, body, payload)), what })
  const facts = { about, survey, collection, withheld, sample, isAnnotated, parts, documents, version: VERSION }
  const readme = readmeText(facts)
  yield* pack('README.md', [readme.replaceAll('](data/', '](')], payload)
  yield* pack('datapackage.json', [jsonText(dataPackage(facts))], payload)
  yield* pack('ro-crate-metadata.json', [jsonText(roCrate(facts))], payload)
  yield* tagFiles(plan, readme, payload)
  return reportOf(facts, payload)
}

const reportOf = (
  { about, survey, sample, parts, documents }: PackageFacts,
  payload: readonly PackedFile[],
): PackageReport => ({
  title: about.title,
  files: payload.length,
  bytes: payload.reduce((sum, { bytes }) => sum + bytes, 0),
  threads: survey.threads,
  sample,
  hasGaps: hasGaps(survey),
  formats: parts.map(({ format, name, tally: { threads, posts, captures = null }, data }) => ({
    ...{ format, name, threads, posts, captures },
    data: data.map(({ name: file, rows }) => ({ name: file, rows })),
  })),
  documents: documents.map(({ name }) => name),
})

const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** One file below `data/`. Its name in `payload` is without that. */
function* pack(name: string, body: Chunks, payload: PackedFile[]): Packing<PackedFile> {
  const { sha256, bytes } = yield { name: `${DATA}${name}`, body }
  const file = { name, sha256, bytes }
  payload.push(file)
  return file
}

function* packPart(part: PackagePart, payload: PackedFile[]): Packing<PackedPart> {
  const { exporter, about, media, tally } = part
  const { name, files } = partFiles(part)
  const tables = exporter.tables?.(about) ?? []
  const folder = name.endsWith('/') ? name : ''
  const data: PackedData[] = []
  for (const file of files) {
    if (file.name.endsWith('/'))
      throw new UsageError(
        `The format ${exporter.name} needs empty folders, which a package cannot hold.`,
        'Choose another.',
      )
    const table = tables.find(one => `${folder}${one.file}` === (folder === '' ? '' : file.name)) ?? null
    const packed = yield* packData(file, table, payload)
    if (folder === '' || table) data.push(packed)
  }
  for (const copy of below(folder, media.copies())) yield* pack(copy.name, copy.body, payload)
  return { format: exporter.name, summary: exporter.summary, name, tally, data }
}

function* packData(
  { name, body }: ExportFile,
  table: ExportedTable | null,
  payload: PackedFile[],
): Packing<PackedData> {
  const counter = rowCounterOf(name)
  const file = yield* pack(name, counter ? counting(body, counter) : body, payload)
  return { ...file, rows: counter?.rows ?? null, table }
}

/** Of the tables that the formats of the package write. */
function codebooks({ parts, tables }: PackagePlan): Companion[] {
  const formats = parts.map(({ exporter }) => exporter.name)
  const isAnnotated = parts.some(({ exporter, about }) =>
    exporter.tables?.(about).some(({ columns }) => ANNOTATION_COLUMNS.some(column => columns.includes(column))),
  )
  const own = tables.filter(
    ({ columns, formats: writers }) =>
      writers.some(format => formats.includes(format)) || (isAnnotated && columns === ANNOTATION_COLUMNS),
  )
  if (own.length === 0) return []
  return [
    { name: 'codebook.md', what: 'what each column means', body: [codebookMarkdown(own, 'Codebook')] },
    { name: 'codebook.json', what: 'the same for programs', body: [codebookJson(own)] },
  ]
}

/** What BagIt wants around the data, and the first page. */
function* tagFiles({ about, survey }: PackagePlan, readme: string, payload: readonly PackedFile[]): Packing<void> {
  const listed = payload.map(file => ({ ...file, name: `${DATA}${file.name}` }))
  const tags: PackedFile[] = []
  tags.push(yield { name: 'README.md', body: [readme] })
  tags.push(yield { name: 'bagit.txt', body: [DECLARATION] })
  tags.push(yield { name: 'bag-info.txt', body: [bagInfo(about, payload, survey.madeAt)] })
  tags.push(yield { name: 'manifest-sha256.txt', body: manifestLines(listed) })
  yield { name: 'tagmanifest-sha256.txt', body: manifestLines(tags) }
}

/** @throws UsageError for a format that no package can hold. */
export function refuseOutsiders(parts: readonly Pick<PackagePart, 'exporter'>[]): void {
  for (const { exporter } of parts)
    if (exporter.outsidePackages !== undefined)
      throw new UsageError(
        `The format ${exporter.name} cannot be in a package. ${exporter.outsidePackages}`,
        'Leave it out of --formats.',
      )
}
