import type { Instant } from '../../model/discussion.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'

/** A name that changed. */
export interface Rename {
  at: Instant
  member: number | null
  group: number | null
  field: string
  before: string
  after: string
}

const RENAMES = (whose: 'member' | 'group') =>
  `SELECT id, at, member_id AS member, group_id AS "group", field, before, after FROM events
    WHERE kind = 'renamed' AND ${whose}_id IN (SELECT DISTINCT ${whose}_id FROM posts WHERE thread_id = ?)`

/** Earlier names of a thread's authors and of its group. */
export class NameHistory {
  /** Oldest first. */
  readonly renames: readonly Rename[]
  private readonly byOwner = new Map<string, Rename[]>()

  constructor(sql: Statements, thread: number) {
    const rows = (['group', 'member'] as const).flatMap(whose => sql.rows<Rename>(RENAMES(whose), thread))
    this.renames = rows.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    for (const rename of this.renames) {
      const key = keyOf(rename)
      this.byOwner.set(key, [...(this.byOwner.get(key) ?? []), rename])
    }
  }

  /** A member or group as it was called then. Its address stays the one of today, which leads somewhere. */
  past<T extends object>(whose: Pick<Rename, 'member' | 'group'>, present: T, at: Instant): T {
    const past: Record<string, string> = {}
    for (const { field, before, at: changed } of this.byOwner.get(keyOf(whose)) ?? [])
      if (!happenedBy(changed, at)) past[field] ??= before
    return { ...present, ...Object.fromEntries(Object.entries(past).filter(([field]) => field in present)) }
  }
}

const keyOf = ({ member, group }: Pick<Rename, 'member' | 'group'>): string =>
  member === null ? `group ${group}` : `member ${member}`
