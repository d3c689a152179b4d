import Papa from 'papaparse'
import { cellText } from './cells.js'
import type { Table } from './column.js'

/** How the lines of a table are written. */
interface Dialect {
  /** A line, with its end, of the texts of cells. */
  line(cells: readonly string[]): string
}

/** RFC 4180: a comma between cells, CR LF after each line, quotes only where a cell needs them. */
export const CSV: Dialect = {
  // A single empty cell would be an empty line, which readers skip.
  line: cells => `${cells.length === 1 && cells[0] === '' ? '""' : Papa.unparse([cells as string[]])}\r\n`,
}

/** A tab between cells, a line feed after each line, and `\t`, `\n`, `\r`, `\0`, `\\` in place of those characters. */
export const TSV: Dialect = { line: cells => `${cells.map(escaped).join('\t')}\n` }

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0', '\\': '\\\\' }

const escaped = (text: string): string => text.replace(/[\t\n\r\0\\]/g, found => ESCAPES[found] ?? found)

/** A table as text: the names of the columns, then a line a row. `guard`: no cell is a formula. */
export function* tableText({ names, rows }: Table, { line }: Dialect, guard = true): Generator<string> {
  yield line(names)
  for (const row of rows) yield line(row.map(value => cellText(value, guard)))
}
