import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { HistoryEntry } from '../../../model/reports/history.js'
import { wholeAbove0 } from '../../options/flag-values.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { resolvePost } from '../../options/resolve-post.js'
import { logDocument } from '../../render/log-document.js'
import { logLines, logRows } from '../../render/log-lines.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { print, printLines } from '../../terminal/print.js'

export interface Options extends Globals {
  name: string
  post?: boolean
  reverse?: boolean
  maxCount?: number
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Shows what happened to a thread or a post, newest first: when it was first\n' +
        'seen, what was edited or moved, what is gone and why, what came back, and who\n' +
        'was renamed. The times (UTC) are those at which the archive saw it.\n' +
        'When the output is not a terminal, it is tab-separated: time, kind, id, author,\n' +
        'details, text, URL.',
    )
    .argument('<thread|post>', 'id or permalink; a thread is shown with all its posts, a reply alone')
    .optionsGroup('What to show:')
    .option('--post', 'only the opening post of a thread')
    .option('--reverse', 'oldest first')
    .option('-n, --max-count <number>', 'at most this many entries', wholeAbove0)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.log/1)')
    .addHelpText('after', HELP)
    .action(async (name: string, _own, self: Command) => done(await run({ ...self.optsWithGlobals(), name }, io)))
}

const HELP = examples(
  'log 237',
  'log https://community.example/activity/p/237/#acomment-240',
  'log 237 --post --reverse',
  'log 237 --json > log.json',
)

export async function run(options: Options, io: Io): Promise<ExitCode> {
  await withArchive('read', options, io, async archive => {
    const named = resolvePost(options.name, archive, options.post === true)
    const all = archive.history.entries(named.place, named.alone)
    const entries = (options.reverse ? all : all.reverse()).slice(0, options.maxCount)
    if (options.json) return print(io.stdout, logDocument(named, entries))
    await printLines(io.stdout, await linesOf(entries, options, io))
    if (entries.length === 0 && !options.quiet)
      io.stderr.write('This post has not been read so far: the archive knows it only from its replies.\n')
  })
  return EXIT.done
}

async function linesOf(entries: readonly HistoryEntry[], options: Options, io: Io): Promise<Iterable<string>> {
  const { width, isTTY } = io.stdout
  return isTTY ? logLines(entries, width, await paintFor(io.stdout, io, options.color)) : logRows(entries)
}
