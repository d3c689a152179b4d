import { inChunks } from '../../node/chunks.js'
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
