import type { ExportContext, OptionSpec } from '../exporter.js'
import { ANNOTATION_COLUMNS } from './annotation-columns.js'
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

/** @throws UsageError for a column that does not exist. */
export function columnsOf({
  options,
  isAnnotated,
}: Pick<ExportContext, 'options' | 'isAnnotated'>): readonly Column<PostRow>[] {
  const own = options['profile'] === '4cat' ? FOUR_CAT : POST_COLUMNS
  return chosenColumns(String(options['columns']), isAnnotated ? [...own, ...ANNOTATION_COLUMNS] : own)
}

export const isGuarded = ({ options }: Pick<ExportContext, 'options'>): boolean => options['formulas'] === 'guard'
