import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ColumnType, Value } from '../../../src/export/table/column.js'
import { parquet } from '../../../src/export/table/parquet.js'
import { parquetFile } from '../../../src/export/table/parquet-file.js'
import { POST_COLUMNS, postRows } from '../../../src/export/table/post-columns.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { chain, keptThread } from '../threads.js'
import { hostileThreads, inUtf8 } from './hostile-rows.js'
import { aboutWith, bytesOf, duckdb, exported, fileOf, newPath } from './reading.js'

const POSTS = 2 * hostileThreads.length

const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase()

/** How a query shows the values of a type: texts as bytes, because the client leaves a byte order mark out. */
const SHOWN: Partial<Record<ColumnType, (name: string) => string>> = {
  ...{ text: name => `hex(encode(${name}))`, url: name => `hex(encode(${name}))` },
  time: name => `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ')`,
  attachments: name => `list_transform(${name}, x -> [x.kind, hex(encode(x.url)), hex(encode(x.name))])`,
}

function wantedAs(type: ColumnType, value: Value): unknown {
  if (typeof value === 'string') return type === 'text' || type === 'url' ? hex(value) : value
  return Array.isArray(value) ? value.map(({ kind, url, name }) => [kind, hex(url), hex(name)]) : value
}

describe('parquet', () => {
  it('gives DuckDB each value as it is', async () => {
    const selected = POST_COLUMNS.map(({ name, type }) => `${SHOWN[type]?.(name) ?? name} AS ${name}`)
    const rows = await duckdb(`SELECT ${selected.join(', ')} FROM FILE`, await fileOf(parquet, hostileThreads))
    const wanted = [...postRows(hostileThreads, 'all')].map(row =>
      Object.fromEntries(POST_COLUMNS.map(({ name, type, value }) => [name, wantedAs(type, value(row))])),
    )
    expect(rows).toEqual(wanted)
  })

  it('has times in UTC, and types for numbers, flags and lists', async () => {
    const types = await duckdb('DESCRIBE SELECT * FROM FILE', await fileOf(parquet, hostileThreads))
    const typeOf = Object.fromEntries(types.map(({ column_name, column_type }) => [column_name, column_type]))
    expect(typeOf).toMatchObject({
      ...{ id: 'VARCHAR', depth: 'INTEGER', edited: 'BOOLEAN', posted_at: 'TIMESTAMP WITH TIME ZONE' },
      attachments: 'STRUCT(kind VARCHAR, url VARCHAR, "name" VARCHAR)[]',
    })
  })

  it('has several row groups where there are many posts, all of which are read', async () => {
    const file = await fileOf(parquet, [chain(2500), chain(1)])
    const [row] = await duckdb('SELECT count(*)::INT AS n, max(depth) AS deepest FROM FILE', file)
    expect(row).toEqual({ n: 2501, deepest: 2499 })
    const [groups] = await duckdb('SELECT count(DISTINCT row_group_id)::INT AS n FROM parquet_metadata(FILE)', file)
    expect(groups).toEqual({ n: 3 })
  })

  it('has larger row groups behind the first hundred, whose number must not fill the memory', async () => {
    const column = {
      name: 'n',
      type: 'number',
      certainty: 'derived',
      meaning: '',
      value: (row: number) => row,
    } as const
    const rows = Array.from({ length: 105_000 }, (_, at) => at)
    const file = newPath('numbers.parquet')
    writeFileSync(file, await bytesOf(parquetFile([column], rows, '1')))
    const [all] = await duckdb('SELECT count(DISTINCT n)::INT AS n, max(n)::INT AS most FROM FILE', file)
    expect(all).toEqual({ n: 105_000, most: 104_999 })
    const sizes = `SELECT DISTINCT row_group_id::INT AS id, row_group_num_rows::INT AS rows FROM parquet_metadata(FILE) ORDER BY 1`
    const groups = (await duckdb(sizes, file)).map(group => group['rows'])
    expect(groups).toEqual([...Array.from({ length: 100 }, () => 1000), 4000, 1000])
  })

  it('is a table without rows for no post', async () => {
    expect(await duckdb('SELECT * FROM FILE', await fileOf(parquet, []))).toEqual([])
  })

  it('is the same twice', async () => {
    expect(await exported(parquet, hostileThreads)).toEqual(await exported(parquet, hostileThreads))
  })

  it('has the columns that are asked for', async () => {
    const file = await fileOf(parquet, [chain(2)], { columns: 'text,id' })
    expect(await duckdb('SELECT * FROM FILE', file)).toEqual([
      { text: 'Hello', id: '1' },
      { text: 'Hello', id: '2' },
    ])
  })
})

/** The files of an export with partitions, written into a folder. */
async function folderOf(threads: readonly StoredThread[], partition: string) {
  const folder = newPath('posts')
  const names: string[] = []
  for (const { name, body } of parquet.files?.(threads, aboutWith(parquet, threads, { partition })) ?? []) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), await bytesOf(body))
    names.push(name)
  }
  return { folder, names }
}

const HIVE = "read_parquet(FILE, hive_partitioning = true, hive_types = {'group': VARCHAR})"

describe('partitions', () => {
  it('are folders of a site and a group, whose values DuckDB reads back', async () => {
    const { folder, names } = await folderOf(
      [chain(2), keptThread({ thread: { group: null }, posts: [{}] })],
      'site,group',
    )
    expect(names).toEqual([
      'site=https%3A%2F%2Fcommunity%2Eexample%2F/group=care/part-0.parquet'.replace('%2E', '.'),
      'site=https%3A%2F%2Fcommunity.example%2F/group=__HIVE_DEFAULT_PARTITION__/part-0.parquet',
    ])
    const query = `SELECT site, "group", group_slug, count(*)::INT AS posts FROM ${HIVE} GROUP BY ALL ORDER BY posts`
    expect(await duckdb(query, `${folder}/**/*.parquet`)).toEqual([
      { site: 'https://community.example/', group: null, group_slug: null, posts: 1 },
      { site: 'https://community.example/', group: 'care', group_slug: 'care', posts: 2 },
    ])
  })

  it('lose nothing of hostile groups, whose folders are safe everywhere', async () => {
    const { folder, names } = await folderOf(hostileThreads, 'group')
    for (const name of names) {
      expect(name).toMatch(/^group=[\p{L}\p{M}\p{N}_.%~-]+\/part-0\.parquet$/u)
      expect(Buffer.byteLength(dirname(name))).toBeLessThanOrEqual(120)
      expect(dirname(name)).not.toMatch(/\.$/)
    }
    expect(new Set(names.map(name => name.normalize('NFKC').toLowerCase())).size).toBe(names.length)
    const query = `SELECT count(*)::INT AS posts, count(DISTINCT group_slug)::INT AS groups FROM ${HIVE}`
    const slugs = new Set(hostileThreads.map(({ group }) => inUtf8(group?.slug ?? '')))
    expect(await duckdb(query, `${folder}/*/*.parquet`)).toEqual([{ posts: POSTS, groups: slugs.size }])
    const short = `SELECT count(*)::INT AS n FROM ${HIVE} WHERE "group" IS DISTINCT FROM group_slug AND "group" NOT LIKE '%~________'`
    expect(await duckdb(short, `${folder}/*/*.parquet`)).toEqual([{ n: 0 }])
  })

  it('of names that differ only in case are two folders', async () => {
    const inGroup = (slug: string) =>
      keptThread({ thread: { id: slug, group: { id: null, slug, name: null, url: slug } }, posts: [{}] })
    const { names } = await folderOf([inGroup('bees'), inGroup('BEES')], 'group')
    expect(names[0]).toBe('group=bees/part-0.parquet')
    expect(names[1]).toMatch(/^group=BEES~[0-9a-f]{8}\/part-0\.parquet$/)
  })

  it('of nothing are no file, and without partitions there is one file of all', async () => {
    expect((await folderOf([], 'site')).names).toEqual([])
    expect(parquet.files?.([], aboutWith(parquet, [], {}))).toBeNull()
  })

  it.each(['author', 'site,site', 'site,'])('refuses "%s"', partition => {
    expect(() => parquet.files?.([], aboutWith(parquet, [], { partition }))).toThrow(`"${partition}" is no partition.`)
  })

  it('want a folder', () => {
    expect(() => parquet.render([], aboutWith(parquet, [], { partition: 'site' }))).toThrow('files in a folder')
  })
})
