import type { Instant } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { type HeldValue, type ValueChange, withEarlier } from '../fold/changes.js'
import type { EventRow } from '../schema/tables/history.js'

/** When, and by which run, something was seen. */
export interface SeenAt {
  at: Instant
  run: number
  /** Set for a text dump, whose names may be old: they change no names that are known. */
  isOfText?: boolean
  /** Only an import may be older than what is held. A live reading is newer, also if the clock was set back. */
  isImported?: boolean
}

/** The event of a changed value: of a name, or of the place of a post. */
export interface ValueEvent {
  kind: 'renamed' | 'moved'
  of: 'post_id' | 'group_id' | 'member_id'
  id: number
  field: string
}

const CHANGES = (of: ValueEvent['of']) =>
  `SELECT id, at, before, after, reason FROM events WHERE ${of} = ? AND kind = ? AND field = ? ORDER BY at, id`

/** Adds to the events of a value what a capture shows that is older than what is held. `more`: further columns of a new event. */
export function addEarlierValue(
  sql: Statements,
  { kind, of, id, field }: ValueEvent,
  held: HeldValue,
  seen: SeenAt & { value: string | null },
  isSame: (a: string | null, b: string | null) => boolean = (a, b) => a === b,
  more: (change: ValueChange) => Partial<EventRow> = () => ({}),
): void {
  const before = sql.rows<ValueChange>(CHANGES(of), id, kind, field)
  for (const change of withEarlier(before, held, seen, isSame)) {
    const { id: row, ...values } = change
    const known = before.find(one => one.id === row)
    if (!known) sql.insert('events', { kind, [of]: id, field, ...values, ...more(change), run_id: seen.run })
    else if (known.at !== values.at || known.before !== values.before || known.reason !== values.reason)
      sql.update('events', known.id ?? 0, values)
  }
}
