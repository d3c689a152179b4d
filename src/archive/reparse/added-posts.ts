import type { Statements } from '../database/statements.js'
import { POSTS } from '../schema/tables/posts.js'
import type { RelationChanges } from './relations.js'
import { type FullRow, fullRows, idOf, partsOf, replaceParts, seesLess, THREAD_COLUMNS } from './rows.js'

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
      const isHeld = idOf(this.live, row.site_key, row.site_post_id) !== null
      if (!isHeld && !this.mayBeSpam(row)) yield row
    }
  }

  private mayBeSpam(row: FullRow): boolean {
    const sql = 'SELECT whole_view_in FROM threads WHERE id = ?'
    const view = this.live.one<string | null>(sql, idOf(this.live, row.site_key, row.thread))
    return seesLess(view ?? null, row)
  }

  /** Adds a post as a thread of its own: its parent may not be added yet. `attach` completes it. */
  add(row: FullRow): void {
    const id = (this.live.one<number | null>('SELECT max(id) FROM posts') ?? 0) + 1
    const group_id = this.relations.groups.of(row.group_id)?.id ?? null
    const member_id = this.relations.members.of(row.member_id)?.id ?? null
    const places = { site_id: this.siteOf(row), thread_id: id, parent_id: null, group_id, member_id }
    this.live.insertRow(POSTS, { ...row, ...places, id })
    this.live.insert('threads', { id, ...Object.fromEntries(THREAD_COLUMNS.map(name => [name, row[name]])) })
    replaceParts(this.live, id, partsOf(this.shadow, row.id))
    this.copy('sightings', row.id, id, {})
    this.copy('revisions', row.id, id, { id: null, ...NO_RELATIONS })
  }

  private copy(table: string, from: number, to: number, changes: object): void {
    for (const row of this.shadow.rows<object>(`SELECT * FROM ${table} WHERE post_id = ?`, from))
      this.live.insert(table, { ...row, ...changes, post_id: to })
  }

  /** Puts the post into its thread, once all posts are added. */
  attach(row: FullRow): void {
    const id = idOf(this.live, row.site_key, row.site_post_id)
    const thread = idOf(this.live, row.site_key, row.thread)
    if (id === null || thread === null) return
    this.live.update('posts', id, { thread_id: thread, parent_id: idOf(this.live, row.site_key, row.parent) })
    if (thread !== id) this.live.run('DELETE FROM threads WHERE id = ?', id)
  }

  private siteOf({ site_key: key }: FullRow): number {
    const known = this.live.one<number>('SELECT id FROM sites WHERE key = ?', key)
    if (known !== undefined) return known
    const site = this.shadow.row<object>('SELECT url, name, timezone FROM sites WHERE key = ?', key)
    return this.live.insert('sites', { key, ...site })
  }
}

/** Earlier authors, parents and groups have row ids of the shadow database. */
const NO_RELATIONS = { member_id: null, parent_id: null, group_id: null }
