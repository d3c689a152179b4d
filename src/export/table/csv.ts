import type { StoredThread } from '../../model/archive.js'
import type { ExportContext, Exporter } from '../exporter.js'
import { tableOf } from './column.js'
import { CSV, TSV, tableText } from './delimited.js'
import { BOM, COLUMNS, columnsOf, FORMULAS, isGuarded, PROFILE } from './options.js'
import { postRows } from './post-columns.js'

const postTable = (threads: Iterable<StoredThread>, about: ExportContext) =>
  tableOf(columnsOf(about), postRows(threads, about.status))

const KEY = ['site', 'id']

const tables: Exporter['tables'] = about => [{ file: '', columns: columnsOf(about), key: KEY }]

/** One table of all posts, one row a post: RFC 4180. */
export const csv: Exporter = {
  name: 'csv',
  summary: 'one table of all posts, for spreadsheets and statistics',
  extension: 'csv',
  scope: 'archive',
  delivery: 'stdout',
  annotations: true,
  isFlat: true,
  options: { ...COLUMNS, ...PROFILE, ...FORMULAS, ...BOM },
  tables,
  render: (threads, about) => {
    const text = tableText(postTable(threads, about), CSV, isGuarded(about))
    return about.options['bom'] ? marked(text) : text
  },
}

function* marked(text: Iterable<string>): Generator<string> {
  yield '\ufeff'
  yield* text
}

/** The same with the columns that 4CAT imports. */
export const fourCat: Exporter = {
  ...csv,
  name: '4cat',
  summary: 'csv with the columns that 4CAT imports',
  // Beside a table in csv in one folder, it is a file of its own.
  extension: '4cat.csv',
  options: { ...COLUMNS, ...FORMULAS },
  tables: about => [{ file: '', columns: columnsOf(inProfile(about)), key: KEY }],
  render: (threads, about) => csv.render(threads, inProfile(about)),
}

const inProfile = <Wishes extends Pick<ExportContext, 'options'>>(about: Wishes): Wishes => ({
  ...about,
  options: { ...about.options, profile: '4cat' },
})

/** The same table with tabs. */
export const tsv: Exporter = {
  name: 'tsv',
  summary: 'the same table with tabs, one line a post',
  extension: 'tsv',
  scope: 'archive',
  delivery: 'stdout',
  annotations: true,
  isFlat: true,
  options: { ...COLUMNS, ...PROFILE, ...FORMULAS },
  tables,
  render: (threads, about) => tableText(postTable(threads, about), TSV, isGuarded(about)),
}
