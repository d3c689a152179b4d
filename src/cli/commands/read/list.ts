import type { Command } from 'commander'
import { NOTICES } from '../../../export/exporter.js'
import type { ArchiveReader, GroupSummary, Selection, ThreadSummary } from '../../../model/archive.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { addFilters, type FilterOptions, filterOf } from '../../options/filters.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals, FilterOptions {
  names: string[]
  groups?: boolean
  json?: boolean
  /** The drawing for people also where stdout is no terminal: for `demo`, whose output is all for people. */
  drawn?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Lists the groups of the archive with their threads, oldest first, and how complete each is held.\n' +
        'When the output is no terminal it is tab-separated: one thread (with --groups, one group) a line.',
    )
    .argument('[group...]', 'only these groups: slug, name, id or URL')
    .optionsGroup('What to list:')
    .option('--groups', 'only the groups, without their threads')
  addFilters(command)
  command
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (names: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), names }, io)))
}

const HELP = examples(
  'list',
  'list --groups',
  'list gardeners --after today-2weeks',
  "list --filter 'from:anna bees'",
  'list --json > list.json',
)

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const filter = filterOf(options, options.json ? [] : NOTICES, io)
  await withArchive('read', options, io, async ({ reader, search }) => {
    if (filter.matching) (await import('../../options/check-names.js')).refuseUnknownNames(filter.matching, search)
    const { print, closedLines } = await import('../../terminal/print.js')
    const groups = await chosenGroups(reader, options.names)
    if (options.json) await print(io.stdout, await jsonOf(reader, groups, filter, options))
    else if (io.stdout.isTTY || options.drawn)
      await print(io.stdout, closedLines(await forPeople(reader, groups, filter, options, io)))
    else await print(io.stdout, closedLines(await forScripts(reader, groups, filter, options)))
    if (groups.length === 0 && isEmpty(reader) && !options.quiet)
      io.stderr.write('The archive holds no discussions yet.\n')
  })
  return EXIT.done
}

async function chosenGroups(reader: ArchiveReader, names: string[]): Promise<GroupSummary[]> {
  const known = [...reader.groups()]
  if (names.length === 0) return known
  const { knownGroups } = await import('../../options/selection.js')
  const urls = new Set(names.flatMap(name => knownGroups(name, known)))
  return known.filter(group => urls.has(group.url))
}

function isEmpty(reader: ArchiveReader): boolean {
  for (const _ of reader.threadSummaries({})) return false
  return true
}

/** Threads of the chosen groups; of all, and of none, where no group was named. */
const chosenThreads = (reader: ArchiveReader, groups: GroupSummary[], filter: Selection, options: Options) => {
  if (options.groups) return []
  return reader.threadSummaries(
    options.names.length === 0 ? filter : { ...filter, groups: groups.map(group => group.url) },
  )
}

async function jsonOf(reader: ArchiveReader, groups: GroupSummary[], filter: Selection, options: Options) {
  const { listJson } = await import('../../render/list-json.js')
  return listJson(groups, chosenThreads(reader, groups, filter, options))
}

async function forScripts(reader: ArchiveReader, groups: GroupSummary[], filter: Selection, options: Options) {
  const { groupRow, threadRow } = await import('../../render/list-lines.js')
  return options.groups ? groups.map(groupRow) : mapped(chosenThreads(reader, groups, filter, options), threadRow)
}

async function forPeople(reader: ArchiveReader, groups: GroupSummary[], filter: Selection, options: Options, io: Io) {
  const { groupLines, threadHead, threadLine } = await import('../../render/list-lines.js')
  const { count } = await import('../../text/phrases.js')
  const paint = await paintFor(io.stdout, io, options.color)
  const { width } = io.stdout
  return (function* () {
    if (!options.groups) yield threadHead(width, paint)
    for (const group of groups) {
      if (!filter.matching || options.groups) yield* groupLines(group, width, paint)
      if (options.groups) continue
      let listed = 0
      for (const thread of reader.threadSummaries({ ...filter, groups: [group.url] })) {
        // Of a search, groups without matches are no part.
        if (listed++ === 0 && filter.matching) yield* groupLines(group, width, paint)
        yield threadLine(thread, width, paint)
      }
      // The group's own count holds them, and must not seem to contradict the list.
      const isWhole = !filter.after && !filter.before && !filter.matching
      const hidden = filter.withoutTypes && isWhole ? group.threads - listed : 0
      if (hidden > 0) yield paint.dim(`   and ${count(hidden, 'membership notice')} (--types all lists them)`)
    }
    if (options.groups || options.names.length > 0) return
    yield* withTitle(paint.bold('Outside all groups'), outside(reader, filter), thread =>
      threadLine(thread, width, paint),
    )
  })()
}

function* outside(reader: ArchiveReader, filter: Selection): Generator<ThreadSummary> {
  for (const thread of reader.threadSummaries(filter)) if (thread.group === null) yield thread
}

/** The title stands only where something stands under it. */
function* withTitle<T>(title: string, list: Iterable<T>, line: (item: T) => string): Generator<string> {
  let told = false
  for (const item of list) {
    if (!told) yield title
    told = true
    yield line(item)
  }
}

function* mapped<T>(list: Iterable<T>, line: (item: T) => string): Generator<string> {
  for (const item of list) yield line(item)
}
