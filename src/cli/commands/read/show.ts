import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import type { ArchiveReader, StoredThread } from '../../../model/archive.js'
import { parseDayEnd } from '../../../model/dates.js'
import type { Instant } from '../../../model/discussion.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { escapeJson } from '../../text/terminal-text.js'

export interface Options extends Globals {
  thread: string
  asOf?: string
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description('Shows one thread of the archive: who answers whom, when, and what was edited, shortened or deleted.')
    .argument('<thread>', 'id or permalink of the thread, or of any reply in it')
    .optionsGroup('What to show:')
    .option(
      '--as-of <date>',
      'the thread as the archive knew it then (UTC): 2024-05-01 (to the end of that day), 2024-05-01T12:00Z, yesterday',
    )
    .optionsGroup('Output:')
    .option('--json', 'print the thread as one JSON document (threadkeep.thread/1)')
    .addHelpText('after', HELP)
    .action(async (thread: string, _own, self: Command) => done(await run({ ...self.optsWithGlobals(), thread }, io)))
}

const HELP = examples(
  'show 237',
  'show https://community.example/activity/p/237/#acomment-240',
  'show 237 --as-of 2024-05-01',
  'show 237 --json',
)

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const then = options.asOf === undefined ? null : parseDayEnd(options.asOf, io.now())
  await withArchive('read', options, io, async archive => {
    const { closedLines, print } = await import('../../terminal/print.js')
    const thread =
      then === null ? await theThread(options.thread, archive.reader) : await pastThread(options.thread, archive, then)
    if (options.json) return print(io.stdout, [await jsonOf(thread)])
    const { threadLines } = await import('../../render/thread-tree.js')
    const paint = await paintFor(io.stdout, io, options.color)
    return print(io.stdout, closedLines(threadLines(thread, io.stdout.width, paint)))
  })
  return EXIT.done
}

/** An unknown thread is wrong usage (2), as in `export`: the archive is fine, and the site was not asked. */
async function theThread(name: string, reader: ArchiveReader): Promise<StoredThread> {
  const { knownThread, theOnly } = await import('../../options/selection.js')
  const known = knownThread(name, reader)
  const head = theOnly(name, [...reader.threadSummaries({ threads: [known] })])
  for (const thread of reader.threads({ threads: [known] })) {
    if (thread.site === head?.site && thread.id === head.id) return thread
  }
  throw new Error(`The archive lists the thread ${known} and does not give it.`)
}

async function pastThread(name: string, archive: Archive, then: Instant): Promise<StoredThread> {
  const [{ resolvePost }, { instantWords }] = await Promise.all([
    import('../../options/resolve-post.js'),
    import('../../text/phrases.js'),
  ])
  const { place } = resolvePost(name, archive, false)
  const thread = archive.history.threadAt(place, then)
  if (thread) return thread
  const seen = archive.history.firstSeenAt(place)
  throw new UsageError(
    `The archive did not know the thread ${place.thread} yet as of ${instantWords(then)}.`,
    seen === null
      ? 'None of its posts was read so far.'
      : `It was first seen on ${instantWords(seen)}. Name that time or a later one.`,
  )
}

async function jsonOf(thread: StoredThread): Promise<string> {
  const { EXPORTERS } = await import('../../../export/index.js')
  const exporter = EXPORTERS.find(({ name }) => name === 'json')
  if (!exporter) throw new Error('The json exporter is missing.')
  return escapeJson(exporter.thread(thread))
}
