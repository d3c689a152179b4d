import type { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Column } from './column.js'
import { parquetSchema, parquetValue } from './parquet-schema.js'

/**
 * A row group ends after this many rows or, because a text may be long, characters: it is in memory while it is made. With 2,000 rows the
 * values outlive the young generation of the heap, which takes 60 MB more.
 */
const MOST_ROWS = 1000
const MOST_CHARACTERS = 500_000

/** Behind so many row groups they are four times as large: what is known of each is in memory until the footer is written, some 50 kB. */
const MANY_GROUPS = 100
const LARGER = 4

/** A Parquet file, row group by row group. The library is loaded only here, because it is large. */
export async function* parquetFile<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
  version: string,
): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  const createdBy = `threadkeep version ${version}`
  const file = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy })
  for (const group of rowGroups(columns, rows)) {
    write(file, columns, group)
    yield taken(writer)
  }
  void file.finish()
  yield taken(writer)
}

/** What was written since the last time. The writer keeps its offset in the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}

/** The values of some rows, column by column. */
type RowGroup = unknown[][]

function write<Row>(file: ParquetWriter, columns: readonly Column<Row>[], group: RowGroup): void {
  const columnData = columns.map(({ name }, at) => ({ name, data: group[at] ?? [], offsetIndex: false }))
  // Nothing is waited for: the writer has no `flush`.
  void file.write({ columnData, rowGroupSize: MOST_ROWS * LARGER })
}

function* rowGroups<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<RowGroup> {
  const none = (): RowGroup => columns.map(() => [])
  let group = none()
  let [held, characters, size, groups] = [0, 0, 1, 0]
  for (const row of rows) {
    for (const [at, { type, value }] of columns.entries()) {
      const given = value(row)
      if (typeof given === 'string') characters += given.length
      group[at]?.push(parquetValue(given, type))
    }
    if (++held < size * MOST_ROWS && characters < size * MOST_CHARACTERS) continue
    yield group
    group = none()
    if (++groups === MANY_GROUPS) size = LARGER
    ;[held, characters] = [0, 0]
  }
  if (held > 0) yield group
}
