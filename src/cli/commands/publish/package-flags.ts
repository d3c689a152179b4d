import { type Command, Option } from 'commander'
import type { Exporter, MediaMode, ShownStatus } from '../../../export/exporter.js'
import { STATUSES } from '../../../export/shown.js'
import { notes } from '../../help/layout.js'
import { addFilters, type FilterOptions } from '../../options/filters.js'
import type { Globals } from '../../options/globals.js'
import { addSelection } from '../../options/selection.js'
import { localeFlag, type TellingOptions, timezoneFlag } from '../../options/telling-flags.js'
import { addCodingFlags, type CodingOptions } from './export-coding.js'
import { addFormatFlags, formatFlag } from './export-formats.js'
import { addPrivacyFlags, type PrivacyOptions } from './export-privacy.js'

export interface Options extends Globals, FilterOptions, CodingOptions, TellingOptions, Omit<PrivacyOptions, 'output'> {
  words: string[]
  group?: string[]
  thread?: string[]
  formats: string
  formatOption?: string[]
  output?: string
  about?: string
  aboutTemplate?: boolean
  status?: ShownStatus
  media?: Exclude<MediaMode, 'link'>
  json?: boolean
}

export const examples = [
  'package --about-template > about.yaml',
  'package --about about.yaml -o gardeners.zip gardeners',
  'package --about about.yaml -f csv,parquet,html -o deposit/',
  'package --about about.yaml --sample 50 --seed 4711 -f csv,qdpx --annotations kim.csv -o coded.zip',
  'verify gardeners.zip',
]

export async function add(command: Command): Promise<void> {
  const { EXPORTERS: exporters } = await import('../../../export/index.js')
  command
    .description(
      'Writes a data set that can be deposited: the threads in several formats, a\n' +
        'codebook, what is missing, licence and consent, with the metadata of BagIt,\n' +
        'RO-Crate and Frictionless, in one folder or zip file. The same archive gives\n' +
        'the same bytes.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed; without one, all')
  addFlags(command, exporters)
  command.addHelpText('after', notes(HELP))
}

function addFlags(command: Command, exporters: readonly Exporter[]): void {
  command.optionsGroup('What to write:')
  addSelection(command)
  addFilters(command)
  addCodingFlags(command)
  command
    .addOption(
      new Option('--status <which>', 'posts that are shown (default: live in documents and atom, all in data)').choices(
        STATUSES,
      ),
    )
    .addOption(formatsFlag(exporters))
    .option('--about <file>', 'YAML: title, description, creators, licence, consent, contact, and more (needed)')
    .option('--about-template', 'only print an example of that file')
    .addOption(
      new Option('--media <how>', 'files of posts that were fetched (default: copy; none with --pseudonyms)').choices([
        'copy',
        'none',
      ]),
    )
    .addOption(timezoneFlag('documents'))
    .addOption(localeFlag('documents'))
    .optionsGroup('Output:')
    .option('-o, --output <path>', 'a new folder, or a file that ends in .zip (needed)')
    .option('--json', 'print what was written as one JSON document (threadkeep.package/1)')
  addFormatFlags(command, exporters)
  addPrivacyFlags(command)
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
A package has its first page in README.md: what it holds, and what is missing.
Any validator of BagIt can check it, and so does "threadkeep verify PACKAGE",
which also counts the rows of tables. Media are copied into it.`
