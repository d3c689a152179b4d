import { type Command, Option } from 'commander'
import { NOTICES } from '../../../export/exporter.js'
import { tableOf } from '../../../export/table/column.js'
import type { ArchiveReader, GroupSummary, Selection, ThreadSummary } from '../../../model/archive.js'
import { isMirror, MIRROR_TYPES } from '../../../model/forum/posts.js'
import { notes } from '../../help/layout.js'
import { addFilters, FILTERS, type FilterOptions, filterOf } from '../../options/filters.js'
import { csvFlag } from '../../options/flag-values.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { EMPTY_ARCHIVE, isEmpty, knownGroups } from '../../options/selection.js'
import { groupLines, groupRows, listJson, summaryLines, threadHead, threadTabRows } from '../../render/list.js'
import { GROUP_COLUMNS, THREAD_COLUMNS } from '../../render/table/list.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'
import type { Paint } from '../../text/paint.js'
import { count } from '../../text/phrases.js'

export interface Options extends Globals, FilterOptions {
  words: string[]
  groups?: boolean
  /** Draw for people, also where stdout is not a terminal: for `demo`. */
  drawn?: boolean
}

export const examples = [
  'list',
  'list --groups',
  'list gardeners --after today-2weeks',
  "list --filter 'from:anna bees'",
  'list --json > list.json',
]

export function add(command: Command): void {
  command
    .description(
      'Lists the groups of the archive with their threads, oldest first, and how complete each is.\n' +
        'When the output is not a terminal, it is tab-separated: one thread (with --groups, one group) a line.',
    )
    .argument('[group...]', 'only these groups: slug, name, id or URL')
    .optionsGroup('What to list:')
    .addOption(new Option('--groups', 'only the groups, whole, without their threads').conflicts([...FILTERS]))
  addFilters(command)
  command
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.list/1)')
    .addOption(csvFlag())
    .addHelpText('after', notes(HELP))
}

const HELP = `
Cells of a line: id, date, replies, completeness, group, author, title, URL.
With --groups: slug, name, threads, posts, completeness, last post, URL.`

export async function run(options: Options, io: Io): Promise<void> {
  const filter = filterOf(options, options.json ? [] : NOTICES, io)
  await readArchive(options, io, async ({ reader, search }) => {
    if (filter.matching) refuseUnknownNames(filter.matching, search)
    const groups = selectedGroups(reader, options.words)
    await printList({ reader, groups, filter, options }, io)
    if (groups.length === 0 && isEmpty(reader) && !options.quiet) io.stderr.write(`${EMPTY_ARCHIVE}\n`)
  })
}

function selectedGroups(reader: ArchiveReader, names: string[]): GroupSummary[] {
  const known = [...reader.groups()]
  if (names.length === 0) return known
  const urls = new Set(names.flatMap(name => knownGroups(name, known)))
  return known.filter(group => urls.has(group.url))
}

/** What is listed: threads of these groups; where none was named, those outside all groups, too. */
interface Listing {
  reader: ArchiveReader
  groups: readonly GroupSummary[]
  filter: Selection
  options: Options
}

async function printList(listing: Listing, io: Io) {
  const { groups, options } = listing
  const threads = selectedThreads(listing)
  const rows = options.groups ? groupRows(groups) : threadTabRows(threads)
  const lines: Forms['lines'] = (width, paint) => drawnList(listing, width, paint)
  const csv = options.groups ? tableOf(GROUP_COLUMNS, groups) : tableOf(THREAD_COLUMNS, threads)
  return printForm({ json: listJson(groups, threads), csv, ...(!options.drawn && { rows }), lines }, options, io)
}

/** Threads of the selected groups; if no group was named, all threads, including those outside all groups. */
function selectedThreads({ reader, groups, filter, options }: Listing) {
  if (options.groups) return []
  return reader.threadSummaries(
    options.words.length === 0 ? filter : { ...filter, groups: groups.map(group => group.url) },
  )
}

function* drawnList(listing: Listing, width: number, paint: Paint): Generator<string> {
  const { reader, groups, filter, options } = listing
  if (options.groups) {
    for (const group of groups) yield* groupLines(group, width, paint)
    return
  }
  if (!paint.spoken) yield threadHead(width, paint)
  for (const group of groups) yield* drawnGroup(group, listing, width, paint)
  if (options.words.length > 0) return
  let title = [paint.bold('Outside all groups')]
  for (const thread of outsideGroups(reader, filter)) {
    yield* title
    title = []
    yield* summaryLines(thread, width, paint)
  }
}

function* drawnGroup(group: GroupSummary, { reader, filter }: Listing, width: number, paint: Paint) {
  if (!filter.matching) yield* groupLines(group, width, paint)
  let [listed, mirrors] = [0, 0]
  for (const thread of reader.threadSummaries({ ...filter, groups: [group.url] })) {
    // With --filter, groups without a match are left out.
    if (listed++ === 0 && filter.matching) yield* groupLines(group, width, paint)
    if (isMirror(thread.type)) mirrors++
    yield* summaryLines(thread, width, paint)
  }
  const isWhole = !filter.after && !filter.before && !filter.matching
  const hidden = filter.withoutTypes && isWhole ? group.threads - listed : 0
  if (hidden > 0)
    yield paint.dim(`   and ${hiddenWords(hidden, repeatedIn(group, reader) - mirrors)} (--types all lists them)`)
}

/** What the group's own count includes, so that it does not seem to contradict the list. */
const hiddenWords = (hidden: number, mirrors: number): string =>
  [
    ...(hidden > mirrors ? [count(hidden - mirrors, 'membership notice')] : []),
    ...(mirrors > 0 ? [`${count(mirrors, 'activity item')} that repeat posts of its forum`] : []),
  ].join(' and ')

/** Number of activity items of the group that announce posts of its forum. */
function repeatedIn({ url }: GroupSummary, reader: ArchiveReader): number {
  let found = 0
  for (const _ of reader.threadSummaries({ groups: [url], types: MIRROR_TYPES })) found++
  return found
}

function* outsideGroups(reader: ArchiveReader, filter: Selection): Generator<ThreadSummary> {
  for (const thread of reader.threadSummaries(filter)) if (thread.group === null) yield thread
}
