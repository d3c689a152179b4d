import type { MethodsReport } from '../../model/reports/methods.js'
import { plain } from '../markdown/plain.js'
import { type Column, type ColumnType, tableOf, type Value } from '../table/column.js'
import { cleanLine } from '../text.js'
import { FIGURE_COLUMNS, GROUP_COLUMNS, RUN_COLUMNS } from './tables.js'

/** The report as markdown: what restricts it first, then the paragraph, then the tables. */
export function* methodsMarkdown(report: MethodsReport): Generator<string> {
  const { caveats, sentences, figures, groups, runs } = report
  yield '# Methods: how the data were collected\n'
  if (caveats.length > 0) yield `\n**Limitations**\n\n${caveats.map(({ text }) => `- ${line(text)}\n`).join('')}`
  yield `\n${sentences.map(({ text }) => line(text)).join(' ')}\n`
  yield* section('Figures', FIGURE_COLUMNS, figures)
  yield* section('Groups', GROUP_COLUMNS, groups)
  const left = runs.length - 2 * MOST_RUNS
  yield* section('Runs', RUN_COLUMNS, left > 0 ? [...runs.slice(0, MOST_RUNS), ...runs.slice(-MOST_RUNS)] : runs)
  if (left > 0)
    yield `\nThe table leaves out ${left.toLocaleString('en-US')} runs between the first and the last ${MOST_RUNS}; the JSON document has them all.\n`
  yield `\n${NOTE}\n`
}

/** An archive that is synced each night has thousands. */
const MOST_RUNS = 20

const NOTE =
  'Numbers of runs are those of the archive (`threadkeep status`, table `runs`). The fixity hash is defined in docs/methods.md of threadkeep: it depends on the posts alone, not on the file or the times of reading.'

function* section<Row>(title: string, columns: readonly Column<Row>[], rows: readonly Row[]): Generator<string> {
  if (rows.length === 0) return
  yield `\n## ${title}\n\n`
  const table = tableOf(columns, rows)
  yield row(table.names)
  yield row(columns.map(({ type }) => (type === 'number' ? '---:' : '---')))
  for (const values of table.rows) yield row(values.map((value, at) => cell(value, columns[at]?.type)))
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`

const cell = (value: Value, type: ColumnType | undefined): string => {
  if (value === null) return '–'
  return line(type === 'time' ? `${String(value).slice(0, 16).replace('T', ' ')} UTC` : String(value))
}

/** One line, with nothing in it that markdown or a table would take for its own. */
const line = (text: string): string => plain(cleanLine(text))
