import { inChunks } from '../../node/chunks.js'
import { wrapped } from '../text/wrapped.js'
import type { Out } from './io.js'

/** Prints a stream of any length with flat memory. Ends early, and quietly, when nobody reads any more. */
export async function print(out: Out, pieces: Iterable<string | Uint8Array>, pause = async () => {}): Promise<void> {
  for (const chunk of inChunks(pieces)) {
    if (out.closed) return
    out.write(chunk)
    await out.drained()
    await pause()
  }
}

/** The lines of `lines`, each closed by a line feed. */
export function* closedLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

/** Writes sentences: a terminal would break them within a word, and all else gets each as one line. */
export function writeLines(lines: Iterable<string>, out: Out): void {
  for (const line of lines) {
    const rows = out.isTTY ? wrapped(line, Math.max(20, out.width)) : [line]
    for (const row of rows) out.write(`${row}\n`)
  }
}
