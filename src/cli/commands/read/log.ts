import type { Command } from 'commander'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { HistoryEntry } from '../../../model/reports/history.js'
import { wholeAbove0 } from '../../options/durations.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals {
  name: string
  post?: boolean
  reverse?: boolean
  maxCount?: number
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Shows what happened to a thread or a post, newest first: when it was first\n' +
        'seen, what was edited, what is gone and why, what came back, and who was\n' +
        'renamed. Times (UTC) are those at which the archive saw it.\n' +
        'When the output is no terminal it is tab-separated: time, kind, id, author,\n' +
        'details, words, address.',
    )
    .argument('<thread|post>', 'id or permalink; a thread is shown with all its posts, a reply alone')
    .optionsGroup('What to show:')
    .option('--post', 'of a thread its opening post alone')
    .option('--reverse', 'oldest first')
    .option('-n, --max-count <number>', 'at most so many entries', wholeAbove0)
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
    const [{ resolvePost }, { closedLines, print }] = await Promise.all([
      import('../../options/resolve-post.js'),
      import('../../terminal/print.js'),
    ])
    const named = resolvePost(options.name, archive, options.post === true)
    const all = archive.history.entries(named.place, named.alone)
    const entries = (options.reverse ? all : all.reverse()).slice(0, options.maxCount)
    if (options.json) {
      const { logDocument } = await import('../../render/log-document.js')
      return print(io.stdout, logDocument(named, entries))
    }
    await print(io.stdout, closedLines(await linesOf(entries, options, io)))
    if (entries.length === 0 && !options.quiet)
      io.stderr.write('Nothing of it was read so far: the archive knows it by its replies only.\n')
  })
  return EXIT.done
}

async function linesOf(entries: readonly HistoryEntry[], options: Options, io: Io): Promise<Iterable<string>> {
  const { logLines, logRow } = await import('../../render/log-lines.js')
  const { width, isTTY } = io.stdout
  return isTTY ? logLines(entries, width, await paintFor(io.stdout, io, options.color)) : rows(entries, logRow)
}

function* rows(entries: readonly HistoryEntry[], row: (entry: HistoryEntry) => string): Generator<string> {
  for (const entry of entries) yield row(entry)
}
