import { extname, resolve } from 'node:path'
import { isStdout } from '../../../export/destination.js'
import { UsageError } from '../../../model/errors.js'
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
    if (output === undefined || isStdout(output)) return printDocument(io.stdout, pieces, pause)
    const file = resolve(io.cwd, output)
    await writeAtomically(file, pieces, pause)
    if (!quiet) io.stderr.write(`Written to ${terminalLine(file)}\n`)
  })

/** Extensions by which other programs know what a file holds. */
const KNOWN = /^\.(?:md|json|html?|pdf|docx?|odt|rtf|epub|xlsx?|ods|csv|tsv|parquet|xml|bib|ris|zip)$/

/**
 * Refuses a file whose name says that it holds something else. `fitting`: the extensions of what is written, the first the usual one.
 * `forms`: what the command writes, in words.
 * @throws UsageError
 */
export function refuseOtherExtension(output: string | undefined, fitting: readonly string[], forms: string): void {
  const extension = extname(output ?? '').toLowerCase()
  if (output === undefined || !KNOWN.test(extension) || fitting.includes(extension)) return
  const name = terminalLine(output)
  const stem = name.slice(0, -extension.length)
  const advice =
    PAPER.test(extension) && fitting[0] === '.md'
      ? `Write ${stem}.md, and convert it: pandoc -f gfm ${stem}.md -o ${name}`
      : null
  throw new UsageError(
    `${name} would not be a file of this kind: this command writes ${forms}.`,
    advice ?? `Name it ${stem}${fitting[0] ?? ''}, or choose the form that you want (see --help).`,
  )
}

/** What pandoc makes of markdown. */
const PAPER = /^\.(?:html?|pdf|docx|odt|rtf|epub)$/
