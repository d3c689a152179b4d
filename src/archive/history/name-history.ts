import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { happenedBy } from '../../model/time.js'
import type { Statements } from '../database/statements.js'

/** A changed name, slug or status; `member` or `group` is the row id of its owner, the other is null. */
interface Rename {
  at: Instant
  member: number | null
  group: number | null
  field: string
  before: string
  after: string
}

/** Row ids of the members or groups of all versions of the posts of some threads, and of the groups that a post has left. */
const IDS = (whose: 'member' | 'group') => `WITH concerned AS (
    SELECT id, ${whose}_id AS owner FROM posts WHERE thread_id IN (SELECT value FROM json_each(?)))
  SELECT owner FROM concerned UNION SELECT ${whose}_id FROM revisions WHERE post_id IN (SELECT id FROM concerned)
  UNION SELECT ${whose}_id FROM events WHERE post_id IN (SELECT id FROM concerned)`

const RENAMES = (whose: 'member' | 'group') =>
  `SELECT id, at, member_id AS member, group_id AS "group", field, before, after FROM events
    WHERE kind = 'renamed' AND ${whose}_id IN (${IDS(whose)})`

const OWNERS = (whose: 'member' | 'group') =>
  `SELECT id AS row, site_${whose}_id AS id, slug, name, url FROM ${whose}s WHERE id IN (${IDS(whose)})`

type Owner = StoredAuthor & { row: number }

/** Present and earlier names of the authors and groups of some threads. */
export class NameHistory {
  /** Oldest first. */
  readonly renames: readonly Rename[]
  private readonly byOwner = new Map<string, Rename[]>()
  private readonly owners = new Map<string, StoredAuthor>()

  constructor(sql: Statements, threads: readonly number[]) {
    const wanted = JSON.stringify(threads)
    for (const whose of ['group', 'member'] as const)
      for (const { row, ...names } of sql.rows<Owner>(OWNERS(whose), wanted)) this.owners.set(`${whose} ${row}`, names)
    const rows = (['group', 'member'] as const).flatMap(whose => sql.rows<Rename>(RENAMES(whose), wanted))
    this.renames = rows.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    for (const rename of this.renames) {
      const key = rename.member === null ? `group ${rename.group}` : `member ${rename.member}`
      this.byOwner.set(key, [...(this.byOwner.get(key) ?? []), rename])
    }
  }

  /** The member in this row with the names at `then`; null: the present ones. The URL stays the present one, because it works. */
  author(row: number | null, then: Instant | null): StoredAuthor | null {
    return this.at(`member ${row}`, then)
  }

  /** The group in this row, in the same way. Each group has a slug. */
  group(row: number | null, then: Instant | null): StoredGroup | null {
    return this.at(`group ${row}`, then) as StoredGroup | null
  }

  private at(key: string, then: Instant | null): StoredAuthor | null {
    const present = this.owners.get(key) ?? null
    const renames = this.byOwner.get(key)
    if (present === null || then === null || !renames) return present
    const earlier: Record<string, string> = {}
    for (const { field, before, at } of renames) if (!happenedBy(at, then)) earlier[field] ??= before
    return { ...present, ...Object.fromEntries(Object.entries(earlier).filter(([field]) => field in present)) }
  }
}
