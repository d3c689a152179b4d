import type { Statements } from '../database/statements.js'
import type { RelationChanges } from './relations.js'
import { type FullRow, fullRows, idOf, partsOf, replaceParts, seesLess } from './rows.js'

/** Columns of a `FullRow` that are not copied: ids of the shadow database, and columns of joined tables. */
const NOT_COPIED = [
  'id',
  'site_id',
  'site_key',
  'site',
  'thread',
  'parent',
  'thread_view',
  'thread_id',
  'parent_id',
  'group_id',
  'member_id',
]

/** Adds posts that the current parser finds in the stored captures and that the archive lacks. */
export class AddedPosts {
  constructor(
    private readonly live: Statements,
    private readonly shadow: Statements,
    private readonly relations: RelationChanges,
  ) {}

  /** The posts to add. Opening posts that are known only from their replies are among them; reports do not count those. */
  *missing(): Generator<FullRow> {
    for (const row of fullRows(this.shadow)) {
      const isHeld = idOf(this.live, row.site_key, row.activity_id) !== null
      if (!isHeld && !this.mayBeSpam(row)) yield row
    }
  }

  private mayBeSpam(row: FullRow): boolean {
    const sql = 'SELECT whole_view_in FROM posts WHERE id = ?'
    const view = this.live.one<string | null>(sql, idOf(this.live, row.site_key, row.thread))
    return seesLess(view ?? null, row)
  }

  /** Adds a post as a thread of its own: its parent may not be added yet. `attach` completes it. */
  add(row: FullRow): void {
    const own = Object.entries(row).filter(([name]) => !NOT_COPIED.includes(name))
    const id = this.live.insert('posts', {
      ...Object.fromEntries(own),
      site_id: this.siteOf(row),
      thread_id: 0,
      group_id: this.relations.groups.of(row.group_id)?.id ?? null,
      member_id: this.relations.members.of(row.member_id)?.id ?? null,
    })
    this.live.update('posts', id, { thread_id: id })
    replaceParts(this.live, id, partsOf(this.shadow, row.id))
    this.copy('sightings', row.id, id, {})
    this.copy('revisions', row.id, id, { id: null })
  }

  private copy(table: string, from: number, to: number, changes: object): void {
    for (const row of this.shadow.rows<object>(`SELECT * FROM ${table} WHERE post_id = ?`, from))
      this.live.insert(table, { ...row, ...changes, post_id: to })
  }

  attach(row: FullRow): void {
    const id = idOf(this.live, row.site_key, row.activity_id)
    const thread = idOf(this.live, row.site_key, row.thread)
    if (id === null || thread === null) return
    this.live.update('posts', id, { thread_id: thread, parent_id: idOf(this.live, row.site_key, row.parent) })
  }

  private siteOf({ site_key: key }: FullRow): number {
    const known = this.live.one<number>('SELECT id FROM sites WHERE key = ?', key)
    if (known !== undefined) return known
    const site = this.shadow.row<{ url: string; name: string | null }>('SELECT url, name FROM sites WHERE key = ?', key)
    return this.live.insert('sites', { key, ...site })
  }
}
