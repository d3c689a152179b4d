import type { Instant } from '../../model/discussion.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'

/** A changed name, slug or status; `member` or `group` is the row id of its owner, the other is null. */
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

/** Earlier names of a thread's authors and groups. */
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

  /** The member or group with its names at `then`. Its URL stays the present one, because that one works. */
  at<T extends object>(owner: Pick<Rename, 'member' | 'group'>, present: T, then: Instant): T {
    const earlier: Record<string, string> = {}
    for (const { field, before, at } of this.byOwner.get(keyOf(owner)) ?? [])
      if (!happenedBy(at, then)) earlier[field] ??= before
    return { ...present, ...Object.fromEntries(Object.entries(earlier).filter(([field]) => field in present)) }
  }
}

const keyOf = ({ member, group }: Pick<Rename, 'member' | 'group'>): string =>
  member === null ? `group ${group}` : `member ${member}`
