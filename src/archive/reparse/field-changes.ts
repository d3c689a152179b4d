import type { FieldChange } from '../../model/reports/reparse.js'
import type { Columns } from './field-rules.js'
import type { FullRow } from './rows.js'

/** All that an export may show: where none of these differs, an export is the same, byte by byte. Dates come together. */
const FIELDS: readonly (keyof FullRow)[] = [
  'text',
  'html',
  'heading',
  'truncated',
  'type',
  'edited',
  'privacy',
  'topic',
  'url',
  'status',
  'shown_at',
  'claimed',
  'whole_view_at',
  'first_seen_at',
  'last_seen_at',
]

/** What would be written over another value. */
export function differing(row: FullRow, columns: Columns): Columns {
  const held = row as unknown as Record<string, unknown>
  return Object.fromEntries(Object.entries(columns).filter(([name, value]) => (held[name] ?? null) !== (value ?? null)))
}

/** Markup alone is named where the words are the same. */
export function fieldChanges(row: FullRow, news: Columns): FieldChange[] {
  const fields = FIELDS.filter(name => name in news && !(name === 'html' && 'text' in news))
  const changes = fields.map(name => change(name, row[name], news[name]))
  const dated = 'posted_from' in news || 'posted_to' in news
  if (!dated) return changes
  const { posted_from: from = row.posted_from, posted_to: to = row.posted_to } = news
  return [...changes, change('date', interval(row.posted_from, row.posted_to), interval(from, to))]
}

export const change = (field: string, before: unknown, after: unknown): FieldChange => ({
  field,
  before: short(before),
  after: short(after),
})

const interval = (from: string | null, to: string | null): string | null =>
  from === to ? from : `${from ?? '…'} to ${to ?? '…'}`

const MAX_LENGTH = 120

/** The first that differs may stand far behind: then the report says no more than that it does. */
function short(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = String(value)
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`
}
