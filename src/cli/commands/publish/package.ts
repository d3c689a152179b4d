import { extname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { Exporter, MediaMode, ShownStatus } from '../../../export/exporter.js'
import type { PackagePart, PackagePlan } from '../../../export/package/parts.js'
import { STATUSES, shownBy, shownThreads } from '../../../export/shown.js'
import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from '../../../model/archive.js'
import { UsageError } from '../../../model/errors.js'
import type { About, PackageReport } from '../../../model/reports/package.js'
import type { PackageTarget } from '../../../node/package/write-package.js'
import { readTextFile } from '../../files/text-file.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { addSelection, selectionsOf, union } from '../../options/selection.js'
import { withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { converterFor } from './export-delivery.js'
import { addFormatFlags, type ChosenFormat, chosenFormats, formatFlag } from './export-formats.js'
import { packageJson, packageLines } from './package-words.js'

export interface Options extends Globals, FilterOptions {
  words: string[]
  group?: string[]
  thread?: string[]
  formats: string
  formatOption?: string[]
  output?: string
  about?: string
  aboutTemplate?: boolean
  includePrivate?: boolean
  status?: ShownStatus
  timezone?: string
  media?: Exclude<MediaMode, 'link'>
  json?: boolean
}

export async function add(command: Command): Promise<void> {
  const { EXPORTERS: exporters } = await import('../../../export/index.js')
  command
    .description(
      'Writes a data set that can be deposited: the threads in several formats, a codebook,\n' +
        'what is missing, licence and consent, with the metadata of BagIt, RO-Crate and\n' +
        'Frictionless, in one folder or zip file. The same archive gives the same bytes.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed; without one, all')
  addFlags(command, exporters)
  command.addHelpText('after', HELP)
}

function addFlags(command: Command, exporters: readonly Exporter[]): void {
  command.optionsGroup('What to write:')
  addSelection(command)
  addFilters(command)
  command
    .addOption(
      new Option('--status <which>', 'posts that are shown (default: live in documents, all in data)').choices(
        STATUSES,
      ),
    )
    .addOption(formatsFlag(exporters))
    .option('--about <file>', 'YAML: title, description, creators, licence, consent, contact, and more')
    .option('--about-template', 'only print an example of that file')
    .option('--include-private', 'take private and hidden groups, too')
    .addOption(
      new Option('--media <how>', 'files of posts that were fetched (default: copy)').choices(['copy', 'none']),
    )
    .option('--timezone <name>', 'time zone of documents, such as Europe/Berlin (default: that of the site, else UTC)')
    .optionsGroup('Output:')
    .option('-o, --output <path>', 'a new folder, or a file that ends in .zip')
    .option('--json', 'print what was written as one JSON document (threadkeep.package/1)')
  addFormatFlags(command, exporters)
}

/** As `--format` of export, under the name that the command has for several. */
function formatsFlag(exporters: readonly Exporter[]): Option {
  const flag = formatFlag(exporters)
  const own = new Option('-f, --formats <names>', 'the formats, separated by commas').default(DEFAULT_FORMATS)
  if (flag.argChoices) own.choices(flag.argChoices)
  if (flag.parseArg) own.argParser(flag.parseArg)
  return own
}

const DEFAULT_FORMATS = 'csv,jsonl,md'

const HELP = `
A package has its first page in README.md: what it holds, and what is missing. Any
validator of BagIt can check it, and so does "threadkeep verify PACKAGE", which
also counts the rows of tables. An export with media copies the files of posts.
${examples('package --about-template > about.yaml', 'package --about about.yaml -o gardeners.zip gardeners', 'package --about about.yaml -f csv,parquet,html -o deposit/', 'verify gardeners.zip')}`

export async function run(options: Options, io: Io): Promise<void> {
  if (options.aboutTemplate) {
    const { ABOUT_TEMPLATE } = await import('../../../export/package/about.js')
    io.stdout.write(ABOUT_TEMPLATE)
    return
  }
  const about = await readAbout(options, io)
  const target = await targetOf(options, about, io)
  const formats = await wantedFormats(options, io)
  const content = await withArchive('read', options, io, async ({ reader, search }) => {
    for (const { filter } of formats) if (filter.matching) refuseUnknownNames(filter.matching, search)
    return write(formats, about, target, options, reader, io)
  })
  if (options.json) io.stdout.write(packageJson(content, target))
  else if (!options.quiet) io.stderr.write(packageLines(content, target))
}

/** @throws UsageError for what the file lacks. */
async function readAbout({ about: file }: Options, io: Io): Promise<About> {
  const { aboutOf } = await import('../../../export/package/about.js')
  const advice = 'An example: threadkeep package --about-template > about.yaml'
  if (file === undefined)
    throw new UsageError('A package needs a file that says what it is.', `Name it with --about. ${advice}`)
  return aboutOf(await readTextFile(file, 'file', advice, io), file)
}

async function targetOf({ output }: Options, about: About, io: Io): Promise<PackageTarget> {
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
  view: ReturnType<typeof shownBy>
}

async function wantedFormats(options: Options, io: Io): Promise<Wanted[]> {
  const { EXPORTERS } = await import('../../../export/index.js')
  const { refuseOutsiders } = await import('../../../export/package/package.js')
  const { formats: format, output: _, ...others } = options
  const formats = chosenFormats({ ...others, format }, EXPORTERS)
  refuseOutsiders(formats)
  for (const { exporter, options: own } of formats) await exporter.ready?.(converterFor(io), own)
  return formats.map(one => ({
    ...one,
    filter: filterOf(options, one.exporter.leavesOut ?? [], io),
    view: shownBy(options, one.exporter),
  }))
}

async function write(
  formats: readonly Wanted[],
  about: About,
  target: PackageTarget,
  options: Options,
  archive: ArchiveReader,
  io: Io,
): Promise<PackageReport> {
  const { packageFiles } = await import('../../../export/package/package.js')
  const { writePackage } = await import('../../../node/package/write-package.js')
  return withPause(io, async (pause, signal) => {
    const parts = await Promise.all(formats.map(format => partOf(format, options, archive, io, signal)))
    const plan = await planOf(parts, about, options, archive, io)
    return writePackage(target, packageFiles(plan), pause)
  })
}

async function planOf(
  parts: PackagePart[],
  about: About,
  options: Options,
  archive: ArchiveReader,
  io: Io,
): Promise<PackagePlan> {
  const { refusePrivateGroups } = await import('../../../export/package/package.js')
  const { surveyOf } = await import('../../../export/package/survey.js')
  const { exportTables } = await import('../../../export/codebook/codebook.js')
  const { shippedText } = await import('../../../node/process.js')
  const selections = selectionsOf(archive, options, filterOf(options, [], io))
  const survey = surveyOf(
    union<ThreadSummary>(selections, one => archive.threadSummaries(one)),
    archive,
  )
  if (!options.includePrivate) refusePrivateGroups(survey)
  return { about, survey, parts, tables: exportTables(shippedText), companions: [], withheld: [] }
}

async function partOf(
  { exporter, options: own, filter, view }: Wanted,
  options: Options,
  archive: ArchiveReader,
  io: Io,
  signal: AbortSignal,
): Promise<PackagePart> {
  const { counted, countedCaptures } = await import('../../../export/files.js')
  const { mediaFor } = await import('../../../export/media.js')
  const selections = selectionsOf(archive, options, filter)
  const isNamed = selections.some(({ threads = [] }) => threads.length > 0)
  const again = () =>
    shownThreads(
      union<StoredThread>(selections, one => archive.threads(one)),
      view.status,
      isNamed,
    )
  const tally = { threads: 0, posts: 0 }
  const media = mediaFor({ kind: 'folder', folder: '.', template: '' }, archive, options.media, exporter)
  const captures = () => countedCaptures(archive, selections, tally)
  const about = {
    archive,
    again,
    captures,
    options: own,
    ...view,
    media: media.lookup,
    converter: converterFor(io, signal),
  }
  return { exporter, threads: counted(again(), tally, view.status), about, media, tally }
}
