import type { ArchiveReader, Selection, StoredThread } from '../model/archive.js'
import type { Converter } from '../model/conversion.js'
import { parseDate } from '../model/dates.js'
import { UsageError } from '../model/errors.js'
import { parseQuery } from '../model/query/parse-query.js'
import { matchingOf } from '../model/query/query.js'
import { refuseClosedGroups } from './closed-groups.js'
import { type CodedArchive, codedArchive } from './coding/coded-archive.js'
import { leftOutOf, type SamplePlan, type SampleRequest, samplePlan, shownSample } from './coding/sample.js'
import { formatOf } from './destination.js'
import type { ExportContext, Exporter, MediaMode, ShownStatus } from './exporter.js'
import { counted, countedCaptures, type Tally } from './files.js'
import { refuseWithoutFlat, withPosts } from './matching.js'
import { exportOptions } from './options.js'
import { type CoveredArchive, coveredArchive, otherIdsOf } from './pseudonyms/privacy.js'
import { refusePrivateGroups } from './pseudonyms/private-groups.js'
import { checkPrivacy, type OpenKey } from './pseudonyms/request.js'
import type { ExportRequest, ExportSelection } from './request.js'
import { shownBy, shownThreads } from './shown.js'

/** All that a delivery needs. */
export interface Prepared {
  exporter: Exporter
  threads: Iterable<StoredThread>
  about: ExportContext
  /** What becomes of the files that posts show; undefined: what the place of the export suggests. */
  media: MediaMode | undefined
  /** The selection as it was given, for the manifest of a folder. */
  selection: string
  /** Counts while the threads are read. */
  tally: Tally
}

/** What the surroundings of a request give. */
export interface Surroundings {
  now: number
  converter: Converter
  openKey: OpenKey
}

/** @throws UsageError for an unknown format, option, group or thread, and for a name that two formats have. */
export function prepareExport(
  request: ExportRequest,
  destination: string | undefined,
  whole: ArchiveReader,
  builtIn: readonly Exporter[],
  surroundings: Surroundings,
): Prepared {
  const exporter = formatOf(request.format, destination, allFormats(request, builtIn))
  refuseWithoutFlat(request.posts, [exporter], builtIn)
  const options = exportOptions(exporter, request.options ?? {})
  return prepareFormat(request, exporter, options, preparedArchive(request, [exporter], whole, surroundings))
}

/** The archive as all formats of a request show it: with annotations, then with the threads that were drawn, then covered. */
export interface PreparedArchive extends CoveredArchive, Omit<CodedArchive, 'archive'> {
  plan: SamplePlan | null
  /** What a format has of it. */
  chosen(exporter: Exporter): Selection
  converter: Converter
}

/**
 * Matches annotations and draws the sample once for all formats, by what the archive itself calls posts and threads.
 * @throws UsageError for an unknown group or thread, a private group in a format for the public, and what does not go together.
 */
export function preparedArchive(
  request: ExportRequest,
  exporters: readonly Exporter[],
  whole: ArchiveReader,
  { now, converter, openKey }: Surroundings,
): PreparedArchive {
  for (const exporter of exporters) checkPrivacy(request, exporter)
  const plan = samplePlan(request, exporters)
  const chosen = (exporter: Exporter) =>
    selectionOf(request, { ...exporter, leavesOut: leftOutOf(exporter, plan) }, whole, now)
  for (const exporter of exporters) refuseClosedGroups([chosen(exporter)], whole)
  for (const exporter of exporters) refusePrivateGroups(exporter, [chosen(exporter)], whole, request.includePrivate)
  // A sample leaves the same types out of all formats, so that the first stands for all.
  const [first] = exporters
  const drawn = (status: ShownStatus) => (first ? threadsOf(chosen(first), whole, status) : [])
  const coded = codedArchive(whole, request, plan, drawn, exporters, otherIdsOf(request, openKey))
  const covered = coveredArchive(coded.archive, request, openKey)
  const sample = coded.sample && shownSample(coded.sample, covered.people !== null)
  return { ...coded, ...covered, sample, plan, chosen, converter }
}

/** One format of them. */
export function prepareFormat(
  request: ExportRequest,
  exporter: Exporter,
  options: ExportContext['options'],
  { plan, people, chosen, ...ready }: PreparedArchive,
): Prepared {
  const { archive, sample, isAnnotated = false, converter } = ready
  const selected = chosen(exporter)
  const tally: Tally = { threads: 0, posts: 0, ...(sample && { sample }) }
  const captures = () => countedCaptures(archive, [selected], tally)
  const view = shownBy(request, exporter)
  const again = () => threadsOf(selected, archive, view.status)
  const about = { archive, sample, isAnnotated, converter, again, captures, options, ...view }
  const media = request.media ?? (people ? ('none' as const) : undefined)
  const selection = givenSelection({ ...request, ...(plan && { seed: plan.seed }) })
  const given = { media, selection: people?.ofSelection(selection) ?? selection }
  return { exporter, threads: counted(again(), tally, view.status), about, tally, ...given }
}

const threadsOf = (selection: Selection, archive: ArchiveReader, status: ShownStatus): Iterable<StoredThread> =>
  shownThreads(archive.threads(selection), status, (selection.threads ?? []).length > 0)

/** The selection as it was given, as text; empty: all threads. */
export function givenSelection(request: ExportSelection & SampleRequest): string {
  const { groups, threads, members, after, before, types, filter, posts, sample, seed, stratify } = request
  const given = Object.entries({
    groups,
    threads,
    members,
    after,
    before,
    types,
    filter,
    posts,
    sample,
    seed,
    stratify,
  })
  const named = given.filter(([, value]) => value !== undefined)
  return named.length === 0 ? '' : JSON.stringify(Object.fromEntries(named))
}

/** Those of threadkeep and of the request. @throws UsageError for a name that two have. */
export function allFormats(
  { exporters: own = [] }: Pick<ExportRequest, 'exporters'>,
  builtIn: readonly Exporter[],
): readonly Exporter[] {
  const exporters = [...builtIn, ...own]
  const names = exporters.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice === undefined) return exporters
  throw new UsageError(`There are two formats of the name "${twice}".`, 'Give yours a name of its own.')
}

/** @throws UsageError for a name that the archive does not hold: an empty export would hide the typing mistake. */
export function selectionOf(
  { groups = [], threads = [], members = [], after, before, types, filter, posts }: ExportSelection,
  exporter: Exporter,
  reader: ArchiveReader,
  now: number,
): Selection {
  for (const name of groups) if (!holdsGroup(name, reader)) throw unknown('group', name)
  for (const name of threads) if (!holdsAny({ threads: [name] }, reader)) throw unknown('thread or reply', name)
  const isLeftOut = !types && threads.length === 0
  const selection: Selection = {
    groups: [...groups],
    threads: [...threads],
    ...(after && { after: parseDate(after, now) }),
    ...(before && { before: parseDate(before, now) }),
    ...(types ? { types } : isLeftOut ? { withoutTypes: exporter.leavesOut ?? [] } : {}),
    ...matchingOf(filter === undefined || filter === '' ? null : parseQuery(filter, now), members),
  }
  return withPosts(selection, posts, exporter)
}

function holdsGroup(name: string, reader: ArchiveReader): boolean {
  const wanted = name.toLowerCase()
  for (const { slug, id, name: own, url } of reader.namedGroups())
    if ([slug, id, own, url].some(known => known?.toLowerCase() === wanted)) return true
  return holdsAny({ groups: [name] }, reader)
}

function holdsAny(selection: Selection, reader: ArchiveReader): boolean {
  for (const _ of reader.threadSummaries(selection)) return true
  return false
}

const unknown = (what: string, name: string): UsageError =>
  new UsageError(`No ${what} "${name}" is in this archive.`, 'See what there is: threadkeep list')
