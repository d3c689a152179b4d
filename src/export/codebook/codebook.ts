import { UsageError } from '../../model/errors.js'
import { recordTables } from './record-fields.js'
import { TABLES, type TableFacts } from './tables.js'

/** The tables of exports and the records of JSON. `read` gives the text of a file that comes with threadkeep, by its path. */
export const exportTables = (read: (path: string) => string): readonly TableFacts[] => [
  ...TABLES,
  ...recordTables({
    'post-1.json': JSON.parse(read('docs/schema/post-1.json')),
    'thread-1.json': JSON.parse(read('docs/schema/thread-1.json')),
  }),
]

/** A codebook of these tables as one JSON document, `threadkeep.codebook/1`: docs/schema/codebook-1.json. */
export const codebookJson = (tables: readonly TableFacts[]): string =>
  `${JSON.stringify({ schema: 'threadkeep.codebook/1', tables: tables.map(tableRecord) }, null, 2)}\n`

const tableRecord = ({ name, summary, formats, key = [], columns }: TableFacts): object => ({
  ...{ name, summary, formats, key },
  columns: columns.map(column => ({
    name: column.name,
    type: column.type,
    meaning: column.meaning,
    certainty: column.certainty,
    missing: column.missing ?? null,
    source: column.source ?? null,
    values: Object.entries(column.values ?? {}).map(([value, meaning]) => ({ value, meaning })),
    other_values: column.values === undefined || column.hasOtherValues === true,
  })),
})

/**
 * The tables that these words name: names of tables, or of formats that write them; each once, all without a word.
 * @throws UsageError for a word that is neither.
 */
export function tablesNamed(words: readonly string[], all: readonly TableFacts[]): readonly TableFacts[] {
  if (words.length === 0) return all
  const found = words.flatMap(word => {
    const named = all.filter(({ name, formats }) => name === word || formats.includes(word))
    if (named.length > 0) return named
    const known = [...new Set(all.flatMap(({ name, formats }) => [...formats, name]))]
    throw new UsageError(`"${word}" writes no table.`, `Tables and formats that have one: ${known.join(', ')}.`)
  })
  return [...new Set(found)]
}
