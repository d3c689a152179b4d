import type { Values } from '../../model/columns/value-facts.js'
import type { ColumnFacts, ColumnType } from '../table/column.js'
import { POST_COLUMNS } from '../table/post-columns.js'
import { SOURCES } from '../table/sources.js'
import type { TableFacts } from './tables.js'

/** The part of JSON Schema that the schemas of records use. */
interface Schema {
  description?: string
  type?: string | readonly string[]
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  allOf?: readonly Schema[]
  enum?: readonly string[]
  const?: unknown
  pattern?: string
  $ref?: string
  $defs?: Readonly<Record<string, Schema>>
}

/** The published schemas, by name: `post-1.json`. */
type Schemas = Readonly<Record<'post-1.json' | 'thread-1.json', Schema>>

/** The records of jsonl and json as tables of their fields, in the words of their schemas: `author.name`, `attachments[].url`. */
export const recordTables = (schemas: Schemas): readonly TableFacts[] => [
  {
    name: 'post-records',
    summary:
      'one record a post, as docs/schema/post-1.json describes it; a field within another is `author.name`, in a list `links[].url`',
    columns: [...new Walk(schemas).properties(schemas['post-1.json'], 'post-1.json')],
    formats: ['jsonl'],
    records: 'docs/schema/post-1.json',
    key: ['site', 'id'],
  },
  {
    name: 'thread-records',
    summary:
      'one record a thread, as docs/schema/thread-1.json describes it; `post` and the lists `replies` hold posts, with the fields of post-records from `id` on',
    columns: [...new Walk(schemas).properties(schemas['thread-1.json'], 'thread-1.json')],
    formats: ['json'],
    records: 'docs/schema/thread-1.json',
    key: ['site', 'id'],
  },
]

/** A field, while its schema is walked. */
interface Field {
  path: string
  /** The file of the schema, in which references without a file are. */
  file: keyof Schemas
  /** The field may be absent. */
  isOptional: boolean
}

/** Walks a schema and gives its fields. */
class Walk {
  constructor(private readonly schemas: Schemas) {}

  *properties(schema: Schema, file: keyof Schemas, before = ''): Generator<ColumnFacts> {
    for (const [name, own] of Object.entries(schema.properties ?? {}))
      yield* this.field(own, { path: `${before}${name}`, file, isOptional: !schema.required?.includes(name) })
    for (const part of schema.allOf ?? []) yield* this.properties(...this.resolved(part, file), before)
  }

  private *field(given: Schema, field: Field): Generator<ColumnFacts> {
    const [schema, file] = this.resolved(given, field.file)
    const choices = (schema.anyOf ?? [schema]).map(one => this.resolved(one, file))
    const [own, place] = choices.find(([one]) => one.type !== 'null') ?? [schema, file]
    const { description = '' } = given
    const isNull = choices.some(([one]) => typesOf(one).includes('null'))
    if (isPost(own)) return
    if (own.properties) yield* this.properties(own, place, `${field.path}.`)
    else if (own.items)
      yield* this.field({ description, ...own.items }, { ...field, path: `${field.path}[]`, file: place })
    else yield leaf({ ...own, description }, field, isNull)
  }

  /** A schema in place of a reference to it, with the file that it is in. */
  private resolved(schema: Schema, file: keyof Schemas): [Schema, keyof Schemas] {
    const [, other, name] = /^(.*)#\/\$defs\/(\w+)$/.exec(schema.$ref ?? '') ?? []
    if (name === undefined) return [schema, file]
    const place = other === '' ? file : (other as keyof Schemas)
    return [this.schemas[place].$defs?.[name] ?? {}, place]
  }
}

const typesOf = ({ type = [] }: Schema): readonly string[] => [type].flat()

/** A post within a thread has the fields of the other table. */
const isPost = ({ properties }: Schema): boolean => properties?.['replies'] !== undefined

/** Fields that have the value of a column of another name; of the others, `author.name` is `author_name`. */
const COLUMN_NAMES: Readonly<Record<string, string>> = { 'posted_between[]': 'posted_from', forgotten: 'erased' }

type Facts = Pick<ColumnFacts, 'certainty' | 'source' | 'missing'> & { meaning?: string }

const ATTACHMENT: Facts = { certainty: 'stated', source: SOURCES.attachments }
const LINK: Facts = { certainty: 'stated', source: SOURCES.body }

/** What the schemas do not say of fields that no column has. */
const FACTS: Readonly<Record<string, Facts>> = {
  schema: { certainty: 'derived', meaning: 'name and version of the form of the record' },
  posted_at: { certainty: 'stated', source: SOURCES.when, missing: 'only an interval is known' },
  'posted_between[]': { certainty: 'bound', source: SOURCES.when, missing: 'that end is not known' },
  'group.url': { certainty: 'stated', source: SOURCES.groupUrl, meaning: 'address of the group' },
  'author.url': { certainty: 'stated', source: SOURCES.memberUrl, meaning: 'address of the profile' },
  'attachments[].kind': { ...ATTACHMENT, meaning: 'kind of the file' },
  'attachments[].url': { ...ATTACHMENT, meaning: 'address of the file' },
  'attachments[].name': ATTACHMENT,
  'links[].kind': {
    certainty: 'derived',
    source: SOURCES.body,
    meaning: 'whether a link in the body leads to a member who is named with @',
  },
  'links[].url': { ...LINK, meaning: 'where a link in the body leads' },
  'links[].text': { ...LINK, meaning: 'words of a link in the body' },
  'annotations[].coder': { certainty: 'observed', meaning: 'who wrote the code or note' },
  'annotations[].note': {
    certainty: 'observed',
    meaning: 'words of the researcher about the post',
    missing: 'no note',
  },
  'completeness.state': { certainty: 'derived' },
  'completeness.claimed': { certainty: 'stated', source: SOURCES.claimed },
}

/** Facts that the schema does not have are those of the column with the same value. */
function leaf(schema: Schema, { path, isOptional }: Field, isNull: boolean): ColumnFacts {
  const column = POST_COLUMNS.find(({ name }) => name === (COLUMN_NAMES[path] ?? path.replace('.', '_')))
  const {
    certainty,
    source,
    missing: unknown = 'not known',
    meaning = '',
  } = FACTS[path] ?? column ?? { certainty: 'observed' }
  const missing = [isNull && unknown, isOptional && 'the key is absent'].filter(Boolean)
  const values = schema.enum?.map(value => [value, column?.values?.[value] ?? ''])
  return {
    ...{ name: path, type: column?.type ?? typeOf(schema, path), certainty },
    meaning: (schema.description || meaning || column?.meaning || '').replace(/\.$/, ''),
    ...(missing.length > 0 && { missing: missing.join('; or ') }),
    ...(source && { source }),
    ...(values ? { values: Object.fromEntries(values) as Values } : openValues(column)),
  }
}

const openValues = (column: ColumnFacts | undefined): Partial<ColumnFacts> =>
  column?.values ? { values: column.values, hasOtherValues: true } : {}

function typeOf(schema: Schema, path: string): ColumnType {
  const [type = ''] = typesOf(schema)
  if (type === 'integer') return 'number'
  if (type === 'boolean' || schema.const === true) return 'flag'
  if (schema.pattern) return 'time'
  return path.endsWith('url') ? 'url' : 'text'
}
