import type { Table } from '../../export/table/column.js'
import { chunksOf, type Pieces } from '../../node/chunks.js'
import type { Paint } from '../text/paint.js'
import { terminalLines } from '../text/terminal-text.js'
import { hanging, wrappedForCopying } from '../text/wrapped.js'
import { paintFor } from './colour.js'
import type { Io, Out } from './io.js'
import { paged, pagingOf } from './pager.js'
import type { OutputFlags } from './progress.js'

/** Prints a stream of any length; memory does not grow with it. Ends early, without an error, when the reader has gone. */
export async function print(out: Out, pieces: Pieces, pause = async () => {}): Promise<void> {
  for await (const chunk of chunksOf(pieces)) {
    if (out.closed) return
    out.write(chunk)
    await out.drained()
    await pause()
  }
}

/** A result in all its forms. Each is made piece by piece, and only if it is printed. */
export interface Forms {
  /** With `--json`: one document. */
  json: Iterable<string>
  /** With `--csv`: a row a line below the names of the columns. */
  csv?: Table
  /** For scripts, if stdout is not a terminal; absent: as for people. */
  rows?: Iterable<string>
  /** For people: lines for a terminal of `width` columns. */
  lines(width: number, paint: Paint): Iterable<string>
}

export async function printForm({ json, csv, rows, lines }: Forms, options: OutputFlags, io: Io): Promise<void> {
  const { stdout } = io
  if (options.json) return print(stdout, json)
  if (options.csv && csv) return printTable(stdout, csv)
  if (rows && !stdout.isTTY && !options.plain) return printLines(stdout, rows)
  const shown = lines(stdout.width, await paintFor(stdout, io, options))
  return printLong(stdout.isTTY ? fitted(shown, stdout.width) : shown, options, io)
}

/** In a narrow window, lines that are wider are continued below themselves, between words. */
function* fitted(lines: Iterable<string>, width: number): Generator<string> {
  for (const line of lines) yield* 2 * line.length <= width ? [line] : wrappedForCopying(line, width, hanging)
}

/** Prints lines for people; a pager shows them if the window of a terminal cannot hold them. */
export async function printLong(lines: Iterable<string>, options: OutputFlags, io: Io): Promise<void> {
  const paging = pagingOf(io, options)
  return printLines(io.stdout, paging ? await paged(lines, paging, io) : lines)
}

/** The writer of tables is loaded only where one is printed. */
async function printTable(out: Out, table: Table): Promise<void> {
  const { CSV, tableText } = await import('../../export/table/delimited.js')
  const text = tableText(table, CSV)
  return print(out, out.isTTY ? mapped(text, terminalLines) : text)
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

/** Each piece, changed. */
export function* mapped(pieces: Iterable<string>, change: (piece: string) => string): Generator<string> {
  for (const piece of pieces) yield change(piece)
}

/** Writes sentences, each as one line; on a terminal they are wrapped between words. */
export function writeLines(lines: Iterable<string>, out: Out): void {
  for (const line of lines) {
    const rows = out.isTTY ? wrappedForCopying(line, Math.max(20, out.width)) : [line]
    for (const row of rows) out.write(`${row}\n`)
  }
}
