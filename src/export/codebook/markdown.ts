import type { ValueSource } from '../../model/columns/value-facts.js'
import type { Certainty, ColumnFacts, ColumnType } from '../table/column.js'
import type { TableFacts } from './tables.js'

const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  id: 'an id of the site, as text',
  text: 'text in UTF-8',
  url: 'an address, as text',
  time: 'an instant in UTC: `2026-03-13T07:48:00Z`',
  number: 'a number: whole and from 0, where the meaning does not say otherwise',
  flag: '`true` or `false`',
  attachments: 'a list of files with kind, url and name; in csv and tsv as JSON',
}

const CERTAINTY_WORDS: Readonly<Record<Certainty, string>> = {
  stated: 'as the site shows it',
  observed: 'recorded by threadkeep when it read the site',
  derived: 'computed from what the site states',
  bound: 'the true time is not known, only that it is not before, or not after, this one',
}

/** The codebook of these tables as markdown, with a heading of the second level for each table. */
export function codebookMarkdown(tables: readonly TableFacts[], title: string): string {
  const parts = [
    ...(title === '' ? [] : [`# ${title}`]),
    'Types of values:',
    definitions(TYPE_WORDS),
    'How sure a value is:',
    definitions(CERTAINTY_WORDS),
    'An empty cell (null in JSON and Parquet) means what the column "empty if" says.',
    ...tables.flatMap(table => tableParts(table)),
  ]
  return `${parts.join('\n\n')}\n`
}

const definitions = (words: Readonly<Record<string, string>>): string =>
  Object.entries(words)
    .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
    .join('\n')

function tableParts({ name, summary, formats, key, columns }: TableFacts): string[] {
  const written = formats.length > 0 ? ` Written by: ${formats.map(one => `\`${one}\``).join(', ')}.` : ''
  const unique = key ? ` A row is identified by ${key.map(one => `\`${one}\``).join(' and ')}.` : ''
  return [
    `## ${name}`,
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.${written}${unique}`,
    columnTable(columns),
    ...sourceList(columns),
    ...columns.flatMap(valueList),
  ]
}

/** The columns as a table of markdown, without their sources. */
export function columnTable(columns: readonly ColumnFacts[]): string {
  const rows = columns.map(one => [`\`${one.name}\``, one.type, one.meaning, one.certainty, one.missing ?? 'never'])
  const head = ['column', 'type', 'what it is', 'how sure', 'empty if']
  return [head, head.map(() => '---'), ...rows].map(row).join('\n')
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** Columns with one source share a line. */
function sourceList(columns: readonly ColumnFacts[]): string[] {
  const lines = new Map<string, string[]>()
  for (const { name, source } of columns)
    if (source) lines.set(sourceWords(source), [...(lines.get(sourceWords(source)) ?? []), `\`${name}\``])
  const items = [...lines].map(([words, names]) => `- ${names.join(', ')}. ${words}`)
  return items.length === 0
    ? []
    : ['Where values come from; threadkeep computes or records all others:', items.join('\n')]
}

function sourceWords({ page, rest, imports }: ValueSource): string {
  const said = [page && `Page: ${page}`, rest && `REST: ${rest}`, imports && `Imported text: ${imports}`]
  return said.filter(Boolean).join('. ')
}

function valueList({ name, values, hasOtherValues }: ColumnFacts): string[] {
  if (!values) return []
  const items = Object.entries(values).map(([value, meaning]) => `- \`${value}\`${meaning && `: ${meaning}`}`)
  return [`Values of \`${name}\`${hasOtherValues ? ', besides others' : ''}:`, items.join('\n')]
}
