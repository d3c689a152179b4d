import Papa from 'papaparse'
import { UsageError } from '../../model/errors.js'
import { unguarded } from '../table/cells.js'

/** A file of annotations: CSV, or a JSON object a line. */
export interface AnnotationFile {
  /** As the user named it. */
  name: string
  text: string
}

/** What a file can say of a row, by the names that its columns or keys may have. */
const FIELDS = {
  site: ['site'],
  post: ['id', 'post', 'post_id', 'post id'],
  url: ['url', 'permalink'],
  coder: ['coder'],
  code: ['code', 'codes'],
  note: ['note', 'notes'],
} as const

type Field = keyof typeof FIELDS

/** A row, or a line of JSON: the texts of the fields that the file has. */
interface AnnotationRecord {
  place: string
  cells: Readonly<Partial<Record<Field, string>>>
}

const NEEDED = 'It needs the columns id (or url) and code; coder, note and site may be there, and any others.'

/** @throws UsageError for a file that is no table of annotations. */
export function annotationRecords(file: AnnotationFile): AnnotationRecord[] {
  const text = file.text.replace(/^\ufeff/, '')
  if (text.trim() === '') throw new UsageError(`${file.name} is empty.`, NEEDED)
  return /^\s*\{/.test(text) ? jsonRecords(text, file.name) : tableRecords(text, file.name)
}

/** CSV with commas, semicolons or tabs, as spreadsheets of all countries write it. */
function tableRecords(text: string, file: string): AnnotationRecord[] {
  // Excel writes and reads this line, which names the separator.
  const [, named, rest = text] = /^sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? []
  const { data, errors } = Papa.parse<string[]>(rest, { delimiter: named ?? delimiterOf(rest), skipEmptyLines: false })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken)
    throw new UsageError(
      `${file}, row ${(broken.row ?? 0) + 1}: a quotation mark is not closed.`,
      'Save the file again as CSV.',
    )
  const [head = [], ...rows] = data
  const fields = fieldsOf(head, file)
  return rows.flatMap((row, at) => {
    if (row.every(cell => cell.trim() === '')) return []
    const place = `${file}, row ${at + (named === undefined ? 2 : 3)}`
    if (row.length > head.length)
      throw new UsageError(
        `${place} has ${row.length} cells, and the header only ${head.length}.`,
        'Save the file again as CSV.',
      )
    const cells = Object.fromEntries(fields.map(([field, column]) => [field, unguarded((row[column] ?? '').trim())]))
    return [{ place, cells }]
  })
}

/** The separator that the header has most often outside of quotes. */
function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (separator: string) => header.split(separator).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** The columns of the fields that are there. @throws UsageError if a needed one is missing, or there twice. */
function fieldsOf(head: readonly string[], file: string): [Field, number][] {
  const names = head.map(name => unguarded(name.trim()).toLowerCase())
  const found = Object.entries(FIELDS).flatMap(([field, words]): [Field, number][] => {
    const columns = names.flatMap((name, at) => ((words as readonly string[]).includes(name) ? [at] : []))
    const [first, second] = columns
    if (second !== undefined && first !== undefined)
      throw new UsageError(
        `${file} has two columns for the ${field}: ${names[first]} and ${names[second]}.`,
        'Rename one of them.',
      )
    return first === undefined ? [] : [[field as Field, first]]
  })
  refuseMissing(
    new Set(found.map(([field]) => field)),
    `Its columns are: ${names.filter(Boolean).join(', ') || 'none'}.`,
    file,
  )
  return found
}

function refuseMissing(fields: ReadonlySet<Field>, present: string, file: string): void {
  const missing = !fields.has('post') && !fields.has('url') ? 'post' : fields.has('code') ? null : 'code'
  if (missing !== null) throw new UsageError(`${file} has no column for the ${missing}.`, `${NEEDED} ${present}`)
}

function jsonRecords(text: string, file: string): AnnotationRecord[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return []
    const place = `${file}, line ${at + 1}`
    const entries = Object.entries(parsed(line, place))
    const cells = Object.fromEntries(
      Object.entries(FIELDS).flatMap(([field, words]) => {
        const entry = entries.find(([key]) => (words as readonly string[]).includes(key.toLowerCase()))
        return entry ? [[field, textOf(entry[1], place)]] : []
      }),
    )
    refuseMissing(
      new Set(Object.keys(cells) as Field[]),
      `Its keys are: ${entries.map(([key]) => key).join(', ')}.`,
      place,
    )
    return [{ place, cells }]
  })
}

function parsed(line: string, place: string): object {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below, as for another value.
  }
  throw new UsageError(
    `${place} is no JSON object.`,
    'Write one object a line: {"id":"240","coder":"Kim","code":"care"}',
  )
}

/** A list of codes is as several codes in one cell. */
function textOf(value: unknown, place: string): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every(one => typeof one === 'string')) return value.join(';')
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim()
  throw new UsageError(`${place} has a value that is no text.`, 'Codes are texts, or a list of texts.')
}
