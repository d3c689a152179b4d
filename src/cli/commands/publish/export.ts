import { type Command, InvalidArgumentError, Option } from 'commander'
import { formatOf, isCalled, planOutput } from '../../../export/destination.js'
import type { Exporter } from '../../../export/exporter.js'
import { exportOptions } from '../../../export/options.js'
import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from '../../../model/archive.js'
import { isFolder } from '../../../node/atomic-write.js'
import { exportHelp } from '../../options/export-help.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { collect } from '../../options/flag-values.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { addSelection, type NamedSelection, selectionsOf, union } from '../../options/selection.js'
import type { Io } from '../../terminal/io.js'
import { count } from '../../text/phrases.js'
import { deliver } from './export-delivery.js'

export interface Options extends Globals, FilterOptions, NamedSelection {
  format?: string
  output?: string
  /** `name=value`, as given. */
  formatOption?: string[]
}

export async function add(command: Command): Promise<void> {
  const { EXPORTERS: exporters } = await import('../../../export/index.js')
  command
    .description(
      'Writes threads of the archive in another format. The same archive gives the same bytes, always.\n' +
        'Without a selection, all threads are written.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed')
  addFlags(command, exporters)
  command.addHelpText('after', exportHelp(exporters))
}

function addFlags(command: Command, exporters: readonly Exporter[]): void {
  command.optionsGroup('What to write:')
  addSelection(command)
  addFilters(command)
  command
    .optionsGroup('Output:')
    .addOption(formatFlag(exporters))
    .option('-o, --output <path>', 'a file, a folder (ending in /), a template such as notes/{id}.md, or - for stdout')
  if (exporters.some(({ options }) => options))
    command.option('-O, --format-option <name=value>', 'an option of the format, see below', collect)
}

function formatFlag(exporters: readonly Exporter[]): Option {
  const format = new Option('-f, --format <name>', 'the format (default: by the extension of -o, else md)')
  const names = exporters.map(({ name }) => name)
  // `choices` makes the help; other words for a format are taken, too.
  return format.choices(names).argParser((word: string) => {
    if (exporters.some(exporter => isCalled(exporter, word))) return word
    throw new InvalidArgumentError(`Allowed choices are ${names.join(', ')}.`)
  })
}

export async function run(options: Options, io: Io): Promise<void> {
  const { EXPORTERS } = await import('../../../export/index.js')
  const exporter = formatOf(options.format, options.output, EXPORTERS)
  const formatOptions = exportOptions(exporter, Object.fromEntries((options.formatOption ?? []).map(assigned)))
  const filter = filterOf(options, exporter.leavesOut ?? [], io)
  await withArchive('read', options, io, async ({ reader, search }) => {
    if (filter.matching) refuseUnknownNames(filter.matching, search)
    const selections = selectionsOf(reader, options, filter)
    const chosen = countUpTo2(union<ThreadSummary>(selections, selection => reader.threadSummaries(selection)))
    const plan = planOutput(options.output, exporter, chosen === 1, { cwd: io.cwd, isFolder })
    const threads = union<StoredThread>(selections, selection => reader.threads(selection))
    const done = await deliver({ exporter, threads, about: { archive: reader, options: formatOptions } }, plan, io)
    const written = `${count(done.threads, 'thread')}, ${count(done.posts, 'post')} written to ${done.where}`
    if (done.threads === 0) io.stderr.write(`${nothing(reader, selections)}\n`)
    else if (!options.quiet) io.stderr.write(`${written}\n`)
  })
}

/** `name=value`. A name alone means yes. */
function assigned(word: string): [string, string] {
  const at = word.indexOf('=')
  return at < 0 ? [word, 'yes'] : [word.slice(0, at), word.slice(at + 1)]
}

function countUpTo2(items: Iterable<unknown>): number {
  let count = 0
  for (const _ of items) if (++count === 2) break
  return count
}

/** No thread is no failure (a quiet week, say), but silence would look like one. */
function nothing(reader: ArchiveReader, selections: readonly Selection[]): string {
  if (countUpTo2(reader.threadSummaries({})) === 0) return 'The archive holds no threads yet.'
  if (selections.some(({ matching }) => matching)) return 'No thread holds a post that matches the filter.'
  const dated = selections.some(({ after, before }) => after !== undefined || before !== undefined)
  return dated ? 'No thread has a post in this range of dates.' : 'No thread is of these types; see --types.'
}
