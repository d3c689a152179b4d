import type { Command } from 'commander'
import { tableOf } from '../../../export/table/column.js'
import type { Change } from '../../../model/reports/changes.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { csvFlag } from '../../options/flag-values.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { addPeriod, type PeriodOptions, periodOf } from '../../options/period.js'
import { addSelection, type NamedSelection, selectionsOf } from '../../options/selection.js'
import { changeLines, changeRows, changesJson } from '../../render/changes.js'
import { CHANGE_COLUMNS } from '../../render/table/changes.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'

export interface Options extends Globals, PeriodOptions, NamedSelection {}

export const examples = [
  'changes',
  'changes gardeners --since today-1week',
  'changes --since 2024-05-01 --until 2024-06-01 --json > may.json',
  'changes --since last | cut -f2 | sort | uniq -c',
]

export function add(command: Command): void {
  command
    .description(
      'Lists the changes that the archive has seen on the site, in order of time: new\n' +
        'posts, edits, posts that moved, are gone or came back, members and groups\n' +
        'with new names. When the output is not a terminal, it is tab-separated.',
    )
    .argument('[selection...]', 'only of these groups (slug, name, id, URL) and threads (id or permalink), mixed')
    .optionsGroup('What to list:')
  addPeriod(command)
  addSelection(command)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.changes/1), with the texts before and after')
    .addOption(csvFlag())
    .addHelpText('after', notes(HELP))
}

const HELP = `
The dates are those at which the archive read a post. A post is new when the
archive sees it for the first time, however old it is: after the first archive
run of a group, all its posts are new. "last" means since the start of the
newest finished run (archive or sync), or, if that run continued interrupted
ones, since the start of the first of these.

When the output is not a terminal, the columns are: time, kind (new, edited,
moved, gone, back, renamed), group, thread, post, author, why it is gone or what
changed, before, after, URL.`

export async function run(options: Options, io: Io): Promise<void> {
  keepHeapSmall()
  await readArchive(options, io, async archive => {
    const period = periodOf(options, archive.changes, io)
    const { since, until } = period
    const selections = selectionsOf(archive.reader, options)
    const seen = { any: false }
    const changes = watched(archive.changes.since({ since, until, selections }), seen)
    const lines: Forms['lines'] = (width, paint) => changeLines(changes, width, paint)
    const csv = tableOf(CHANGE_COLUMNS, changes)
    await printForm({ json: changesJson(period, changes), csv, rows: changeRows(changes), lines }, options, io)
    if (options.quiet || options.json) return
    if (!seen.any) io.stderr.write(`Nothing has changed since ${since}${until ? ` (until ${until})` : ''}.\n`)
  })
}

/** Passes the changes on, and records that there was one: they are not all in memory at once. */
function* watched(changes: Iterable<Change>, seen: { any: boolean }): Generator<Change> {
  for (const change of changes) {
    seen.any = true
    yield change
  }
}
