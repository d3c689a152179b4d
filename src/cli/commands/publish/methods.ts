import { type Command, Option } from 'commander'
import type { ReadableArchive } from '../../../archive/reading.js'
import { coversClosedGroups } from '../../../export/closed-groups.js'
import { leftOutOf, type SampleRequest, samplePlan } from '../../../export/coding/sample.js'
import type { Exporter, ShownStatus } from '../../../export/exporter.js'
import { STATUSES, shownBy } from '../../../export/shown.js'
import type { ExportFacts } from '../../../model/reports/methods.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { addSelection, type NamedSelection, selectionsOf } from '../../options/selection.js'
import type { Io } from '../../terminal/io.js'
import { terminalJson } from '../../text/terminal-text.js'
import { addSampleFlags, codedOf, saySample, threadsOf } from './export-coding.js'
import { chosenFormats, formatFlag } from './export-formats.js'
import { namesOf } from './export-words.js'
import { refuseOtherExtension, writeDocument } from './write-document.js'

export interface Options extends Globals, FilterOptions, NamedSelection, SampleRequest {
  words: string[]
  format?: string
  status?: ShownStatus
  output?: string
}

export const examples = [
  'methods',
  'methods -o methods.md',
  'methods gardeners -f csv --after 2024-01-01',
  'methods gardeners -f qdpx --sample 50 --seed 4711',
  'methods --json > methods.json',
]

export async function add(command: Command): Promise<void> {
  const { EXPORTERS } = await import('../../../export/index.js')
  command
    .description(
      'Writes how the data were collected, for the methods section of a paper: a\n' +
        'paragraph and tables out of the run log. It says with which software, when, as\n' +
        'whom, by which routes and at which pace the sites were read, what they claim\n' +
        'and what is held, what is missing and why, how exact the dates are, which edits\n' +
        'and deletions were seen; and it begins with what restricts all that: killed\n' +
        'runs, gaps, closed groups, imports.\n' +
        'With a selection, a sample or a format it also says what that export leaves out.',
    )
    .argument('[selection...]', 'groups and threads of the export, as for export')
    .optionsGroup('The export that is published:')
  addSelection(command)
  addFilters(command)
  addSampleFlags(command)
  command
    .addOption(
      new Option(
        '--status <which>',
        'posts that the export shows (default: live in documents and atom, all in data)',
      ).choices(STATUSES),
    )
    .addOption(formatFlag(EXPORTERS))
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'write to this file, completely or not at all (default: stdout)')
    .option('--json', 'print one JSON document (threadkeep.methods/1), with every run')
    .addHelpText('after', notes(HELP))
}

const HELP = `
Each figure names the runs that it comes from. What was not recorded is said.
The same archive gives the same bytes.`

export async function run(options: Options, io: Io): Promise<void> {
  refuseOtherExtension(options.output, options.json ? ['.json'] : ['.md'], 'markdown, or JSON with --json')
  const [{ EXPORTERS }, { methodsMarkdown, methodsOf, methodsRecord }] = await Promise.all([
    import('../../../export/index.js'),
    import('../../../export/methods/index.js'),
  ])
  keepHeapSmall()
  await readArchive(options, io, async archive => {
    const exports = isExportNamed(options) ? await exportsOf(options, EXPORTERS, archive, io) : []
    const report = methodsOf(
      archive.reader,
      exports,
      coversClosedGroups(selectionsOf(archive.reader, options), archive.reader),
    )
    await writeDocument(
      options.json ? [`${terminalJson(methodsRecord(report))}\n`] : methodsMarkdown(report),
      options,
      io,
    )
  })
}

/** Words alone name an export, too: that of all formats is the default of `export`. */
const isExportNamed = (options: Options): boolean => options.format !== undefined || namesOf(options) !== ''

async function exportsOf(
  options: Options,
  all: readonly Exporter[],
  archive: ReadableArchive,
  io: Io,
): Promise<ExportFacts[]> {
  const { exportFacts } = await import('../../../export/methods/index.js')
  const { format, types } = options
  const exporters = chosenFormats(format === undefined ? {} : { format }, all).map(({ exporter }) => exporter)
  const plan = samplePlan(options, exporters)
  const formats = exporters.map(exporter => {
    const leftOutTypes = types === undefined ? leftOutOf(exporter, plan) : []
    const filter = filterOf(options, leftOutTypes, io)
    if (filter.matching) refuseUnknownNames(filter.matching, archive.search)
    const selections = selectionsOf(archive.reader, options, filter)
    return { exporter, leftOutTypes, selections, status: shownBy(options, exporter).status }
  })
  const coded = await codedOf(formats, { plan, annotations: [] }, options.status, archive.reader)
  saySample(coded, options, io)
  const selection = namesOf({ ...options, ...(plan && { seed: plan.seed }) })
  return formats.map(({ exporter, leftOutTypes, selections, status }) =>
    exportFacts(
      { format: exporter.name, selection, leftOutTypes, status, sample: coded.sample ?? null },
      threadsOf(selections, coded.archive, status),
      archive.reader,
    ),
  )
}
