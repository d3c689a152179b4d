import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Table } from '../../../src/archive/schema/describe.js'
import { MIGRATIONS, migrate } from '../../../src/archive/schema/migrations.js'
import { TABLES, VIEWS } from '../../../src/archive/schema/tables/index.js'

/** Words that SQL reserves, which a column must not be called: SQLite's own list, and those that DuckDB and PostgreSQL add. */
const RESERVED =
  'group order select table where from index values user end limit offset check references column primary'.split(' ')

function migrated() {
  const db = new Sqlite(':memory:')
  migrate(db)
  return db
}

interface InDatabase {
  name: string
  type: string
  notnull: number
  pk: number
}

/** SQLite adds a column at the end of its table, wherever the description has it. */
const described = ({ columns }: Table) =>
  Object.entries(columns)
    .sort(([, one], [, other]) => one.since - other.since)
    .map(([name, { type, optional }]) => ({ name, type, optional }))

describe('the description of the tables', () => {
  const db = migrated()
  const list = (sql: string, ...values: unknown[]) => db.prepare(sql).all(...values)
  const names = (type: string) =>
    (list('SELECT name FROM sqlite_schema WHERE type = ?', type) as { name: string }[])
      .map(({ name }) => name)
      .filter(name => !/^(?:posts_fts|sqlite_)/.test(name))

  it('has every table and view that the migrations make, and no other', () => {
    expect(TABLES.map(({ name }) => name).sort()).toEqual(names('table').sort())
    expect(VIEWS.map(({ name }) => name).sort()).toEqual(names('view').sort())
  })

  it.each(TABLES)('$name: columns in their order, types, and whether they may be empty', table => {
    const found = list('SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?)', table.name) as InDatabase[]
    expect(described(table)).toEqual(
      found.map(({ name, type, notnull, pk }) => ({ name, type, optional: notnull === 0 && pk === 0 })),
    )
  })

  it.each(VIEWS)('$name: columns in their order', table => {
    const found = list('SELECT name FROM pragma_table_xinfo(?)', table.name) as InDatabase[]
    expect(Object.keys(table.columns)).toEqual(found.map(({ name }) => name))
  })

  it.each(TABLES)('$name: what its columns refer to', table => {
    const found = list('SELECT "from", "table" FROM pragma_foreign_key_list(?)', table.name) as {
      from: string
      table: string
    }[]
    const refers = Object.entries(table.columns).flatMap(([name, { refersTo }]) => (refersTo ? [[name, refersTo]] : []))
    expect(refers.sort()).toEqual(
      found
        .map(one => [one.from, one.table])
        .filter(([name]) => name !== 'id')
        .sort(),
    )
  })

  it.each([...TABLES, ...VIEWS])('$name: each column has a meaning, a known schema, and no reserved name', table => {
    for (const [name, { about, since }] of Object.entries(table.columns)) {
      expect(about.length, name).toBeGreaterThan(5)
      expect(since, name).toBeLessThanOrEqual(MIGRATIONS.length)
      expect(RESERVED, table.name).not.toContain(name)
    }
  })
})
