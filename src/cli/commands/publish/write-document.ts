import { resolve } from 'node:path'
import { writeAtomically } from '../../../node/atomic-write.js'
import { withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { printDocument } from '../../terminal/print.js'
import { terminalLine } from '../../text/terminal-text.js'

/**
 * Writes a document to the file that `-o` names, completely or not at all; without `-o`, and for `-`, to stdout.
 * @throws KnownError if the file can't be written.
 */
export const writeDocument = (
  pieces: Iterable<string>,
  { output, quiet }: { output?: string; quiet?: boolean },
  io: Io,
): Promise<void> =>
  withPause(io, async pause => {
    if (output === undefined || output === '-') return printDocument(io.stdout, pieces, pause)
    const file = resolve(io.cwd, output)
    await writeAtomically(file, pieces, pause)
    if (!quiet) io.stderr.write(`Written to ${terminalLine(file)}\n`)
  })
