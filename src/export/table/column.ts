import type { ValueSource, Values } from '../../model/columns/value-facts.js'
import type { Attachment, Instant } from '../../model/discussion.js'
import { UsageError } from '../../model/errors.js'

/**
 * `id`: an id of the site, as text; `text`; `url`; `time`: an instant in UTC; `number`: whole and from 0, where the meaning does not say otherwise; `flag`: true or false;
 * `attachments`: a list of files with kind, url and name.
 */
export type ColumnType = 'id' | 'text' | 'url' | 'time' | 'number' | 'flag' | 'attachments'

/**
 * How far a value can be relied on. `stated`: as the site shows it. `observed`: by threadkeep, when it read the site. `derived`:
 * computed from what the site states. `bound`: the true time is not known, only that it is not before or not after the value.
 */
export type Certainty = 'stated' | 'observed' | 'derived' | 'bound'

/** Null: not known, or none; `missing` of the column says which. */
export type Value = string | number | boolean | Instant | readonly Attachment[] | null

/** What is said of a column. Help, docs, codebooks and the schemas of packages follow from it. */
export interface ColumnFacts {
  name: string
  type: ColumnType
  /** What it is, as a phrase. */
  meaning: string
  certainty: Certainty
  /** What an empty cell means; absent: no cell is empty. */
  missing?: string
  /** Where it comes from; absent: the site does not say it, threadkeep computes or records it. */
  source?: ValueSource
  /** The values that there are, each with its meaning; absent: any. */
  values?: Values
  /** True: a site may have values besides those. */
  hasOtherValues?: true
}

/** One column of a table. */
export interface Column<Row> extends ColumnFacts {
  value(row: Row): Value
}

/** A table, whose rows are made while they are walked. */
export interface Table {
  names: readonly string[]
  /** A value for each name. */
  rows: Iterable<readonly Value[]>
}

export const tableOf = <Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Table => ({
  names: columns.map(({ name }) => name),
  rows: valuesOf(columns, rows),
})

function* valuesOf<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<readonly Value[]> {
  for (const row of rows) yield columns.map(({ value }) => value(row))
}

/** The columns of these names, separated by commas, in their order; all for `all`. @throws UsageError */
export function chosenColumns<Row>(names: string, all: readonly Column<Row>[]): readonly Column<Row>[] {
  if (names.trim() === 'all') return all
  const words = names.split(',').map(word => word.trim())
  const twice = words.find((word, at) => words.indexOf(word) < at)
  if (twice !== undefined) throw new UsageError(`The column "${twice}" is named twice.`, 'Name each column once.')
  return words.map(word => all.find(({ name }) => name === word) ?? unknownColumn(word, all))
}

function unknownColumn<Row>(word: string, all: readonly Column<Row>[]): never {
  const list = all.map(({ name }) => name).join(', ')
  throw new UsageError(`"${word}" is no column.`, `The columns are: ${list}.`)
}
