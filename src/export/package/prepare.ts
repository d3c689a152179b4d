import type { ArchiveReader } from '../../model/archive.js'
import type { Converter } from '../../model/conversion.js'
import { UsageError } from '../../model/errors.js'
import type { PackageAbout } from '../../model/reports/package.js'
import type { Exporter, OptionValue } from '../exporter.js'
import { mediaFor } from '../media.js'
import { type ExportRequest, givenSelection, prepareExport, selectionOf } from '../prepare.js'
import { coveredArchive } from '../pseudonyms/privacy.js'
import { refusePrivateGroups } from '../pseudonyms/private-groups.js'
import { checkPrivacy, type OpenKey, type PrivacyRequest } from '../pseudonyms/request.js'
import { checkedAbout } from './about.js'
import { refuseOutsiders } from './package.js'
import type { PackagePart, PackagePlan } from './parts.js'
import { FOR_PUBLIC, madeAt, planPackage } from './plan.js'

/** What is packed, and how. */
export interface PackageRequest extends Omit<ExportRequest, 'format'> {
  /** What the package is: title, description, creators, licence, consent, contact, and more. */
  about: PackageAbout
  /** Names of formats. Default: `csv`, `jsonl`, `md`. */
  formats?: readonly string[]
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
 * that may not be public.
 */
export async function preparePackage(
  { pseudonyms, shareKey, names, noVerbatim, dropLinks, dates, ...request }: PackageRequest,
  archive: ArchiveReader,
  builtIn: readonly Exporter[],
  surroundings: Surroundings,
): Promise<PackagePlan> {
  const about = checkedAbout(request.about, 'about')
  if (request.media === 'link')
    throw new UsageError('Links to files beside the archive would lead out of the package.', 'Choose copy or none.')
  const given = { pseudonyms, shareKey, names, noVerbatim, dropLinks, dates, includePrivate: request.includePrivate }
  const privacy = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as PrivacyRequest
  // Once for all formats: it reads all texts.
  const covered = coveredArchive(archive, privacy, surroundings.openKey)
  const parts = (request.formats ?? DEFAULT_FORMATS).map(format =>
    partOf(
      format,
      { ...request, media: request.media ?? (covered.people ? 'none' : 'copy') },
      covered.archive,
      builtIn,
      surroundings,
    ),
  )
  refuseOutsiders(parts)
  for (const { exporter, about: own } of parts) {
    checkPrivacy(privacy, exporter)
    await exporter.ready?.(own.converter, own.options)
  }
  const [first] = parts
  if (!first) throw new UsageError('A package of no format has no data.', 'Name one: formats: ["csv"]')
  const chosen = selectionOf(request, { ...first.exporter, leavesOut: [] }, archive, surroundings.now)
  refusePrivateGroups(FOR_PUBLIC, [chosen], archive, request.includePrivate)
  const threads = covered.archive.threadSummaries(chosen)
  const what = { about, parts, threads, privacy, madeAt: madeAt(archive), selection: givenSelection(request) }
  return planPackage({ ...covered, ...what, shipped: surroundings.shipped }).plan
}

function partOf(
  format: string,
  { options = {}, about: _, formats: __, ...request }: PackageRequest,
  archive: ArchiveReader,
  builtIn: readonly Exporter[],
  surroundings: Surroundings,
): PackagePart {
  const all = [...builtIn, ...(request.exporters ?? [])]
  const own = all.find(({ name }) => name === format)?.options ?? {}
  const given: Record<string, OptionValue> = Object.fromEntries(
    Object.entries(options).filter(([name]) => Object.hasOwn(own, name)),
  )
  const prepared = prepareExport({ ...request, format, options: given }, undefined, archive, builtIn, surroundings)
  const { exporter, threads, about, tally } = prepared
  const media = mediaFor({ kind: 'folder', folder: '.', template: '' }, about.archive, prepared.media, exporter)
  return { exporter, threads, about: { ...about, media: media.lookup }, media, tally }
}
