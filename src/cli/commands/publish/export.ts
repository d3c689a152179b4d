import { existsSync, statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Exporter } from '../../../export/exporter.js'
import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from '../../../model/archive.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { OutputPlan } from '../../options/output-target.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals, FilterOptions {
  words: string[]
  format?: string
  group?: string[]
  thread?: string[]
  output?: string
}

export async function add(command: Command, io: Io, done: (code: ExitCode) => void): Promise<void> {
  // The list of formats loads the exporters, which only the help and the work of this command need.
  const exporters = io.argv.includes('export') ? (await import('../../../export/index.js')).EXPORTERS : []
  command
    .description(
      'Writes threads of the archive in another format. The same archive gives the same bytes, always.\n' +
        'Without a selection, all threads are written.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed')
  addFlags(command, exporters)
  command
    .addHelpText('after', helpText(exporters))
    .action(async (words: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), words }, io)))
}

function addFlags(command: Command, exporters: readonly Exporter[]): void {
  const format = new Option('-f, --format <name>', 'the format (default: by the extension of -o, else md)')
  if (exporters.length > 0) format.choices(exporters.map(exporter => exporter.name))
  command
    .optionsGroup('What to write:')
    .option('--group <name>', 'a group; may be given several times', collect)
    .option('--thread <id>', 'a thread; may be given several times', collect)
  addFilters(command)
  command
    .optionsGroup('Output:')
    .addOption(format)
    .option('-o, --output <path>', 'a file, a folder (ending in /), a template such as notes/{id}.md, or - for stdout')
}

const collect = (value: string, before: string[] = []) => [...before, value]

function helpText(exporters: readonly Exporter[]): string {
  const width = Math.max(...exporters.map(({ name }) => name.length), 0)
  const formats = exporters.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `
Formats:
${formats.join('\n')}

A word of digits, or with /activity/ in it, is a thread; any other is a group.
The threads of all that is named are written, each once.

Without -o, json and jsonl go to stdout; md does where one thread is chosen, and
else writes one file a thread into threadkeep-export/.
A template may hold {site} {group} {id} {date} {year} {month} {day} {author}
{title} {ext}.
${examples('export gardeners', 'export 237 -o thread.md', 'export -f jsonl --after today-2weeks > posts.jsonl', "export --filter 'from:anna has:link' -o links/", "export -o 'notes/{group}/{id}.{ext}'")}`
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const [{ formatOf }, { deliver }, { EXPORTERS }] = await Promise.all([
    import('../../options/output-target.js'),
    import('./export-delivery.js'),
    import('../../../export/index.js'),
  ])
  const exporter = formatOf(options.format, options.output, EXPORTERS)
  const filter = filterOf(options, exporter.leavesOut, io)
  await withArchive('read', options, io, async ({ reader, search }) => {
    if (filter.matching) (await import('../../options/check-names.js')).refuseUnknownNames(filter.matching, search)
    const { selectionsOf, union } = await import('../../options/selection.js')
    const named = { words: options.words, groups: options.group ?? [], threads: options.thread ?? [] }
    const selections = selectionsOf(reader, named, filter)
    const chosen = countUpTo2(union<ThreadSummary>(selections, selection => reader.threadSummaries(selection)))
    const plan = await planFor(options, exporter, chosen === 1, io)
    const threads = union<StoredThread>(selections, selection => reader.threads(selection))
    const done = await deliver(threads, exporter, plan, io)
    if (done.threads === 0) io.stderr.write(`${nothing(reader, selections)}\n`)
    else if (!options.quiet) await tell(done, io)
  })
  return EXIT.done
}

async function planFor(options: Options, exporter: Exporter, single: boolean, io: Io): Promise<OutputPlan> {
  const [{ planOutput }, { DEFAULT_TEMPLATE }] = await Promise.all([
    import('../../options/output-target.js'),
    import('../../../export/index.js'),
  ])
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory()
  return planOutput(options.output, exporter, single, { cwd: io.cwd, defaultTemplate: DEFAULT_TEMPLATE, isFolder })
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
