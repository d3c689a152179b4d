import { inChunks } from '../../node/chunks.js'
import { terminalLines } from '../text/terminal-text.js'
import { wrapped } from '../text/wrapped.js'
import type { Out } from './io.js'

/** Prints a stream of any length; memory does not grow with it. Ends early, without an error, when the reader has gone. */
export async function print(out: Out, pieces: Iterable<string | Uint8Array>, pause = async () => {}): Promise<void> {
  for (const chunk of inChunks(pieces)) {
    if (out.closed) return
    out.write(chunk)
    await out.drained()
    await pause()
  }
}

/** Prints each line with a line feed after it. */
export const printLines = (out: Out, lines: Iterable<string>): Promise<void> =>
  print(
    out,
    mapped(lines, line => `${line}\n`),
  )

/** A file or a pipe gets the exact bytes; a terminal would obey control characters in a post. */
export const printDocument = (out: Out, pieces: Iterable<string>, pause: () => Promise<void>): Promise<void> =>
  print(out, out.isTTY ? mapped(pieces, terminalLines) : pieces, pause)

function* mapped(pieces: Iterable<string>, change: (piece: string) => string): Generator<string> {
  for (const piece of pieces) yield change(piece)
}

/** Writes sentences, each as one line; on a terminal they are wrapped between words. */
export function writeLines(lines: Iterable<string>, out: Out): void {
  for (const line of lines) {
    const rows = out.isTTY ? wrapped(line, Math.max(20, out.width)) : [line]
    for (const row of rows) out.write(`${row}\n`)
  }
}
