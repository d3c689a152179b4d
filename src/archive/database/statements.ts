import type { Database, Statement } from 'better-sqlite3'

/** SQL by its text, prepared once. */
export class Statements {
  private readonly known = new Map<string, Statement>()

  constructor(readonly db: Database) {}

  protected prepared(sql: string): Statement {
    let statement = this.known.get(sql)
    if (!statement) {
      statement = this.db.prepare(sql)
      this.known.set(sql, statement)
    }
    return statement
  }

  /** Returns the id of the row that an INSERT made. */
  run(sql: string, ...values: unknown[]): number {
    return Number(this.prepared(sql).run(...values).lastInsertRowid)
  }

  /** Columns by name; returns the new row's id. */
  insert(table: string, row: Record<string, unknown>): number {
    const names = Object.keys(row)
    return this.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    )
  }

  update(table: string, id: number, changes: Record<string, unknown>): void {
    const names = Object.keys(changes)
    this.run(
      `UPDATE ${table} SET ${names.map(name => `${name} = ?`).join(', ')} WHERE id = ?`,
      ...Object.values(changes),
      id,
    )
  }

  row<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.prepared(sql).get(...values) as Row | undefined
  }

  rows<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.prepared(sql).all(...values) as Row[]
  }

  /** One row at a time, for more than memory should hold. Nothing else may be asked by the same text meanwhile. */
  each<Row>(sql: string, ...values: unknown[]): IterableIterator<Row> {
    return this.prepared(sql).iterate(...values) as IterableIterator<Row>
  }

  /** First column of all rows, which takes far less memory than the rows: for lists of ids. */
  column<Value>(sql: string, ...values: unknown[]): Value[] {
    // Not among the known ones: those give rows.
    return this.db
      .prepare(sql)
      .pluck()
      .all(...values) as Value[]
  }

  /** First column of the first row. */
  one<Value>(sql: string, ...values: unknown[]): Value | undefined {
    const row = this.row<Record<string, Value>>(sql, ...values)
    return row && Object.values(row)[0]
  }
}

/** `?, ?, ?`: one for each value. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')
