import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { Change } from '../../../model/reports/changes.js'
import { collect } from '../../options/flag-values.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { addPeriod, type Period, type PeriodOptions, periodOf } from '../../options/period.js'
import { selectionsOf } from '../../options/selection.js'
import { changesJson } from '../../render/changes-json.js'
import { changeLines, changeRows } from '../../render/changes-lines.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { print, printLines } from '../../terminal/print.js'

export interface Options extends Globals, PeriodOptions {
  words: string[]
  group?: string[]
  thread?: string[]
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Lists the changes that the archive has seen on the site, in order of time: new\n' +
        'posts, edits, posts that moved, are gone or came back, members and groups\n' +
        'with new names. When the output is not a terminal, it is tab-separated.',
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

const HELP = `
The dates are those at which the archive read a post. A post is new when the
archive sees it for the first time, however old it is: after the first archive
run of a group, all its posts are new. "last" means since the start of the
newest finished run (archive or sync), or, if that run continued interrupted
ones, since the start of the first of these.

When the output is not a terminal, the columns are: time, kind (new, edited,
moved, gone, back, renamed), group, thread, post, author, why it is gone or what
changed, before, after, URL.
${examples('changes', 'changes gardeners --since today-1week', 'changes --since 2024-05-01 --until 2024-06-01 --json > may.json', 'changes --since last | cut -f2 | sort | uniq -c')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  await withArchive('read', options, io, async archive => {
    const period = periodOf(options, archive.changes, io)
    const seen = { any: false }
    await printChanges(watched(selectedChanges(archive, period, options), seen), period, options, io)
    if (options.quiet || options.json) return
    if (!seen.any)
      io.stderr.write(`Nothing has changed since ${period.since}${period.until ? ` (until ${period.until})` : ''}.\n`)
  })
  return EXIT.done
}

function selectedChanges(
  { reader, changes }: Archive,
  { since, until }: Period,
  { words, group: groups = [], thread: threads = [] }: Options,
): Iterable<Change> {
  // Only names need a search through the archive, which takes time in large ones.
  const isNamed = words.length + groups.length + threads.length > 0
  const selections = isNamed ? selectionsOf(reader, { words, groups, threads }, {}) : []
  return changes.since({ since, until, selections })
}

async function printChanges(changes: Iterable<Change>, period: Period, options: Options, io: Io): Promise<void> {
  if (options.json) return print(io.stdout, changesJson(period, changes))
  if (!io.stdout.isTTY) return printLines(io.stdout, changeRows(changes))
  const paint = await paintFor(io.stdout, io, options.color)
  return printLines(io.stdout, changeLines(changes, io.stdout.width, paint))
}

/** Passes the changes on, and records that there was one: they are not all in memory at once. */
function* watched(changes: Iterable<Change>, seen: { any: boolean }): Generator<Change> {
  for (const change of changes) {
    seen.any = true
    yield change
  }
}
