import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { Change } from '../../../model/reports/changes.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { addPeriod, type Period, type PeriodOptions, periodOf } from '../../options/period.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals, PeriodOptions {
  words: string[]
  group?: string[]
  thread?: string[]
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Lists what the archive has seen change on the site, in order of time: new\n' +
        'posts, edits, posts that are gone or came back, members and groups with other\n' +
        'names. When the output is no terminal it is tab-separated.',
    )
    .argument('[selection...]', 'only of these groups (slug, name, id, URL) and threads (id or permalink), mixed')
    .optionsGroup('What to list:')
  addPeriod(command)
  command
    .option('--group <name>', 'a group; may be given several times', collect)
    .option('--thread <id>', 'a thread; may be given several times', collect)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.changes/1), with the texts before and after')
    .addHelpText('after', HELP)
    .action(async (words: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), words }, io)))
}

const collect = (value: string, before: string[] = []) => [...before, value]

const HELP = `
The dates are those of reading: a post is new when the archive sees it first,
however long ago it was written, so the first reading of a group is a change
as long as the group. "last" is all that was seen since the newest finished
run (archive or sync) began; if it went on with runs that were stopped, since
the first of these began.

The columns, where the output is no terminal: time, kind (new, edited, gone,
back, renamed), group, thread, post, who, why it is gone or which name,
before, after, URL.
${examples('changes', 'changes gardeners --since today-1week', 'changes --since 2024-05-01 --until 2024-06-01 --json > may.json', 'changes --since last | cut -f2 | sort | uniq -c')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  await withArchive('read', options, io, async archive => {
    const period = periodOf(options, archive.changes, io)
    const changes = await chosen(archive, period, options)
    const told = { any: false }
    await print(noted(changes, told), period, options, io)
    if (options.quiet || options.json) return
    if (!told.any)
      io.stderr.write(`Nothing has changed since ${period.since}${period.until ? ` (until ${period.until})` : ''}.\n`)
    if (!archive.changes.knowsEvents) io.stderr.write(OLDER)
  })
  return EXIT.done
}

const OLDER =
  'This archive was made by an older threadkeep, which noted no posts that are gone and no new names. "threadkeep sync" begins to.\n'

async function chosen(
  { reader, changes }: Archive,
  { since, until }: Period,
  { words, group: groups = [], thread: threads = [] }: Options,
): Promise<Iterable<Change>> {
  // What is known is looked through for names only: in large archives that takes its time.
  if (words.length + groups.length + threads.length === 0) return changes.since({ since, until, selections: [] })
  const { selectionsOf } = await import('../../options/selection.js')
  return changes.since({ since, until, selections: selectionsOf(reader, { words, groups, threads }, {}) })
}

async function print(changes: Iterable<Change>, period: Period, options: Options, io: Io): Promise<void> {
  const { closedLines, print: printed } = await import('../../terminal/print.js')
  if (options.json) {
    const { changesJson } = await import('../../render/changes-json.js')
    return printed(io.stdout, changesJson(period, changes))
  }
  const { changeLine, changeRow } = await import('../../render/changes-lines.js')
  const { isTTY, width } = io.stdout
  const paint = await paintFor(io.stdout, io, options.color)
  const line = (change: Change) => (isTTY ? changeLine(change, width, paint) : changeRow(change))
  return printed(io.stdout, closedLines(mapped(changes, line)))
}

function* noted(changes: Iterable<Change>, told: { any: boolean }): Generator<Change> {
  for (const change of changes) {
    told.any = true
    yield change
  }
}

function* mapped<T>(list: Iterable<T>, line: (item: T) => string): Generator<string> {
  for (const item of list) yield line(item)
}
