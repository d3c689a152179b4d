import type { Command } from 'commander'
import type { ArchiveReader, KeptThread, ThreadSummary } from '../../model/archive.js'
import { EXIT, type ExitCode, UsageError } from '../../model/errors.js'
import { paintFor } from '../colour.js'
import { type Globals, withArchive } from '../globals.js'
import { examples } from '../help.js'
import type { Io } from '../io.js'
import { escapeJson, terminalLine } from '../terminal-text.js'

export interface Options extends Globals {
  thread: string
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description('Shows one thread of the archive: who answers whom, when, and what was edited, shortened or deleted.')
    .argument('<thread>', 'id or permalink of the thread, or of any reply in it')
    .optionsGroup('Output:')
    .option('--json', 'print the thread as one JSON document (threadkeep.thread/1)')
    .addHelpText('after', HELP)
    .action(async (thread: string, _own, self: Command) => done(await run({ ...self.optsWithGlobals(), thread }, io)))
}

const HELP = examples('show 237', 'show https://community.example/activity/p/237/#acomment-240', 'show 237 --json')

export async function run(options: Options, io: Io): Promise<ExitCode> {
  await withArchive('read', options, io, async ({ reader }) => {
    const { closedLines, print } = await import('../print.js')
    const thread = await theThread(options.thread, reader)
    if (options.json) return print(io.stdout, [await jsonOf(thread, io)])
    const { threadLines } = await import('../thread-tree.js')
    const paint = await paintFor(io.stdout, io, options.color)
    return print(io.stdout, closedLines(threadLines(thread, io.stdout.width, paint)))
  })
  return EXIT.done
}

/** An unknown thread is wrong usage (2), as in `export`: the archive is fine, and the site was not asked. */
async function theThread(name: string, reader: ArchiveReader): Promise<KeptThread> {
  const { knownThread, onSiteOf } = await import('../selection.js')
  const known = knownThread(name, reader)
  const [head, ...others] = onSiteOf(name, [...reader.threadSummaries({ threads: [known] })])
  if (head && others.length > 0) throw ambiguous(name, [head, ...others])
  for (const thread of reader.threads({ threads: [known] })) {
    if (thread.site === head?.site && thread.id === head.id) return thread
  }
  throw new Error(`The archive lists the thread ${known} and does not give it.`)
}

function ambiguous(name: string, found: ThreadSummary[]): UsageError {
  const list = found.map(thread => `  ${terminalLine(thread.url)}`)
  return new UsageError(
    `"${name}" names ${found.length} threads in this archive.`,
    `Name one by its URL:\n${list.join('\n')}`,
  )
}

async function jsonOf(thread: KeptThread, io: Io): Promise<string> {
  const exporter = (await io.parts.exporters()).find(({ name }) => name === 'json')
  if (!exporter) throw new Error('The json exporter is missing.')
  return escapeJson(exporter.thread(thread))
}
