import type { Group, Instant, Member } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import { siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { POSTS, type PostRow } from '../schema/tables/posts.js'
import { EntityWriter } from '../write/entity-writer.js'
import { THREAD_COLUMNS } from './rows.js'

const OF_THREAD = `SELECT * FROM posts WHERE thread_id = ? AND (first_seen_at < ? OR id = thread_id)
  ORDER BY id <> thread_id, id`

const GROUP =
  'SELECT site_group_id AS id, slug, name, url, status, description, first_seen_at AS at FROM groups WHERE id = ?'
const MEMBER =
  'SELECT site_member_id AS id, slug, name, url, avatar_url AS avatarUrl, first_seen_at AS at FROM members WHERE id = ?'

/**
 * If only captures from a date on are read, the archive gives the earlier state of their threads: each is copied into the shadow
 * database before its first capture is saved.
 */
export class SeedThreads {
  private readonly entities: EntityWriter

  constructor(
    private readonly live: Statements,
    private readonly shadow: Statements,
    private readonly since: Instant,
  ) {
    this.entities = new EntityWriter(shadow)
  }

  /** Seeds all threads of a page. Call it before the page is saved. */
  seed(page: Page): void {
    const key = siteKey(page.site.url)
    const ids = [...page.threads.map(({ id }) => id), ...page.posts.map(post => post.threadId), page.text?.id]
    for (const id of new Set(ids)) if (id !== undefined) this.seedThread(key, id)
  }

  private seedThread(key: string, activityId: string): void {
    const thread = this.live.one<number>(
      'SELECT thread_id FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND site_post_id = ?',
      key,
      activityId,
    )
    if (thread === undefined || this.shadow.one<number>('SELECT 1 FROM seeded WHERE thread = ?', thread)) return
    this.shadow.run('INSERT INTO seeded VALUES (?)', thread)
    const ids = new Map<number | null, number>()
    const rows = this.live.rows<PostRow>(OF_THREAD, thread, this.since)
    for (const row of rows) ids.set(row.id, this.seedPost(row, ids))
    for (const { id, parent_id: parent } of rows)
      this.shadow.update('posts', ids.get(id) ?? 0, { parent_id: ids.get(parent) ?? null })
    this.seedView(thread, ids.get(thread) ?? 0)
  }

  /** What no capture shows is left out: tombstones, and rows that are later mapped. */
  private seedPost(row: PostRow, ids: ReadonlyMap<number | null, number>): number {
    const id = (this.shadow.one<number | null>('SELECT max(id) FROM posts') ?? 0) + 1
    const site = this.siteOf(row.site_id)
    this.shadow.insertRow(POSTS, {
      ...row,
      ...{ id, site_id: site, thread_id: ids.get(row.thread_id) ?? id, parent_id: null },
      ...{ group_id: this.groupOf(site, row.group_id), member_id: this.memberOf(site, row.member_id) },
      ...{ status: row.status === 'unread' ? 'unread' : 'live', missed_at: null, gone_at: null, gone_reason: null },
    })
    for (const table of ['attachments', 'links'])
      for (const part of this.live.rows<object>(`SELECT * FROM ${table} WHERE post_id = ? ORDER BY id`, row.id))
        this.shadow.insert(table, { ...part, id: null, post_id: id })
    return id
  }

  private seedView(live: number, shadow: number): void {
    const view = this.live.row<object>(`SELECT ${THREAD_COLUMNS.join(', ')} FROM threads WHERE id = ?`, live)
    this.shadow.insert('threads', { id: shadow, ...view })
  }

  private siteOf(id: number): number {
    const site = this.live.row<{ url: string; name: string | null }>('SELECT url, name FROM sites WHERE id = ?', id)
    return this.entities.site(site ?? { url: '', name: null })
  }

  private groupOf(site: number, id: number | null): number | null {
    const row = this.live.row<Group & { at: Instant }>(GROUP, id)
    if (!row) return null
    const { at, ...group } = row
    return this.entities.group(site, group, { at, run: 0 })
  }

  private memberOf(site: number, id: number | null): number | null {
    const row = this.live.row<Member & { at: Instant }>(MEMBER, id)
    if (!row) return null
    const { at, ...member } = row
    this.entities.load(site, [member])
    return this.entities.member(site, member, { at, run: 0 })
  }
}
