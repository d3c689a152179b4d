import type { Command } from 'commander'
import { NOTICES } from '../../../export/exporter.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { notes } from '../../help/layout.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { EMPTY_ARCHIVE, isEmpty } from '../../options/selection.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export const examples = ['read', 'read --db gardeners.db']

export function add(command: Command): void {
  command
    .description(
      'Reads the archive in this terminal, with the keyboard: groups, threads with\n' +
        'replies that fold, edits, and a search. The key ? shows the keys, q ends.',
    )
    .addHelpText('after', notes(HELP))
}

const HELP = `
The archive is only read. Membership notices are left out; a search finds them.
What is shown is the state at the start: what a sync brings meanwhile is there
the next time.`

export async function run(options: Globals, io: Io): Promise<ExitCode> {
  const { fullScreen, terminalOf } = await import('../../terminal/full-screen.js')
  const terminal = terminalOf(io)
  if (!terminal || options.plain)
    throw new UsageError(
      options.plain
        ? '"read" draws over the whole window, and --plain forbids that.'
        : '"read" needs a terminal that can be drawn on, for its keys and its pages.',
      'threadkeep list, show and search print the same.',
    )
  return readArchive(options, io, async archive => {
    if (isEmpty(archive.reader)) {
      if (!options.quiet) io.stderr.write(`${EMPTY_ARCHIVE}\n`)
      return EXIT.done
    }
    const { ReadingProgram } = await import('../../screen/reading.js')
    const { ArchiveLibrary } = await import('../../screen/library.js')
    const library = new ArchiveLibrary(archive, NOTICES, io.now)
    const reading = new ReadingProgram(library.first(), library, await paintFor(io.stdout, io, options))
    const end = await fullScreen(reading, terminal, io)
    return end === 'ended' ? EXIT.done : EXIT.interrupted
  })
}
