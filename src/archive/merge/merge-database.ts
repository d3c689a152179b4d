import { Statements } from '../database/statements.js'

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

  /** Columns of a table of the archive, as the newest schema has them. */
  columns(table: string): string[] {
    return (this.db.pragma(`main.table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  }

  /** `INSERT INTO main.table (…) SELECT …`: copies all columns of the input (`s`) except `without`; `changed` gives other expressions. */
  copy(table: string, changed: Record<string, string>, from: string, without: readonly string[] = []): number {
    const columns = this.columns(table).filter(name => !without.includes(name))
    const values = columns.map(name => changed[name] ?? `s.${name}`)
    return this.write(`INSERT INTO main.${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${from}`)
  }
}
