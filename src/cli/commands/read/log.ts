import type { Command } from 'commander'
import { wholeAbove0 } from '../../options/flag-values.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { resolvePostOrThread } from '../../options/resolve.js'
import { logDocument, logLines, logRows } from '../../render/log.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'

export interface Options extends Globals {
  word: string
  post?: boolean
  reverse?: boolean
  maxCount?: number
}

export const examples = [
  'log 237',
  'log https://community.example/activity/p/237/#acomment-240',
  'log 237 --post --reverse',
  'log 237 --json > log.json',
]

export function add(command: Command): void {
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
    .option('-n, --max-count <number>', 'at most this many entries (default: all)', wholeAbove0)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.log/1)')
}

export async function run(options: Options, io: Io): Promise<void> {
  await readArchive(options, io, async archive => {
    const named = resolvePostOrThread(options.word, archive, options.post === true)
    const all = archive.history.entries(named.place, named.alone)
    const entries = all.first(options.maxCount, !options.reverse)
    const lines: Forms['lines'] = (width, paint) => logLines(entries, width, paint)
    await printForm({ json: logDocument(named, entries), rows: logRows(entries), lines }, options, io)
    if (entries.length === 0 && !options.quiet && !options.json)
      io.stderr.write('This post has not been read so far: the archive knows it only from its replies.\n')
  })
}
