import type { SampleFigures } from '../../model/coding/sample.js'
import type { PackageAbout } from '../../model/reports/package.js'
import type { TableFacts } from '../codebook/tables.js'
import type { ExportedTable, ExportFile } from '../exporter.js'
import { documentsOf, type FolderContent, type Tally } from '../files.js'
import { DEFAULT_TEMPLATE } from '../names.js'
import { documentFiles } from '../parts.js'
import type { Survey } from './survey.js'

/** One format of a package. */
export interface PackagePart extends FolderContent {
  /** Counts the threads as they pass. */
  tally: Tally
  /** Item types of opening posts that are left out. */
  leftOutTypes: readonly string[]
}

/** A document that a package has beside its data. */
export interface Companion {
  /** Name of its file. */
  name: string
  /** What it is, as a phrase. */
  what: string
  body: Iterable<string>
}

/** A file that was written: its name, the hash of its bytes, and their number. */
export interface PackedFile {
  name: string
  sha256: string
  bytes: number
}

/** A document that was written. */
export interface PackageDocument extends PackedFile {
  what: string
}

/** What a part has written. */
export interface PackedPart {
  format: string
  summary: string
  /** A file, or with `/` at its end a folder. */
  name: string
  tally: Tally
  /** Its file, or those of a folder that are tables. */
  data: readonly PackedData[]
}

/** A file of data. */
export interface PackedData extends PackedFile {
  /** Number of rows, without the line of names; null: its rows are not lines. */
  rows: number | null
  /** Null: it is no table. */
  table: ExportedTable | null
}

/** All that a package is made of. */
export interface PackagePlan {
  about: PackageAbout
  survey: Survey
  /** How the data were collected, in sentences. */
  collection: string
  parts: readonly PackagePart[]
  /** All tables that there are, for the codebook. */
  tables: readonly TableFacts[]
  /** Documents besides: how the data was collected, what risk is left, … */
  companions: readonly Companion[]
  /** What was withheld of people, as phrases. */
  withheld: readonly string[]
  /** How the threads were drawn, in all parts alike; null: all that were selected are there. */
  sample: SampleFigures | null
  /** Posts have codes and notes of coders. */
  isAnnotated: boolean
}

/** What its metadata say. */
export interface PackageFacts
  extends Pick<PackagePlan, 'about' | 'survey' | 'collection' | 'withheld' | 'sample' | 'isAnnotated'> {
  parts: readonly PackedPart[]
  documents: readonly PackageDocument[]
  version: string
}

/** The files of a part below the folder of data: one called `posts` where the format has one, else a folder of its name. */
export function partFiles({ exporter, threads, about }: FolderContent): { name: string; files: Iterable<ExportFile> } {
  const own = exporter.files?.(threads, about) ?? null
  const folder = `${exporter.name}/`
  if (own) return { name: folder, files: below(folder, own) }
  if (exporter.delivery === 'folder' && exporter.scope === 'thread')
    return { name: folder, files: below(folder, documentsOf(exporter, threads, about, DEFAULT_TEMPLATE)) }
  const name = `posts.${exporter.extension}`
  return { name, files: documentFiles(exporter, threads, about, name) }
}

/** The same files with a folder before their names. */
export function* below(folder: string, files: Iterable<ExportFile>): Generator<ExportFile> {
  for (const file of files) yield { ...file, name: `${folder}${file.name}` }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{ csv: 'text/csv', tsv: 'text/tab-separated-values', json: 'application/json', jsonl: 'application/jsonl' },
  ...{ md: 'text/markdown', txt: 'text/plain', html: 'text/html', svg: 'image/svg+xml', atom: 'application/atom+xml' },
  ...{ jsonld: 'application/ld+json', xml: 'application/xml', qdpx: 'application/zip' },
  ...{ parquet: 'application/vnd.apache.parquet', pdf: 'application/pdf', epub: 'application/epub+zip' },
  ...{ docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', mbox: 'application/mbox' },
  ...{ gz: 'application/gzip', wacz: 'application/wacz', graphml: 'application/xml', gexf: 'application/xml' },
}

/** By the end of a name. */
export const mediaTypeOf = (name: string): string =>
  MEDIA_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
