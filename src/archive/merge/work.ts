import type { Database, Statement } from 'better-sqlite3'

/** SQL of a merge: the archive is `main`, the one that is taken over is attached as `other`, maps of row ids are in `temp`. */
export class Work {
  /** Rows of the archive that were written: none, and nothing was new. */
  written = 0
  private readonly known = new Map<string, Statement>()

  constructor(readonly db: Database) {}

  private prepared(sql: string): Statement {
    let statement = this.known.get(sql)
    if (!statement) {
      statement = this.db.prepare(sql)
      this.known.set(sql, statement)
    }
    return statement
  }

  /** Into the archive. Returns how many rows it touched. */
  write(sql: string, ...values: unknown[]): number {
    const { changes } = this.prepared(sql).run(...values)
    this.written += changes
    return changes
  }

  /** Into a temporary table: it changes nothing. */
  note(sql: string, ...values: unknown[]): void {
    this.prepared(sql).run(...values)
  }

  /** Columns by name; returns the new row's id. */
  insert(table: string, row: Record<string, unknown>): number {
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    const result = this.prepared(`INSERT INTO main.${table} (${names.join(', ')}) VALUES (${marks})`).run(
      ...Object.values(row),
    )
    this.written += result.changes
    return Number(result.lastInsertRowid)
  }

  update(table: string, id: number, changes: Record<string, unknown>): void {
    const names = Object.keys(changes)
    if (names.length === 0) return
    const sets = names.map(name => `${name} = ?`).join(', ')
    this.write(`UPDATE main.${table} SET ${sets} WHERE id = ?`, ...Object.values(changes), id)
  }

  row<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.prepared(sql).get(...values) as Row | undefined
  }

  rows<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.prepared(sql).all(...values) as Row[]
  }

  /** First column of the first row. */
  one<Value>(sql: string, ...values: unknown[]): Value | undefined {
    return this.prepared(sql)
      .pluck()
      .get(...values) as Value | undefined
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
