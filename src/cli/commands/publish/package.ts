import { extname, resolve } from 'node:path'
import type { CodedArchive } from '../../../export/coding/coded-archive.js'
import { leftOutOf, type SamplePlan, samplePlan, shownSample } from '../../../export/coding/sample.js'
import type { PackagePart } from '../../../export/package/parts.js'
import type { CoveredArchive } from '../../../export/pseudonyms/privacy.js'
import type { PrivacyRequest } from '../../../export/pseudonyms/request.js'
import { shownBy } from '../../../export/shown.js'
import type { ArchiveReader, Selection, ThreadSummary } from '../../../model/archive.js'
import type { Converter } from '../../../model/conversion.js'
import { UsageError } from '../../../model/errors.js'
import type { PackageAbout, PackageReport } from '../../../model/reports/package.js'
import type { PackageTarget } from '../../../node/package/write-package.js'
import { readTextFile } from '../../files/text-file.js'
import { filterOf } from '../../options/filters.js'
import { readArchive } from '../../options/globals.js'
import { coveredBy } from '../../options/pseudonym-flags.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { selectionsOf, union } from '../../options/selection.js'
import { type Pause, withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { count } from '../../text/phrases.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'
import { type CodingWishes, codedOf, readAnnotationFiles, saySample, threadsOf } from './export-coding.js'
import { converterFor } from './export-delivery.js'
import { type ChosenFormat, chosenFormats } from './export-formats.js'
import { otherIdsBy, privacyOf } from './export-privacy.js'
import { writeRisk } from './export-risk.js'
import { namesOf } from './export-words.js'
import type { Options } from './package-flags.js'

export { add, examples } from './package-flags.js'

export const run = (options: Options, io: Io): Promise<void> => withPause(io, pause => packageAll(options, pause, io))

async function packageAll(options: Options, pause: Pause, io: Io): Promise<void> {
  if (options.aboutTemplate) {
    const { ABOUT_TEMPLATE } = await import('../../../export/package/about.js')
    io.stdout.write(ABOUT_TEMPLATE)
    return
  }
  const about = await readAbout(options, io)
  const target = await targetOf(options, about, io)
  const { formats, plan } = await wantedFormats(options, io)
  const exporters = formats.map(({ exporter }) => exporter)
  const privacy = await privacyOf({ ...options, output: target.path }, exporters, io)
  const annotations = await readAnnotationFiles(options.annotations ?? [], io)
  const report = await readArchive(options, io, async ({ reader, search }) => {
    await pause(NOTHING)
    for (const { filter } of formats) if (filter.matching) refuseUnknownNames(filter.matching, search)
    return write({ formats, about, target, privacy, plan, annotations }, options, reader, pause, io)
  })
  if (options.json) io.stdout.write(packageJson(report, target))
  else if (!options.quiet) io.stderr.write(packageLines(report, target))
}

const NOTHING = 'nothing was written.'

/** @throws UsageError for what the file lacks. */
async function readAbout({ about: file }: Options, io: Io): Promise<PackageAbout> {
  const { aboutOf } = await import('../../../export/package/about.js')
  const advice = 'An example: threadkeep package --about-template > about.yaml'
  if (file === undefined)
    throw new UsageError('A package needs a file that says what it is.', `Name it with --about. ${advice}`)
  return aboutOf(await readTextFile(file, 'file', advice, io), file)
}

async function targetOf({ output }: Options, about: PackageAbout, io: Io): Promise<PackageTarget> {
  const { refuseTaken } = await import('../../../node/package/write-package.js')
  const { slugOf } = await import('../../../export/package/about.js')
  if (output === undefined || output.trim() === '' || output === '-')
    throw new UsageError('A package is a folder or a zip file.', 'Name it: -o deposit/ or -o deposit.zip')
  const path = resolve(io.cwd, output)
  const target = {
    path,
    folderInZip: extname(path).toLowerCase() === '.zip' && !output.endsWith('/') ? slugOf(about) : null,
  }
  refuseTaken(target)
  return target
}

/** What the options mean, before an archive is opened. */
interface Wanted extends ChosenFormat {
  filter: Selection
  leftOutTypes: readonly string[]
  view: ReturnType<typeof shownBy>
}

async function wantedFormats(options: Options, io: Io): Promise<{ formats: Wanted[]; plan: SamplePlan | null }> {
  const { EXPORTERS } = await import('../../../export/index.js')
  const { refuseOutsiders } = await import('../../../export/package/package.js')
  const { formats: format, output: _, ...others } = options
  const chosen = chosenFormats({ ...others, format }, EXPORTERS)
  refuseOutsiders(chosen)
  const exporters = chosen.map(({ exporter }) => exporter)
  const plan = samplePlan(options, exporters)
  for (const { exporter, options: own } of chosen) await exporter.ready?.(converterFor(io), own)
  const formats = chosen.map(one => {
    const leftOutTypes = options.types === undefined ? leftOutOf(one.exporter, plan) : []
    return { ...one, leftOutTypes, filter: filterOf(options, leftOutTypes, io), view: shownBy(options, one.exporter) }
  })
  return { formats, plan }
}

/** What is packed: the formats, what is said of them, where they go, and what is withheld. */
interface Packed extends CodingWishes {
  formats: readonly Wanted[]
  about: PackageAbout
  target: PackageTarget
  privacy: PrivacyRequest
}

async function write(
  packed: Packed,
  options: Options,
  reader: ArchiveReader,
  started: Pause,
  io: Io,
): Promise<PackageReport> {
  const { refuseGroups } = await import('../../../export/package/plan.js')
  const { keepHeapSmall } = await import('../../../run/parsing/heap.js')
  keepHeapSmall()
  const { privacy } = packed
  const selections = selectionsOf(reader, options, filterOf(options, [], io))
  refuseGroups(selections, reader, privacy.includePrivate)
  const formats = packed.formats.map(one => ({ ...one, selections: selectionsOf(reader, options, one.filter) }))
  const otherIds = await otherIdsBy(privacy, packed.annotations, io)
  const coded = await codedOf(formats, packed, options.status, reader, otherIds)
  saySample(coded, options, io)
  await started(NOTHING)
  const covered = await coveredBy(privacy, [packed.target.path], coded.archive, io)
  const sample = coded.sample && shownSample(coded.sample, covered.people !== null)
  return withPause(io, async (pause, signal) => {
    const how = { ...coded, ...covered, sample, options, cwd: io.cwd, converter: converterFor(io, signal) }
    await started(NOTHING)
    const parts = await Promise.all(formats.map(format => partOf(format, how)))
    return writePlanned(packed, { parts, selections, reader, isSample: coded.sample !== undefined }, how, pause, io)
  })
}

/** What is in a package. */
interface Content {
  parts: PackagePart[]
  selections: readonly Selection[]
  reader: ArchiveReader
  isSample: boolean
}

async function writePlanned(
  { about, target, privacy, plan: drawing }: Packed,
  { parts, selections, reader, isSample }: Content,
  { archive, people, over, options }: How & CoveredArchive,
  pause: Pause,
  io: Io,
): Promise<PackageReport> {
  const { coversClosedGroups } = await import('../../../export/closed-groups.js')
  const { packageFiles } = await import('../../../export/package/package.js')
  const { madeAt, planPackage } = await import('../../../export/package/plan.js')
  const { writePackage } = await import('../../../node/package/write-package.js')
  const { shippedText } = await import('../../../node/shipped.js')
  const { plan, risk } = planPackage({
    ...{ about, parts, privacy, people, archive: over(reader), shipped: shippedText },
    threads: isSample
      ? (parts[0]?.about.again() ?? [])
      : union<ThreadSummary>(selections, one => archive.threadSummaries(one)),
    closed: coversClosedGroups(selections, reader),
    madeAt: madeAt(reader),
    selection: namesOf({ ...options, ...(drawing && { seed: drawing.seed }) }),
  })
  const report = await writePackage(target, packageFiles(plan), pause)
  if (risk && (people || options.riskReport))
    await writeRisk(risk, stemOf(target, options, io), { ...options, privacy }, io)
  return report
}

/** Beside the package, never in it. */
const stemOf = ({ path }: PackageTarget, { riskReport }: Options, io: Io): string =>
  (riskReport === undefined ? `${path.replace(/\.zip$/i, '')}.risk` : resolve(io.cwd, riskReport)).replace(
    /\.(?:md|json)$/i,
    '',
  )

interface How extends Pick<CoveredArchive, 'people'>, CodedArchive {
  options: Options
  cwd: string
  converter: Converter
}

async function partOf(
  { exporter, options: own, view, selections, leftOutTypes }: Wanted & { selections: readonly Selection[] },
  { archive, sample, isAnnotated = false, people, options, cwd, converter }: How,
): Promise<PackagePart> {
  const [{ counted, countedCaptures }, { mediaFor }] = await Promise.all([
    import('../../../export/files.js'),
    import('../../../export/media.js'),
  ])
  const again = () => threadsOf(selections, archive, view.status)
  const tally = { threads: 0, posts: 0 }
  const captures = () => countedCaptures(archive, selections, tally)
  // Pictures show people.
  const wanted = options.media ?? (people ? 'none' : 'copy')
  const media = mediaFor({ kind: 'folder', folder: cwd, template: '' }, archive, wanted, exporter)
  const shown = { archive, sample, isAnnotated, again, captures, ...view }
  const about = { ...shown, options: own, media: media.lookup, converter }
  return { exporter, threads: counted(again(), tally, view.status), about, media, tally, leftOutTypes }
}

/** What was written, as one JSON document: docs/schema/package-1.json. */
function packageJson({ hasGaps, ...report }: PackageReport, { path, folderInZip }: PackageTarget): string {
  const form = folderInZip === null ? 'folder' : 'zip'
  return `${terminalJson({ schema: 'threadkeep.package/1', path, form, ...report, has_gaps: hasGaps })}\n`
}

/** The same in lines for stderr. */
function packageLines({ formats, files, threads, hasGaps }: PackageReport, { path }: PackageTarget): string {
  const lines = [
    `Package of ${count(threads, 'thread')} written to ${terminalLine(path)}: ${count(files, 'file')} in data/.`,
    ...formats.map(one => `  ${one.name}  ${count(one.threads, 'thread')}, ${count(one.posts, 'post')}`),
    ...(hasGaps ? ['It has gaps, which its README.md names. See threadkeep status.'] : []),
  ]
  return `${lines.join('\n')}\n`
}
