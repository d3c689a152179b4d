/**
 * How the value of a column is chosen from two readings of one row (`fold/`). Columns with one rule that names a group of columns
 * (`text`, `parent`, …) are taken together, from the same reading.
 *
 * - `identity`: it says which row it is, so both readings have the same value.
 * - `local`: it belongs to this archive, and another reading says nothing about it.
 * - `first`, `last`: from the reading that saw the row first, or last.
 * - `earliest`, `latest`, `greatest`: the smallest or the greatest known value.
 *
 * `fold/post.ts` folds posts by these rules. For the other tables they name what `merge/` and `fold/names.ts` do.
 */
export type FoldRule =
  | 'identity'
  | 'local'
  | 'first'
  | 'last'
  | 'earliest'
  | 'latest'
  | 'greatest'
  | 'text'
  | 'parent'
  | 'thread'
  | 'author'
  | 'group'
  | 'labels'
  | 'dates'
  | 'url'
  | 'presence'
  | 'view'
  | 'names'
  | 'details'
  | 'reading'

/** One column: its type, its meaning, and what becomes of two readings of it. `Value` is its type in TypeScript. */
export interface Column<Value = unknown> {
  readonly type: 'TEXT' | 'INTEGER' | 'BLOB'
  readonly optional: boolean
  /** One sentence, which Datasette shows. */
  readonly about: string
  readonly fold: FoldRule
  /** The table whose row ids it holds. */
  readonly refersTo?: string
  /** The schema that added it. */
  readonly since: number
  /** Carries the type only; never set. */
  readonly value?: Value
}

export interface Table {
  readonly name: string
  /** One sentence, which Datasette shows. */
  readonly about: string
  readonly columns: Readonly<Record<string, Column>>
  /** Column that Datasette shows in place of the id where other rows refer to a row. */
  readonly label?: string
  /** Column for the default order, descending. It has an index. */
  readonly newestBy?: string
  readonly facets?: readonly string[]
  /** Column with row ids of `posts`, through which the full-text index can search the table. */
  readonly searchBy?: string
  /** Only threadkeep uses the table: Datasette hides it. */
  readonly hidden?: true
}

/** A row of the table, as TypeScript sees it. */
export type RowOf<Described extends Table> = {
  -readonly [Name in keyof Described['columns']]: Described['columns'][Name] extends Column<infer Value> ? Value : never
}

const made = (type: Column['type'], optional: boolean, about: string, fold: FoldRule) => ({
  ...{ type, optional, about, fold },
  since: 1,
})

export const text = <Value extends string = string>(about: string, fold: FoldRule = 'local'): Column<Value> =>
  made('TEXT', false, about, fold)
export const maybeText = <Value extends string = string>(
  about: string,
  fold: FoldRule = 'local',
): Column<Value | null> => made('TEXT', true, about, fold)
export const integer = (about: string, fold: FoldRule = 'local'): Column<number> => made('INTEGER', false, about, fold)
export const maybeInteger = (about: string, fold: FoldRule = 'local'): Column<number | null> =>
  made('INTEGER', true, about, fold)
/** Row id of a row of this table. */
export const to = (table: string, about: string, fold: FoldRule = 'local'): Column<number> => ({
  ...integer(about, fold),
  refersTo: table,
})
export const maybeTo = (table: string, about: string, fold: FoldRule = 'local'): Column<number | null> => ({
  ...maybeInteger(about, fold),
  refersTo: table,
})
/** 1: true; 0: false. */
export const flag = (about: string, fold: FoldRule): Column<0 | 1> => made('INTEGER', false, about, fold)
export const blob = (about: string): Column<Uint8Array> => made('BLOB', false, about, 'local')

/** A column that a later schema added. */
export const since = <Value>(schema: number, column: Column<Value>): Column<Value> => ({ ...column, since: schema })

/** A row of which nothing is known: null where the column may be empty, else 0 or no text. */
export const blankRow = <Described extends Table>({ columns }: Described): RowOf<Described> =>
  Object.fromEntries(
    Object.entries(columns).map(([name, { type, optional }]) => [name, optional ? null : type === 'INTEGER' ? 0 : '']),
  ) as RowOf<Described>
