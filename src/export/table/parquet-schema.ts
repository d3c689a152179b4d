import type { ParquetWriteOptions } from 'hyparquet-writer'
import type { Attachment } from '../../model/discussion.js'
import type { Column, ColumnType, Value } from './column.js'

type SchemaElement = NonNullable<ParquetWriteOptions['schema']>[number]
type Element = Omit<SchemaElement, 'name'>

const TEXT: Element = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }

/** In UTC for readers of both forms: without `isAdjustedToUTC`, DuckDB reads times without a zone. */
const TIME: Element = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
}

const SIMPLE: Readonly<Record<Exclude<ColumnType, 'attachments'>, Element>> = {
  id: TEXT,
  text: TEXT,
  url: TEXT,
  time: TIME,
  number: { type: 'INT32' },
  flag: { type: 'BOOLEAN' },
}

/** The schema of a file with these columns, as its format lists it: each element before its children. */
export const parquetSchema = <Row>(columns: readonly Column<Row>[]): SchemaElement[] => [
  { name: 'threadkeep', num_children: columns.length },
  ...columns.flatMap(elementsOf),
]

function elementsOf<Row>({ name, type, missing }: Column<Row>): SchemaElement[] {
  if (type === 'attachments') return listOf(name, ['kind', 'url', 'name'])
  return [{ name, ...SIMPLE[type], repetition_type: missing === undefined ? 'REQUIRED' : 'OPTIONAL' }]
}

/** A list, which may be empty and is never null, of structs of texts. */
const listOf = (name: string, fields: readonly string[]): SchemaElement[] => [
  { name, converted_type: 'LIST', logical_type: { type: 'LIST' }, repetition_type: 'REQUIRED', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', repetition_type: 'REQUIRED', num_children: fields.length },
  ...fields.map((field): SchemaElement => ({ name: field, ...TEXT, repetition_type: 'OPTIONAL' })),
]

/** A value as the writer takes it: milliseconds since 1970 for a time. */
export function parquetValue(value: Value, type: ColumnType): unknown {
  if (typeof value === 'object' && value !== null) return value.map(fileOf)
  return type === 'time' && typeof value === 'string' ? BigInt(Date.parse(value)) : value
}

const fileOf = ({ kind, url, name }: Attachment) => ({ kind, url, name })
