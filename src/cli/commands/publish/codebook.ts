import { type Command, Option } from 'commander'
import type { TableFacts } from '../../../export/codebook/tables.js'
import { UsageError } from '../../../model/errors.js'
import type { Globals } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'
import { refuseOtherExtension, writeDocument } from './write-document.js'

export interface Options extends Globals {
  formatOf?: string
  format?: 'md' | 'json' | 'frictionless'
  json?: boolean
  frictionless?: boolean
  output?: string
}

export const examples = [
  'codebook',
  'codebook --format-of csv -o codebook.md',
  'codebook --format-of parquet --json',
  'codebook --frictionless > posts.schema.json',
]

export function add(command: Command): void {
  command
    .description(
      'Describes each column of the tables that threadkeep writes: name, type, meaning,\n' +
        'where the value comes from on a page and in REST, how sure it is, what an empty\n' +
        'cell means, which values there are. Needs no archive.',
    )
    .optionsGroup('What to describe:')
    .option('--format-of <names>', 'only the tables of these formats or commands: csv,jsonl (default: all)')
    .optionsGroup('Output:')
    .addOption(
      new Option('-f, --format <name>', 'the form of the codebook (default: json for -o NAME.json, else md)').choices([
        'md',
        'json',
        'frictionless',
      ]),
    )
    .option('--json', 'one JSON document (threadkeep.codebook/1); the same as -f json')
    .option('--frictionless', 'the Frictionless table schema of one table; the same as -f frictionless')
    .option('-o, --output <file>', 'write it to this file (default: stdout)')
}

export async function run(options: Options, io: Io): Promise<void> {
  const form = formOf(options)
  const { tablesNamed } = await import('../../../export/codebook/codebook.js')
  const words = (options.formatOf ?? '')
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)
  if (options.formatOf !== undefined && words.length === 0)
    throw new UsageError('--format-of names no format.', 'Name one, such as csv, or leave it out.')
  const tables = tablesNamed(words, await describedTables())
  const text = await textOf(tables, form, words)
  refuseOtherExtension(options.output, form === 'md' ? ['.md'] : ['.json'], 'markdown or JSON (-f md, -f json)')
  await writeDocument([text], options, io)
}

type Form = NonNullable<Options['format']>

/** @throws UsageError for two forms at once. */
function formOf({ format, json, frictionless, output = '' }: Options): Form {
  const forms = new Set<Form>([
    ...(format === undefined ? [] : [format]),
    ...(json ? ['json' as const] : []),
    ...(frictionless ? ['frictionless' as const] : []),
  ])
  const [form = /\.json$/i.test(output) ? 'json' : 'md', other] = forms
  if (other === undefined) return form
  throw new UsageError(`A codebook has one form, not ${form} and ${other}.`, 'Leave one of the options out.')
}

async function textOf(tables: readonly TableFacts[], form: Form, words: readonly string[]): Promise<string> {
  if (form === 'json') return (await import('../../../export/codebook/codebook.js')).codebookJson(tables)
  if (form === 'md') return (await import('../../../export/codebook/markdown.js')).codebookMarkdown(tables, 'Codebook')
  const { tableSchema } = await import('../../../export/codebook/frictionless.js')
  const [table, other] = words.length === 0 ? tables.slice(0, 1) : tables
  if (!table || other)
    throw new UsageError('A table schema describes one table.', `Name one: --format-of ${tables[0]?.name ?? 'csv'}`)
  if (table.records)
    throw new UsageError(
      `Records of ${table.formats.join()} lie within each other, which no table schema describes.`,
      `Their own schema is ${table.records}.`,
    )
  return `${JSON.stringify(tableSchema(table.columns, table.key), null, 2)}\n`
}

/** The tables of exports, the records of JSON, and the tables of commands. */
export async function describedTables(): Promise<readonly TableFacts[]> {
  const { exportTables } = await import('../../../export/codebook/codebook.js')
  const { shippedText } = await import('../../../node/shipped.js')
  const { COMMAND_TABLES } = await import('../../render/table/index.js')
  return [...exportTables(shippedText), ...COMMAND_TABLES]
}
