import { Statements } from '../database/statements.js'
import type { Column, Table } from '../schema/describe.js'

/** SQL of a merge: the archive is `main`, the input is attached as `other`, and maps of row ids are in `temp`. */
export class MergeDatabase extends Statements {
  /** Number of rows of the archive that were written; 0: the input brought nothing new. */
  written = 0

  /** Writes to the archive. Returns the number of rows that were written. */
  write(sql: string, ...values: unknown[]): number {
    const { changes } = this.prepared(sql).run(...values)
    this.written += changes
    return changes
  }

  /** Writes that do not count as a change: temporary tables, and the row of the merge run. */
  note(sql: string, ...values: unknown[]): void {
    this.run(sql, ...values)
  }

  override insert(table: string, row: Record<string, unknown>): number {
    this.written++
    return super.insert(`main.${table}`, row)
  }

  override update(table: string, id: number, changes: Record<string, unknown>): void {
    if (Object.keys(changes).length === 0) return
    this.written++
    super.update(`main.${table}`, id, changes)
  }

  /**
   * `INSERT INTO main.table (…) SELECT …`: copies all columns of the input (`s`) except `without`. References are mapped to rows of the
   * archive; `changed` gives other expressions, `values` are bound.
   */
  copy(
    { name, columns }: Table,
    changed: Record<string, string>,
    from: string,
    { without = [], values: bound = [] }: { without?: readonly string[]; values?: readonly unknown[] } = {},
  ): number {
    const names = Object.keys(columns).filter(column => !without.includes(column))
    const values = names.map(column => changed[column] ?? valueInMain(column, columns[column]))
    return this.write(
      `INSERT INTO main.${name} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${from}`,
      ...bound,
    )
  }
}

/** The value of a column of the input (`s`), with the row id that the archive has for the row that it refers to. */
export const valueInMain = (name: string, column: Column | undefined): string =>
  column?.refersTo ? `(SELECT new FROM temp.merged_${column.refersTo} WHERE old = s.${name})` : `s.${name}`
