import type { ExportContext, OptionSpec, OptionValue } from '../exporter.js'
import { type Column, chosenColumns } from './column.js'
import { FOUR_CAT } from './four-cat.js'
import { POST_COLUMNS, type PostRow } from './post-columns.js'

type Specs = Readonly<Record<string, OptionSpec>>

export const COLUMNS: Specs = {
  columns: { summary: 'these columns in this order: id,author_name,text', default: 'all', flag: true },
}

export const FORMULAS: Specs = {
  formulas: {
    summary: "guard: a ' before texts that a spreadsheet would run as a formula",
    default: 'guard',
    choices: ['guard', 'keep'],
  },
}

export const BOM: Specs = {
  bom: { summary: 'a byte order mark, with which Excel knows UTF-8', default: false, flag: true },
}

export const PROFILE: Specs = {
  profile: {
    summary: '4cat: the columns that 4CAT imports, then the rest',
    default: 'none',
    choices: ['none', '4cat'],
    flag: true,
  },
}

type Options = Readonly<Record<string, OptionValue>>

/** @throws UsageError for a column that does not exist. */
export const columnsOf = ({ columns, profile }: Options): readonly Column<PostRow>[] =>
  chosenColumns(String(columns), profile === '4cat' ? FOUR_CAT : POST_COLUMNS)

export const isGuarded = ({ options }: Pick<ExportContext, 'options'>): boolean => options['formulas'] === 'guard'
