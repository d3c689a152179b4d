import { type Command, InvalidArgumentError, Option } from 'commander'
import { DEFAULT_NAME, formatOf, isCalled, planOutput } from '../../../export/destination.js'
import type { Exporter, OptionSpec, ShownStatus } from '../../../export/exporter.js'
import type { Tally } from '../../../export/files.js'
import { exportOptions } from '../../../export/options.js'
import { STATUSES, shownBy } from '../../../export/shown.js'
import { listed } from '../../../export/text.js'
import type { ArchiveReader, Selection, StoredThread, ThreadSummary } from '../../../model/archive.js'
import { isFolder } from '../../../node/atomic-write.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { addFormatFlags, givenFormatOptions } from '../../options/format-flags.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { addSelection, type NamedSelection, selectionsOf, union } from '../../options/selection.js'
import type { Io } from '../../terminal/io.js'
import { count } from '../../text/phrases.js'
import { terminalLine } from '../../text/terminal-text.js'
import { wrapped } from '../../text/wrapped.js'
import { deliver } from './export-delivery.js'

export interface Options extends Globals, FilterOptions, NamedSelection {
  format?: string
  output?: string
  status?: ShownStatus
  timezone?: string
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
  command.addOption(
    new Option('--status <which>', 'posts that are shown (default: live in documents, all in data)').choices(STATUSES),
  )
  command
    .optionsGroup('Output:')
    .addOption(formatFlag(exporters))
    .option('-o, --output <path>', 'a file, a folder (ending in /), a template such as notes/{id}.md, or - for stdout')
  command.option(
    '--timezone <name>',
    'time zone of documents, such as Europe/Berlin (default: that of the site, else UTC)',
  )
  addFormatFlags(command, exporters)
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
  const formatOptions = exportOptions(exporter, givenFormatOptions(options, EXPORTERS))
  const filter = filterOf(options, exporter.leavesOut ?? [], io)
  const view = shownBy(options, exporter)
  await withArchive('read', options, io, async ({ reader, search }) => {
    if (filter.matching) refuseUnknownNames(filter.matching, search)
    const selections = selectionsOf(reader, options, filter)
    const chosen = countUpTo2(union<ThreadSummary>(selections, selection => reader.threadSummaries(selection)))
    const plan = planOutput(options.output, exporter, chosen === 1, { cwd: io.cwd, isFolder })
    const threads = union<StoredThread>(selections, selection => reader.threads(selection))
    const about = { archive: reader, options: formatOptions, ...view }
    const done = await deliver({ exporter, threads, selections, about }, plan, io)
    const written = `${doneWords(done)} written to ${done.where}`
    if (done.threads === 0 && !done.captures) io.stderr.write(`${nothing(reader, selections)}\n`)
    else if (!options.quiet) io.stderr.write(`${written}\n${replacedWords(done.replaced)}`)
  })
}

const doneWords = ({ threads, posts, captures }: Tally): string =>
  captures === undefined ? `${count(threads, 'thread')}, ${count(posts, 'post')}` : count(captures, 'capture')

const MOST_NAMED = 5

/** A file that disappears is named: somebody may look for it, or have linked it. */
function replacedWords(names: readonly string[]): string {
  if (names.length === 0) return ''
  const shown = names.slice(0, MOST_NAMED).map(terminalLine).join(', ')
  const more = names.length > MOST_NAMED ? `, and ${names.length - MOST_NAMED} more` : ''
  return `${count(names.length, 'file')} of an earlier export removed, because the thread has another name now: ${shown}${more}\n`
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

/** What stands below the options of `export --help`. All that it says of formats follows from their list. */
const exportHelp = (exporters: readonly Exporter[]): string => `
Formats:
${formatLines(exporters).join('\n')}

A word of digits, or with /activity/ in it, is a thread; any other is a group.
The threads of all that is named are written, each once.

${wrapped(unnamedOutput(exporters), 80).join('\n')}
A template may hold {site} {group} {id} {date} {year} {month} {day} {author}
{title} {ext}.
${examples('export gardeners', 'export 237 -o thread.md', 'export -f jsonl --after today-2weeks > posts.jsonl', "export --filter 'from:anna has:link' -o links/", "export -o 'notes/{group}/{id}.{ext}'")}`

function formatLines(exporters: readonly Exporter[]): string[] {
  const width = Math.max(...exporters.map(({ name }) => name.length), 0)
  return [
    ...exporters.flatMap(({ name, summary }) => hanging(`  ${name.padEnd(width)}  `, summary)),
    ...optionLines(exporters),
  ]
}

/** Each option once, with the formats that have it. */
function optionLines(exporters: readonly Exporter[]): string[] {
  const formats = new Map<string, string[]>()
  for (const { name: format, options = {} } of exporters)
    for (const [name, spec] of Object.entries(options)) {
      const line = optionLine(name, spec)
      formats.set(line, [...(formats.get(line) ?? []), format])
    }
  const lines = [...formats].flatMap(([line, names]) => hanging('  -O ', `${line} (${names.join(', ')})`))
  return lines.length > 0 ? ['', 'Options of formats:', ...lines] : []
}

const hanging = (before: string, text: string): string[] =>
  wrapped(text, 80 - before.length).map((row, at) => `${at === 0 ? before : ' '.repeat(before.length)}${row}`)

const optionLine = (name: string, { summary, default: value, choices }: OptionSpec): string =>
  `${name}=${choices?.join('|') ?? VALUE[kindOf(value)]}  ${summary}; default: ${shown(value)}`

const VALUE = { string: 'TEXT', number: 'NUMBER', boolean: 'yes|no' } as const

const kindOf = (value: OptionSpec['default']) => typeof value as keyof typeof VALUE

const shown = (value: OptionSpec['default']): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : value === '' ? 'none' : String(value)

/** What `-f NAME` does where there is no `-o`, by the places that formats go to. */
function unnamedOutput(exporters: readonly Exporter[]): string {
  const parts = PLACES.flatMap(([place, isMeant]) => {
    const names = exporters.filter(isMeant).map(({ name }) => name)
    return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? 'goes' : 'go'} ${place}`]
  })
  return `Without -o, ${parts.join('; ')}.`
}

const PLACES: readonly [string, (exporter: Exporter) => boolean][] = [
  ['to stdout', ({ delivery }) => delivery === 'stdout'],
  [
    `to stdout where one thread is chosen, and else into ${DEFAULT_NAME}/, one file a thread`,
    ({ delivery, scope }) => delivery === 'folder' && scope === 'thread',
  ],
  [`into the folder ${DEFAULT_NAME}/`, ({ delivery, scope }) => delivery === 'folder' && scope === 'archive'],
  [`into the file ${DEFAULT_NAME} with its extension`, ({ delivery }) => delivery === 'file'],
]
