import type { ArchiveReader } from '../../model/archive.js'
import type { Converter } from '../../model/conversion.js'
import { UsageError } from '../../model/errors.js'
import type { About } from '../../model/reports/package.js'
import { exportTables } from '../codebook/codebook.js'
import type { Exporter, OptionValue } from '../exporter.js'
import { mediaFor } from '../media.js'
import { type ExportRequest, prepareExport, selectionOf } from '../prepare.js'
import type { OpenKey } from '../pseudonyms/request.js'
import { checkedAbout } from './about.js'
import { refuseOutsiders, refusePrivateGroups } from './package.js'
import type { PackagePart, PackagePlan } from './parts.js'
import { surveyOf } from './survey.js'

/** What is packed, and how. */
export interface PackageRequest extends Omit<ExportRequest, 'format'> {
  /** What the package is: title, description, creators, licence, consent, contact, and more. */
  about: About
  /** Names of formats. Default: `csv`, `jsonl`, `md`. */
  formats?: readonly string[]
  /** True: private and hidden groups, too. */
  includePrivate?: boolean
}

export const DEFAULT_FORMATS: readonly string[] = ['csv', 'jsonl', 'md']

interface Surroundings {
  now: number
  converter: Converter
  openKey: OpenKey
  /** The text of a file that comes with threadkeep. */
  shipped(path: string): string
}

/**
 * @throws UsageError for what `about` lacks, a format that is unknown or cannot be packed, a name that the archive does not hold, and a group
 * that is not public.
 */
export async function preparePackage(
  request: PackageRequest,
  archive: ArchiveReader,
  builtIn: readonly Exporter[],
  surroundings: Surroundings,
): Promise<PackagePlan> {
  const about = checkedAbout(request.about, 'about')
  const parts = (request.formats ?? DEFAULT_FORMATS).map(format =>
    partOf(format, request, archive, builtIn, surroundings),
  )
  refuseOutsiders(parts)
  for (const { exporter, about: own } of parts) await exporter.ready?.(own.converter, own.options)
  const [first] = parts
  if (!first) throw new UsageError('A package of no format has no data.', 'Name one: formats: ["csv"]')
  const selection = selectionOf(request, { ...first.exporter, leavesOut: [] }, archive, surroundings.now)
  const survey = surveyOf(archive.threadSummaries(selection), archive)
  if (!request.includePrivate) refusePrivateGroups(survey)
  return { about, survey, parts, tables: exportTables(surroundings.shipped), companions: [], withheld: [] }
}

function partOf(
  format: string,
  { options = {}, ...request }: PackageRequest,
  archive: ArchiveReader,
  builtIn: readonly Exporter[],
  surroundings: Surroundings,
): PackagePart {
  const exporter = [...builtIn, ...(request.exporters ?? [])].find(({ name }) => name === format)
  const own = Object.entries(options).filter(([name]) => Object.hasOwn(exporter?.options ?? {}, name))
  const given: Record<string, OptionValue> = Object.fromEntries(own)
  const prepared = prepareExport({ ...request, format, options: given }, undefined, archive, builtIn, surroundings)
  const media = mediaFor(
    { kind: 'folder', folder: '.', template: '' },
    prepared.about.archive,
    prepared.media,
    prepared.exporter,
  )
  const { threads, about, tally } = prepared
  return { exporter: prepared.exporter, threads, about: { ...about, media: media.lookup }, media, tally }
}
