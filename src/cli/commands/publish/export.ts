import { type Command, Option } from 'commander'
import type { ReadableArchive } from '../../../archive/reading.js'
import { refuseClosedGroups } from '../../../export/closed-groups.js'
import type { CodedArchive } from '../../../export/coding/coded-archive.js'
import { leftOutOf, samplePlan, shownSample } from '../../../export/coding/sample.js'
import { type OutputPlan, placeOf, planOutputs } from '../../../export/destination.js'
import type { Exporter, MediaMode, ShownStatus } from '../../../export/exporter.js'
import { refuseWithoutFlat, WANTED_POSTS, type WantedPosts, withPosts } from '../../../export/matching.js'
import { MEDIA_MODES } from '../../../export/media.js'
import { undivided } from '../../../export/parts.js'
import type { CoveredArchive } from '../../../export/pseudonyms/privacy.js'
import { refusePrivateGroups } from '../../../export/pseudonyms/private-groups.js'
import type { PrivacyRequest } from '../../../export/pseudonyms/request.js'
import { STATUSES, shownBy } from '../../../export/shown.js'
import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from '../../../model/archive.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { isFile, isFolder } from '../../../node/atomic-write.js'
import { isSpecialFile } from '../../../node/special-file.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { readArchive } from '../../options/globals.js'
import { coveredBy } from '../../options/pseudonym-flags.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { addSelection, selectionsOf, union } from '../../options/selection.js'
import { localeFlag, type TellingOptions, timezoneFlag } from '../../options/telling-flags.js'
import { type Pause, withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import {
  addCodingFlags,
  type CodingOptions,
  type CodingWishes,
  codedOf,
  readAnnotationFiles,
  saySample,
  threadsOf,
} from './export-coding.js'
import { converterFor, deliver, type Rendering, refuseReplacing } from './export-delivery.js'
import { addFormatFlags, type ChosenFormat, chosenFormats, type FormatOptions, formatFlag } from './export-formats.js'
import { exportHelp, fetchHelp, withoutFetch } from './export-help.js'
import { addPrivacyFlags, otherIdsBy, type PrivacyOptions, privacyOf } from './export-privacy.js'
import { type Exported, reportRisk } from './export-risk.js'
import {
  changedWords,
  deliveredWords,
  fieldLines,
  namesOf,
  nothing,
  noticesWords,
  tellingWords,
  unfetchedWords,
  wholeThreadsHint,
} from './export-words.js'
import * as oneShot from './one-shot.js'

export { examples } from './export-help.js'

export interface Options
  extends oneShot.Options,
    FilterOptions,
    FormatOptions,
    PrivacyOptions,
    CodingOptions,
    TellingOptions {
  posts?: WantedPosts
  status?: ShownStatus
  media?: MediaMode
  fields?: boolean
  overwrite?: boolean
}

export async function add(command: Command): Promise<void> {
  const { EXPORTERS: exporters } = await import('../../../export/index.js')
  command
    .description(
      'Writes threads of the archive in other formats. The same archive gives the same bytes, always.\n' +
        'Without a selection, all threads are written.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed')
  addFlags(command, exporters)
  const before = new Set(command.options)
  oneShot.addFlags(command)
  const isFetch = (option: Option) => command.options.includes(option) && !before.has(option)
  command.configureHelp({ ...command.configureHelp(), ...withoutFetch(isFetch) })
  command.addHelpText(
    'after',
    notes(width => `${exportHelp(exporters, width)}\n\n${fetchHelp(command, isFetch, width)}`),
  )
}

function addFlags(command: Command, exporters: readonly Exporter[]): void {
  command.optionsGroup('What to write:')
  addSelection(command)
  addFilters(command)
  addCodingFlags(command)
  command.addOption(
    new Option(
      '--posts <which>',
      'matching: tables, jsonl, mail and feeds hold only posts that match --member, --filter, --after and --before (default: all of the threads)',
    ).choices(WANTED_POSTS),
  )
  command.addOption(
    new Option('--status <which>', 'posts that are shown (default: live in documents and atom, all in data)').choices(
      STATUSES,
    ),
  )
  command
    .optionsGroup('Output:')
    .addOption(formatFlag(exporters))
    .option(
      '-o, --output <path>',
      'a file, a folder (ending in /), a template such as notes/{id}.md, or - for stdout (default: see below)',
    )
    .option('--overwrite', 'replace files of the folder that threadkeep has not written')
    .addOption(timezoneFlag('documents'))
    .addOption(localeFlag('documents'))
    .addOption(
      new Option(
        '--media <how>',
        'files of posts that were fetched: lead to them, or copy them into media/ (default: copy into a folder, link from a file; none with --pseudonyms)',
      ).choices(MEDIA_MODES),
    )
    .option('--fields', 'only show the fields of templates, with their values for the first thread of the selection')
  addFormatFlags(command, exporters)
  addPrivacyFlags(command)
}

export const run = (options: Options, io: Io): Promise<ExitCode> =>
  withPause(io, pause => exportAll(options, pause, io))

async function exportAll(options: Options, pause: Pause, io: Io): Promise<ExitCode> {
  const { EXPORTERS } = await import('../../../export/index.js')
  const chosen = chosenFormats(options, EXPORTERS)
  const exporters = chosen.map(({ exporter }) => exporter)
  refuseWithoutFlat(options.posts, exporters, EXPORTERS)
  const plan = samplePlan(options, exporters)
  const wanted = chosen.map(format => ({
    ...format,
    filter: withPosts(filterOf(options, leftOutOf(format.exporter, plan), io), options.posts, format.exporter),
    view: shownBy(options, format.exporter),
  }))
  const privacy = await privacyOf(options, exporters, io)
  const wishes = { plan, privacy, annotations: await readAnnotationFiles(options.annotations ?? [], io) }
  if (!options.quiet) io.stderr.write(tellingWords(exporters, io.argv))
  for (const { exporter, options: own } of wanted) await exporter.ready?.(converterFor(io), own)
  const urls = await oneShot.toBeFetched(options, io)
  if (urls.length > 0) return oneShot.fetchAndExport(urls, options, io, from => write(wanted, wishes, from, pause, io))
  if (!options.quiet) io.stderr.write(unfetchedWords(oneShot.FLAGS, io.argv))
  await pause(NOTHING)
  await write(wanted, wishes, options, pause, io)
  return EXIT.done
}

/** What the options of a command mean, before an archive is opened. */
interface Wanted extends ChosenFormat {
  filter: Selection
  view: ReturnType<typeof shownBy>
}

/** What becomes of the archive before it is exported. */
interface Wishes extends CodingWishes {
  privacy: PrivacyRequest
}

const write = (wanted: readonly Wanted[], wishes: Wishes, options: Options, pause: Pause, io: Io): Promise<void> =>
  readArchive(options, io, archive => exportFrom(archive, wanted, wishes, options, pause, io))

/** Before anything is written, `pause` lets Ctrl-C arrive between the steps. */
async function exportFrom(
  { reader, search }: ReadableArchive,
  wanted: readonly Wanted[],
  wishes: Wishes,
  options: Options,
  pause: Pause,
  io: Io,
): Promise<void> {
  keepHeapSmall()
  await pause(NOTHING)
  for (const { filter } of wanted) if (filter.matching) refuseUnknownNames(filter.matching, search)
  const selected = wanted.map(one => ({ ...one, selections: selectionsOf(reader, options, one.filter) }))
  for (const { selections } of selected) refuseClosedGroups(selections, reader)
  if (options.fields) return showFields(selected, reader, io)
  const otherIds = await otherIdsBy(wishes.privacy, wishes.annotations, io)
  const coded = await codedOf(selected, wishes, options.status, reader, otherIds)
  saySample(coded, options, io)
  await pause(NOTHING)
  const seed = wishes.plan?.seed
  const told = { ...options, ...(seed !== undefined && { seed }) }
  await deliverAll(selected, { coded, privacy: wishes.privacy, options: told, io }, pause)
}

const NOTHING = 'nothing was written.'

interface Selected extends Wanted {
  selections: Selection[]
}

function showFields([first]: readonly Selected[], reader: ArchiveReader, io: Io): void {
  if (!first) return
  const { selections, exporter } = first
  for (const thread of union<ThreadSummary>(selections, selection => reader.threadSummaries(selection))) {
    io.stdout.write(fieldLines(thread, exporter.extension))
    return
  }
  io.stderr.write(`${nothing(reader, selections)}\n`)
}

/** What all formats of an export share. */
interface Delivery {
  coded: CodedArchive
  privacy: PrivacyRequest
  options: Options
  io: Io
}

async function deliverAll(formats: readonly Selected[], delivery: Delivery, pause: Pause): Promise<void> {
  const { coded, privacy, options, io } = delivery
  const plans = await writablePlans(formats, delivery)
  const outputs = plans.flatMap(({ plan }) => placeOf(plan) ?? [])
  const covered = await coveredBy(privacy, outputs, coded.archive, io)
  await pause(NOTHING)
  const planned = plans.map(one => ({ ...one, ...renderingOf(one, covered, delivery) }))
  for (const { rendering, plan } of planned) await refuseReplacing(rendering, plan, options.overwrite === true, io)
  const exported: Exported[] = []
  for (const one of planned) exported.push(...(await deliverOne(one, delivery)))
  await reportRisk(exported, options, privacy, covered.people, io)
}

interface Planned {
  format: Selected
  plan: OutputPlan
}

/** Where each format goes. Before anything is written: a format that fails would leave the others half done. */
async function writablePlans(formats: readonly Selected[], { coded, privacy, options, io }: Delivery) {
  const { archive: reader, sample } = coded
  const isSingle = ({ selections }: Selected) =>
    sample?.size === 1 || isOne(union(selections, one => reader.threadSummaries(one)))
  const wanted = formats.map(format => ({ exporter: format.exporter, isSingle: () => isSingle(format) }))
  const plans = planOutputs(options.output, wanted, { cwd: io.cwd, isFile, isFolder })
  for (const { exporter, selections } of formats)
    refusePrivateGroups(exporter, selections, reader, privacy.includePrivate)
  const { refuseUnwritable } = await import('../../../node/unwritable.js')
  for (const plan of plans) refuseUnwritable(plan)
  return formats.flatMap((format, at): Planned[] => plans.slice(at, at + 1).map(plan => ({ format, plan })))
}

function renderingOf({ format, plan }: Planned, { archive, people }: CoveredArchive, { coded, options }: Delivery) {
  const { selections, view } = format
  const again = () => threadsOf(selections, archive, view.status)
  const sample = coded.sample && shownSample(coded.sample, people !== null)
  const isPipe = plan.kind === 'file' && isSpecialFile(plan.path)
  const rendering: Rendering = {
    exporter: isPipe ? undivided(format.exporter) : format.exporter,
    threads: again(),
    selections,
    about: { ...coded, sample, archive, again, options: format.options, ...view },
    selection: people?.ofSelection(namesOf(options)) ?? namesOf(options),
    // Pictures show people.
    media: options.media ?? (people ? 'none' : undefined),
  }
  return { rendering, again }
}

/** @returns what was written; empty: nothing. */
async function deliverOne(
  { format, plan, rendering, again }: Planned & ReturnType<typeof renderingOf>,
  { coded: { archive: reader }, options, io }: Delivery,
): Promise<Exported[]> {
  const { exporter, selections, view } = format
  if (isBlank(exporter, plan, again())) {
    io.stderr.write(`${nothing(reader, selections, view.status)} Nothing was written.\n`)
    return []
  }
  const done = await deliver(rendering, plan, io)
  if (done.threads === 0 && !done.captures) io.stderr.write(`${nothing(reader, selections, view.status)}\n`)
  else if (!options.quiet) {
    io.stderr.write(deliveredWords(done, exporter, plan, options.output))
    io.stderr.write(noticesWords(exporter, selections, reader))
  }
  io.stderr.write(changedWords(done))
  if (done.threads > 0 && !options.quiet) io.stderr.write(wholeThreadsHint(exporter, format.filter, options.posts))
  return [{ exporter, plan, again, status: view.status }]
}

/** A document without a thread would be a blank page; data without rows has its columns. */
function isBlank({ shows }: Exporter, { kind }: OutputPlan, threads: Iterable<StoredThread>): boolean {
  if (shows !== 'live' || kind !== 'file') return false
  for (const _ of threads) return false
  return true
}

function isOne(items: Iterable<unknown>): boolean {
  let count = 0
  for (const _ of items) if (++count === 2) return false
  return count === 1
}
