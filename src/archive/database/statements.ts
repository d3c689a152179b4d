import type { Database, Statement } from 'better-sqlite3'
import { NumberList } from '../../model/reports/number-list.js'
import type { RowOf, Table } from '../schema/describe.js'

/** Number of statements that are kept: more than there are, except for those that conditions of the user are part of. */
const MAX_KEPT = 500

/** Most rows that one statement inserts: a power of two. SQLite takes 32,766 values, and no table has more than 63 columns. */
const MAX_ROWS = 512

/** Runs SQL. Prepares each statement once and keeps it by its text. */
export class Statements {
  private readonly statements = new Map<string, Statement>()
  /** Of the few texts of ours that read many rows. */
  private readonly cellStatements = new Map<string, Statement>()
  private readonly insertions = new Map<string, { sql: string; names: string[] }>()

  private readonly existing = new Map<string, boolean>()

  constructor(readonly db: Database) {}

  /** Whether the table has the column, or, without a column, whether it exists: an older archive that is only read has neither. */
  has(table: string, column = ''): boolean {
    const key = `${table} ${column}`
    const known = this.existing.get(key)
    if (known !== undefined) return known
    const found = this.row("SELECT 1 FROM pragma_table_info(?) WHERE ? IN ('', name)", table, column) !== undefined
    this.existing.set(key, found)
    return found
  }

  /** A column in SQL; NULL where the archive is older than it. */
  columnOrNull(table: string, column: string): string {
    return this.has(table, column) ? `${table}.${column}` : 'NULL'
  }

  protected prepared(sql: string): Statement {
    let statement = this.statements.get(sql)
    if (!statement) {
      statement = this.db.prepare(sql)
      if (this.statements.size >= MAX_KEPT) this.statements.clear()
      this.statements.set(sql, statement)
    }
    return statement
  }

  /** Runs a statement that returns no rows. Returns the id of the inserted row; only of use for an INSERT. */
  run(sql: string, ...values: unknown[]): number {
    return Number(this.prepared(sql).run(...values).lastInsertRowid)
  }

  /** Inserts a row, given by column names. Returns its id. */
  insert(table: string, row: Record<string, unknown>): number {
    const names = Object.keys(row)
    return this.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    )
  }

  /** Inserts a whole row of a described table. */
  insertRow<Described extends Table>(table: Described, row: RowOf<Described>): void {
    this.insertRows(table, [row])
  }

  /**
   * Inserts whole rows of a described table, many with one statement: a statement with a trigger makes FTS5 write what it has gathered so
   * far, which takes longer than all other work for a row. Their numbers are powers of two, so that there are few statements.
   */
  insertRows<Described extends Table>(table: Described, rows: readonly RowOf<Described>[]): void {
    for (let at = 0; at < rows.length; ) {
      const count = Math.min(MAX_ROWS, 2 ** Math.floor(Math.log2(rows.length - at)))
      const { sql, names } = this.insertionOf(table, count)
      const values: unknown[] = []
      for (const row of rows.slice(at, at + count)) for (const name of names) values.push(row[name as keyof typeof row])
      this.prepared(sql).run(values)
      at += count
    }
  }

  private insertionOf({ name, columns }: Table, rows: number): { sql: string; names: string[] } {
    const key = `${name} ${rows}`
    let insertion = this.insertions.get(key)
    if (!insertion) {
      const names = Object.keys(columns)
      const values = Array.from({ length: rows }, () => `(${placeholders(names)})`).join(', ')
      insertion = { sql: `INSERT INTO ${name} (${names.join(', ')}) VALUES ${values}`, names }
      this.insertions.set(key, insertion)
    }
    return insertion
  }

  /** Updates the given columns of one row. */
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

  /** Streams rows, for results that are too large for memory. The same SQL text must not run again until the stream has ended. */
  each<Row>(sql: string, ...values: unknown[]): IterableIterator<Row> {
    return this.prepared(sql).iterate(...values) as IterableIterator<Row>
  }

  /** Rows as arrays of cells, which take half the time of objects where there are many columns. */
  cells<Cells>(sql: string, ...values: unknown[]): Cells[] {
    return this.ofCells(sql).all(...values) as Cells[]
  }

  /** The same as `rows`. The objects are made here, which takes a fifth less time where there are many columns. */
  records<Row>(sql: string, ...values: unknown[]): Row[] {
    const statement = this.ofCells(sql)
    const names = statement.columns().map(({ name }) => name)
    return statement.all(...values).map(cells => recordOf(names, cells as readonly unknown[]) as Row)
  }

  private ofCells(sql: string): Statement {
    // A statement of its own: `raw` is a mode of the statement, and those that are kept by their text return objects.
    const kept = this.cellStatements.get(sql) ?? this.db.prepare(sql).raw()
    this.cellStatements.set(sql, kept)
    return kept
  }

  /** Row ids of any number, in eight bytes each. No cursor stays open while other statements run. */
  ids(sql: string, ...values: unknown[]): Float64Array {
    const list = new NumberList()
    const statement = this.db.prepare(sql).pluck()
    for (const id of statement.iterate(...values)) list.push(id as number)
    return list.all()
  }

  /** First column of all rows. It takes far less memory than row objects. */
  column<Value>(sql: string, ...values: unknown[]): Value[] {
    // A statement of its own: `pluck` is a mode of the statement, and those that are kept return rows.
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

function recordOf(names: readonly string[], cells: readonly unknown[]): object {
  const record: Record<string, unknown> = {}
  for (const [at, name] of names.entries()) record[name] = cells[at]
  return record
}

const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** A list as one value, JSON: statements with lists of any length have the same text. */
export const IN_LIST = 'IN (SELECT value FROM json_each(?))'
