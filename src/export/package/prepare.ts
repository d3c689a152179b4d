import type { ArchiveReader } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { coversClosedGroups } from '../closed-groups.js'
import { leftOutOf } from '../coding/sample.js'
import { formatOf } from '../destination.js'
import type { Exporter, OptionValue } from '../exporter.js'
import { refuseWithoutFlat } from '../matching.js'
import { mediaFor } from '../media.js'
import { exportOptions } from '../options.js'
import {
  allFormats,
  givenSelection,
  type PreparedArchive,
  preparedArchive,
  prepareFormat,
  type Surroundings,
  selectionOf,
} from '../prepare.js'
import { checkedAbout } from './about.js'
import { refuseOutsiders } from './package.js'
import type { PackagePart, PackagePlan } from './parts.js'
import { madeAt, planPackage, refuseGroups } from './plan.js'
import type { PackageRequest } from './request.js'

const DEFAULT_FORMATS: readonly string[] = ['csv', 'jsonl', 'md']

interface PackageSurroundings extends Surroundings {
  /** The text of a file that comes with threadkeep. */
  shipped(path: string): string
}

/**
 * @throws UsageError for what `about` lacks, a format that is unknown or cannot be packed, a name that the archive does not hold, a group
 * that may not be public, a sample that can't be drawn, and annotations that don't fit.
 */
export async function preparePackage(
  request: PackageRequest,
  whole: ArchiveReader,
  builtIn: readonly Exporter[],
  { shipped, ...surroundings }: PackageSurroundings,
): Promise<PackagePlan> {
  const about = checkedAbout(request.about, 'about')
  if (request.media === 'link')
    throw new UsageError('Links to files beside the archive would lead out of the package.', 'Choose copy or none.')
  const [first, ...others] = formatsOf(request, builtIn)
  if (!first) throw new UsageError('A package of no format has no data.', 'Name one: formats: ["csv"]')
  const formats = [first, ...others]
  for (const { exporter, options } of formats) await exporter.ready?.(surroundings.converter, options)
  const all = selectionOf(request, { ...first.exporter, leavesOut: [] }, whole, surroundings.now)
  refuseGroups([all], whole, request.includePrivate)
  const exporters = formats.map(({ exporter }) => exporter)
  const ready = preparedArchive(request, exporters, whole, surroundings)
  const parts = formats.map(format => partOf(format, request, ready))
  return planPackage({
    ...{ about, parts, shipped, privacy: request, people: ready.people, archive: ready.over(whole) },
    threads: ready.sample ? (parts[0]?.about.again() ?? []) : ready.archive.threadSummaries(all),
    closed: coversClosedGroups([all], whole),
    madeAt: madeAt(whole),
    selection: givenSelection({ ...request, ...(ready.plan && { seed: ready.plan.seed }) }),
  }).plan
}

interface ChosenFormat {
  exporter: Exporter
  options: Readonly<Record<string, OptionValue>>
}

function formatsOf(request: PackageRequest, builtIn: readonly Exporter[]): ChosenFormat[] {
  const all = allFormats(request, builtIn)
  const exporters = (request.formats ?? DEFAULT_FORMATS).map(format => formatOf(format, undefined, all))
  refuseOutsiders(exporters.map(exporter => ({ exporter })))
  refuseWithoutFlat(request.posts, exporters, builtIn)
  return exporters.map(exporter => ({ exporter, options: exportOptions(exporter, ownOptions(exporter, request)) }))
}

/** An option is for each format that has it. */
const ownOptions = ({ options: own = {} }: Exporter, { options = {} }: PackageRequest): Record<string, OptionValue> =>
  Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(own, name)))

function partOf({ exporter, options }: ChosenFormat, request: PackageRequest, ready: PreparedArchive): PackagePart {
  const wanted = { ...request, media: request.media ?? (ready.people ? 'none' : 'copy') } as const
  const { threads, about, tally, media: mode } = prepareFormat(wanted, exporter, options, ready)
  const media = mediaFor({ kind: 'folder', folder: '.', template: '' }, about.archive, mode, exporter)
  const leftOutTypes = request.types ? [] : leftOutOf(exporter, ready.plan)
  return { exporter, threads, about: { ...about, media: media.lookup }, media, tally, leftOutTypes }
}
