import { isSameSlug } from '../../model/addresses.js'
import type { Statements } from '../database/statements.js'
import { foldNames, isSameName, type NamedRow } from '../fold/names.js'
import { changes } from '../fold/precedence.js'
import { addEarlierValue, type SeenAt } from './earlier-values.js'

/** Names as a page shows them. */
export type ShownNames = Pick<NamedRow, 'native' | 'slug' | 'name' | 'url'>

/**
 * Folds names of a capture that is older than what is held into the names of a group or member, and dates the renames by it. Returns the
 * columns that change.
 */
export function foldEarlierNames(
  sql: Statements,
  kind: 'group' | 'member',
  known: NamedRow,
  shown: ShownNames,
  seen: SeenAt,
): Partial<NamedRow> {
  for (const field of ['slug', 'name'] as const)
    noteEarlierName(sql, kind, known, { field, present: known[field], value: shown[field] }, seen)
  return changes(known, foldNames(known, readingOf(known, shown, seen)))
}

const readingOf = ({ id, site_id }: NamedRow, shown: ShownNames, { at }: SeenAt): NamedRow => ({
  ...{ id, site_id, ...shown, first_seen_at: at, last_seen_at: at },
  named_at: shown.name !== null && shown.slug !== null ? at : null,
})

/** A name, slug or status that was shown when the capture was made. */
export function noteEarlierName(
  sql: Statements,
  kind: 'group' | 'member',
  known: Pick<NamedRow, 'id' | 'first_seen_at' | 'last_seen_at' | 'named_at'>,
  { field, present, value }: { field: string; present: string | null; value: string | null },
  seen: SeenAt,
): void {
  if (value === null || present === null) return
  const held = { value: present, firstSeenAt: known.first_seen_at, lastSeenAt: known.named_at ?? known.last_seen_at }
  const event = { kind: 'renamed', of: `${kind}_id`, id: known.id, field } as const
  const isSame = (a: string | null, b: string | null) => isSameName(a, b) || isSameSlug(a ?? '', b ?? '')
  addEarlierValue(sql, event, held, { ...seen, value }, isSame)
}
