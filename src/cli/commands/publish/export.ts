import { type Command, InvalidArgumentError, Option } from 'commander'
import { formatOf, isCalled, type OutputPlan, planOutput } from '../../../export/destination.js'
import type { Exporter } from '../../../export/exporter.js'
import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from '../../../model/archive.js'
import { isFolder } from '../../../node/write-files.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { collect } from '../../options/flag-values.js'
import { type Globals, withArchive } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals, FilterOptions {
  words: string[]
  format?: string
  group?: string[]
  thread?: string[]
  output?: string
  /** `name=value`, as given. */
  formatOption?: string[]
}

export async function add(command: Command): Promise<void> {
  const { EXPORTERS: exporters } = await import('../../../export/index.js')
  const { exportHelp } = await import('../../options/export-help.js')
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
  command
    .optionsGroup('What to write:')
    .option('--group <name>', 'a group; may be given several times', collect)
    .option('--thread <id>', 'a thread; may be given several times', collect)
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
  const [{ exportOptions }, { deliver }, { EXPORTERS }] = await Promise.all([
    import('../../../export/options.js'),
    import('./export-delivery.js'),
    import('../../../export/index.js'),
  ])
  const exporter = formatOf(options.format, options.output, EXPORTERS)
  const formatOptions = exportOptions(exporter, Object.fromEntries((options.formatOption ?? []).map(assigned)))
  const filter = filterOf(options, exporter.leavesOut ?? [], io)
  await withArchive('read', options, io, async ({ reader, search }) => {
    if (filter.matching) (await import('../../options/check-names.js')).refuseUnknownNames(filter.matching, search)
    const { selectionsOf, union } = await import('../../options/selection.js')
    const named = { words: options.words, groups: options.group ?? [], threads: options.thread ?? [] }
    const selections = selectionsOf(reader, named, filter)
    const chosen = countUpTo2(union<ThreadSummary>(selections, selection => reader.threadSummaries(selection)))
    const plan = planFor(options, exporter, chosen === 1, io)
    const threads = union<StoredThread>(selections, selection => reader.threads(selection))
    const done = await deliver({ exporter, threads, about: { archive: reader, options: formatOptions } }, plan, io)
    if (done.threads === 0) io.stderr.write(`${nothing(reader, selections)}\n`)
    else if (!options.quiet) await tell(done, io)
  })
}

/** `name=value`. A name alone means yes. */
function assigned(word: string): [string, string] {
  const at = word.indexOf('=')
  return at < 0 ? [word, 'yes'] : [word.slice(0, at), word.slice(at + 1)]
}

function planFor(options: Options, exporter: Exporter, single: boolean, io: Io): OutputPlan {
  return planOutput(options.output, exporter, single, { cwd: io.cwd, isFolder })
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

async function tell(
  { threads, posts, where }: { threads: number; posts: number; where: string },
  io: Io,
): Promise<void> {
  const { count } = await import('../../text/phrases.js')
  io.stderr.write(`${count(threads, 'thread')}, ${count(posts, 'post')} written to ${where}\n`)
}
