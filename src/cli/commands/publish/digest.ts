import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ArchiveReader, Selection } from '../../../model/archive.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { addPeriod, type PeriodOptions, periodOf } from '../../options/period.js'
import { type Pause, withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine, terminalLines } from '../../text/terminal-text.js'

export interface Options extends Globals, PeriodOptions {
  names: string[]
  output?: string
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Writes what is new in the groups as one markdown document: new threads, new\n' +
        'replies by thread, edits, posts that are gone, new names.\n' +
        'The same archive and dates give the same bytes.',
    )
    .argument('[group...]', 'only these groups: slug, name, id or URL')
    .optionsGroup('What to tell:')
  addPeriod(command)
  command
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'write to this file, whole or not at all (default: stdout)')
    .addHelpText('after', HELP)
    .action(async (names: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), names }, io)))
}

const HELP = `
A post is new if it was read first in this time and was written after the last
look at its group before. What is older (approved late, say) stands apart, and
what the first reading of a group brings is only counted. "last" is the newest
finished run of archive or sync, with the stopped runs that it went on with.
For programs: threadkeep changes --json has all that a digest is made of.
${examples('digest', 'digest gardeners --since today-1week -o news.md', 'sync; threadkeep digest | pandoc -f gfm -t html')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  await withArchive('read', options, io, async archive => {
    const period = periodOf(options, archive.changes, io)
    const selections = [await selectionOf(archive.reader, options.names)]
    const { NOTICES, renderDigest } = await import('../../../export/index.js')
    const digest = archive.digest({ since: period.since, until: period.until, selections }, NOTICES)
    const until = options.until === undefined ? digest.until : period.until
    await send(renderDigest({ ...digest, since: period.shownFrom, until }), options, io)
  })
  return EXIT.done
}

async function selectionOf(reader: ArchiveReader, names: string[]): Promise<Selection> {
  if (names.length === 0) return {}
  const { knownGroups } = await import('../../options/selection.js')
  const known = [...reader.groups()]
  return { groups: [...new Set(names.flatMap(name => knownGroups(name, known)))] }
}

const send = (pieces: Iterable<string>, { output, quiet }: Options, io: Io): Promise<void> =>
  withPause(io, async pause => {
    if (output === undefined || output === '-') return toStdout(pieces, io, pause)
    const { writeAtomically } = await import('../../../node/atomic-write.js')
    const file = resolve(io.cwd, output)
    await writeAtomically(file, pieces, pause)
    if (!quiet) io.stderr.write(`Written to ${terminalLine(file)}\n`)
  })

/** A file or a pipe gets the exact bytes; a terminal would obey what a post tells it. */
async function toStdout(pieces: Iterable<string>, io: Io, pause: Pause): Promise<void> {
  const { print } = await import('../../terminal/print.js')
  return print(io.stdout, io.stdout.isTTY ? mapped(pieces, terminalLines) : pieces, pause)
}

function* mapped(pieces: Iterable<string>, change: (piece: string) => string): Generator<string> {
  for (const piece of pieces) yield change(piece)
}
