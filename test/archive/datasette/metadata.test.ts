import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { TABLES, VIEWS } from '../../../src/archive/schema/tables/index.js'
import { ENV, page, post, rows, shelf } from '../shelf.js'

function file(): string {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1')]))
  one.save(page([post('1', null, { text: 'Other', html: '<p>Other</p>' })]))
  one.close()
  return one.file
}

const columnsOf = (archive: string, table: string) =>
  rows<{ name: string }>(archive, 'SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name)

const tablesOf = (archive: string) =>
  rows<{ name: string }>(archive, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").map(
    ({ name }) => name,
  )

const metadataOf = (archive: string) => {
  const opened = openArchive(archive, 'read', ENV)
  const metadata = opened.metadata()
  opened.close()
  return metadata
}

const SHOWN = [...TABLES, ...VIEWS].filter(({ hidden }) => !hidden)

describe('the metadata for Datasette', () => {
  it('describes or hides each table, and names none that is not there', () => {
    const archive = file()
    const own = tablesOf(archive).filter(name => !name.startsWith('sqlite_'))
    expect(Object.keys(metadataOf(archive).tables).sort()).toEqual(own.sort())
    const shown = Object.entries(metadataOf(archive).tables).filter(([, { hidden }]) => !hidden)
    expect(shown.map(([name]) => name).sort()).toEqual(SHOWN.map(({ name }) => name).sort())
    expect(shown.every(([, { description }]) => description)).toBe(true)
  })

  it.each(SHOWN)('names only columns that $name has', ({ name: table, columns, label, newestBy, facets, searchBy }) => {
    const there = columnsOf(file(), table)
    const named = [...Object.keys(columns), ...(facets ?? []), label, newestBy, searchBy].filter(
      name => name !== undefined,
    )
    expect(named.filter(name => !there.includes(name))).toEqual([])
  })

  it('sorts by columns that have an index, so that a million posts open at once', () => {
    const archive = file()
    for (const [table, { sort_desc: by }] of Object.entries(metadataOf(archive).tables)) {
      if (by === undefined) continue
      const plan = rows<{ detail: string }>(
        archive,
        `EXPLAIN QUERY PLAN SELECT * FROM "${table}" ORDER BY "${by}" DESC LIMIT 101`,
      )
      expect(
        plan.map(({ detail }) => detail).filter(detail => /TEMP B-TREE/.test(detail)),
        table,
      ).toEqual([])
    }
  })

  it('leads the search of views to the posts that they show', () => {
    const archive = file()
    for (const table of ['posts', 'readable_posts', 'readable_threads']) {
      const { fts_table: search, fts_pk: key } = metadataOf(archive).tables[table] ?? {}
      // As Datasette asks it.
      const sql = `SELECT site_post_id AS id FROM "${table}" WHERE "${key}" IN (SELECT rowid FROM "${search}" WHERE "${search}" MATCH '"other"')`
      expect(rows(archive, sql), table).toEqual([{ id: '1' }])
    }
  })

  it('has queries that run', () => {
    const archive = file()
    const { queries } = metadataOf(archive)
    const counts = Object.entries(queries).map(([name, { sql }]) => [name, rows(archive, sql).length])
    expect(Object.fromEntries(counts)).toEqual({ months: 1, people: 1, gone: 0, edited: 1 })
  })
})

describe('foreign keys', () => {
  /** Ids of the sites, and a number that a capture had. */
  const OWN = ['made_id', 'site_post_id', 'site_group_id', 'site_member_id', 'author_id', 'pass_after_id']

  it('are declared for every column that refers to a row', () => {
    const archive = file()
    const loose = tablesOf(archive)
      .filter(
        table =>
          rows(
            archive,
            "SELECT 1 FROM sqlite_schema WHERE name = ? AND type = 'table' AND sql NOT LIKE '%VIRTUAL%'",
            table,
          ).length > 0,
      )
      .filter(table => !table.startsWith('posts_fts'))
      .flatMap(table => {
        const declared = rows<{ from: string }>(archive, 'SELECT "from" FROM pragma_foreign_key_list(?)', table)
        return columnsOf(archive, table)
          .filter(column => column.endsWith('_id') && !declared.some(({ from }) => from === column))
          .map(column => [column, `${column} in ${table}`])
      })
    expect(loose.filter(([column = '', where = '']) => !OWN.includes(column) && !OWN.includes(where))).toEqual([])
  })

  it('lead to the number of a row, which has a name to be shown', () => {
    const archive = file()
    for (const { name: table } of SHOWN) {
      const keys = rows<{ table: string; to: string }>(
        archive,
        'SELECT "table", "to" FROM pragma_foreign_key_list(?)',
        table,
      )
      for (const key of keys) expect([table, key.table, key.to]).toEqual([table, key.table, 'id'])
      for (const { table: other } of keys.filter(key => SHOWN.some(({ name }) => name === key.table)))
        expect(SHOWN.find(({ name }) => name === other)?.label, `${table} to ${other}`).toBeDefined()
    }
  })
})
