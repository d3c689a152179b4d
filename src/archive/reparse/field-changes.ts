import type { FieldChange } from '../../model/reports/reparse.js'
import { columnsOf } from '../schema/tables/posts.js'
import type { Columns } from './field-rules.js'
import type { FullRow } from './rows.js'

/** Columns that an export may show: if none differs, exports are byte-identical. Dates are compared separately, as one. */
const FIELDS: readonly (keyof FullRow & string)[] = [
  'text',
  'html',
  'heading',
  'truncated',
  'type',
  ...columnsOf('greatest'),
  ...columnsOf('labels').filter(name => name !== 'labels_seen_at'),
  'url',
  'status',
  'position',
  'claimed',
  'whole_view_at',
  'first_seen_at',
  'last_seen_at',
]

/**
 * Columns whose values differ from those of the row. Of several values for one column the last one counts. The objects are never joined:
 * V8 makes a hidden class for each object that is joined out of so many columns, 15 KB a post.
 */
export function differing(row: FullRow, values: readonly Columns[]): Columns {
  const current = row as unknown as Record<string, unknown>
  const changed = new Map<string, unknown>()
  for (const columns of values)
    for (const [name, value] of Object.entries(columns))
      if ((current[name] ?? null) === (value ?? null)) changed.delete(name)
      else changed.set(name, value)
  return Object.fromEntries(changed)
}

/** Changes for the report. `html` is listed only if the text is the same. */
export function fieldChanges(row: FullRow, changed: Columns): FieldChange[] {
  const fields = FIELDS.filter(name => name in changed && !(name === 'html' && 'text' in changed))
  const changes = fields.map(name => change(name, row[name], changed[name]))
  const dated = 'posted_from' in changed || 'posted_to' in changed
  if (!dated) return changes
  const { posted_from: from = row.posted_from, posted_to: to = row.posted_to } = changed
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

/** Shortened for the report, also if the difference is not in the part that is left. */
function short(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = String(value)
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`
}
