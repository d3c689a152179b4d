import { Statements } from '../database/statements.js'

/** SQL of a merge: the archive is `main`, the one that is taken over is attached as `other`, maps of row ids are in `temp`. */
export class MergeDatabase extends Statements {
  /** Rows of the archive that were written: none, and nothing was new. */
  written = 0

  /** Into the archive. Returns how many rows it touched. */
  write(sql: string, ...values: unknown[]): number {
    const { changes } = this.prepared(sql).run(...values)
    this.written += changes
    return changes
  }

  /** Into a temporary table: it changes nothing. */
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

  /** `INSERT INTO main.table (…) SELECT …`: all columns as they are in the other archive (`s`), but for those given here. */
  copy(table: string, changed: Record<string, string>, from: string, without: readonly string[] = []): number {
    const columns = this.columns(table).filter(name => !without.includes(name))
    const values = columns.map(name => changed[name] ?? `s.${name}`)
    return this.write(`INSERT INTO main.${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${from}`)
  }
}
