import type { Command } from 'commander'
import type { ReadableArchive } from '../../../archive/reading.js'
import type { PrivacyRequest } from '../../../export/pseudonyms/request.js'
import type { ArchiveReader, StoredThread } from '../../../model/archive.js'
import { parseEnd } from '../../../model/dates.js'
import type { Instant } from '../../../model/discussion.js'
import { UsageError } from '../../../model/errors.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { addPseudonymFlags, coveredBy, type PseudonymOptions, pseudonymsOf } from '../../options/pseudonym-flags.js'
import { resolvePost } from '../../options/resolve.js'
import { knownThread, theOnly } from '../../options/selection.js'
import { threadLines } from '../../render/thread-tree.js'
import type { Io } from '../../terminal/io.js'
import { mapped, printForm } from '../../terminal/print.js'
import { instantWords } from '../../text/phrases.js'
import { escapeJson } from '../../text/terminal-text.js'

export interface Options extends Globals, PseudonymOptions {
  word: string
  asOf?: string
}

export const examples = [
  'show 237',
  'show https://community.example/activity/p/237/#acomment-240',
  'show 237 --as-of 2024-05-01',
  'show 237 --json',
]

export function add(command: Command): void {
  command
    .description(
      'Shows one thread of the archive: who replied to whom, when, and what was edited, shortened or deleted.',
    )
    .argument('<thread>', 'id or permalink of the thread, or of any reply in it')
    .optionsGroup('What to show:')
    .option(
      '--as-of <date>',
      'the thread as the archive knew it at this time (UTC): 2024-05-01, 2024-05 or 2024 (the end of that day, month or year), 2024-05-01T12:00Z, yesterday (default: now)',
    )
    .optionsGroup('Output:')
    .option('--json', 'print the thread as one JSON document (threadkeep.thread/1)')
  addPseudonymFlags(command.optionsGroup('What to withhold (it does not anonymise):')).addHelpText('after', notes(HELP))
}

const HELP = `
To cite it, or a reply in it: threadkeep cite`

export async function run(options: Options, io: Io): Promise<void> {
  const asOf = options.asOf === undefined ? null : parseEnd(options.asOf, io.now())
  // Two views of a thread, of now and of then, are in memory at first.
  if (asOf !== null) keepHeapSmall()
  const privacy = await pseudonymsOf(options, io)
  await readArchive(options, io, async archive => {
    const real = asOf === null ? presentThread(options.word, archive.reader) : pastThread(options.word, archive, asOf)
    const thread = privacy.pseudonyms === undefined ? real : await covered(real, privacy, archive.reader, io)
    const json = options.json ? await jsonOf(thread) : []
    await printForm({ json, lines: (width, paint) => threadLines(thread, width, paint) }, options, io)
  })
}

async function covered(thread: StoredThread, privacy: PrivacyRequest, reader: ArchiveReader, io: Io) {
  const { coveredThread } = await import('../../../export/pseudonyms/cover.js')
  return coveredThread(thread, (await coveredBy(privacy, [], reader, io)).cover)
}

/** @throws UsageError for an unknown thread, as `export` does: the archive is in order, and no site was asked. */
function presentThread(name: string, reader: ArchiveReader): StoredThread {
  const known = knownThread(name, reader)
  const summary = theOnly(name, [...reader.threadSummaries({ threads: [known] })])
  for (const thread of reader.threads({ threads: [known] })) {
    if (thread.site === summary?.site && thread.id === summary.id) return thread
  }
  throw new Error(`The archive lists the thread ${known}, but can't read it.`)
}

function pastThread(name: string, archive: ReadableArchive, asOf: Instant): StoredThread {
  const place = resolvePost(name, archive)
  const thread = archive.history.threadAt(place, asOf)
  if (thread) return thread
  const seen = archive.history.firstSeenAt(place)
  throw new UsageError(
    `The archive did not know the thread ${place.thread} yet as of ${instantWords(asOf)}.`,
    seen === null
      ? 'None of its posts has been read so far.'
      : `It was first seen on ${instantWords(seen)}. Name that time or a later one.`,
  )
}

async function jsonOf(thread: StoredThread): Promise<Iterable<string>> {
  const { threadJson } = await import('../../../export/index.js')
  return mapped(threadJson(thread), escapeJson)
}
