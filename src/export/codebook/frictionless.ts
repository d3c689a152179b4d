import type { ColumnFacts, ColumnType } from '../table/column.js'

/** A Frictionless table schema (datapackage.org, version 2) of a table with these columns, as it is in csv and tsv. */
export function tableSchema(columns: readonly ColumnFacts[], key: readonly string[] = []): object {
  const hasKey = key.length > 0 && key.every(name => columns.some(column => column.name === name && !column.missing))
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: columns.map(fieldOf),
    missingValues: [''],
    ...(hasKey && { primaryKey: key }),
  }
}

/** Addresses are texts: what members typed need not be a valid one. */
const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'string',
  text: 'string',
  url: 'string',
  time: 'datetime',
  number: 'number',
  flag: 'boolean',
  attachments: 'array',
}

function fieldOf({ name, type, meaning, certainty, missing, source, values, hasOtherValues }: ColumnFacts): object {
  const isClosed = values !== undefined && !hasOtherValues
  const constraints = {
    ...(missing === undefined && type !== 'attachments' && { required: true }),
    ...(isClosed && { enum: Object.keys(values) }),
  }
  return {
    ...{ name, type: TYPES[type], description: meaning },
    ...(type === 'flag' && { trueValues: ['true'], falseValues: ['false'] }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
    ...(isClosed && { categories: Object.entries(values).map(([value, label]) => ({ value, label })) }),
    ...{ certainty, ...(missing !== undefined && { missing }), ...(source && { source }) },
  }
}
