import type { Group, Instant, Member } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import { siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { EntityWriter } from '../write/entity-writer.js'

type SeedRow = Record<string, unknown> & { id: number; thread_id: number; parent_id: number | null; site_id: number }

/** Columns that are not copied: ids of the archive, and values that no capture shows. */
const NOT_COPIED =
  'id site_id thread_id parent_id group_id member_id status missed_at gone_at gone_reason checked_at'.split(' ')

const OF_THREAD = `SELECT * FROM posts WHERE thread_id = ? AND (first_seen_at < ? OR id = thread_id)
  ORDER BY id <> thread_id, id`

const GROUP =
  'SELECT group_id AS id, slug, name, url, status, description, first_seen_at AS at FROM groups WHERE id = ?'
const MEMBER =
  'SELECT member_id AS id, slug, name, url, avatar_url AS avatarUrl, first_seen_at AS at FROM members WHERE id = ?'

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
      'SELECT thread_id FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND activity_id = ?',
      key,
      activityId,
    )
    if (thread === undefined || this.shadow.one<number>('SELECT 1 FROM seeded WHERE thread = ?', thread)) return
    this.shadow.run('INSERT INTO seeded VALUES (?)', thread)
    const rows = this.live.rows<SeedRow>(OF_THREAD, thread, this.since)
    const ids = new Map<number | null, number>()
    for (const row of rows) ids.set(row.id, this.seedPost(row, ids))
    for (const { id, parent_id: parent } of rows)
      this.shadow.update('posts', ids.get(id) ?? 0, { parent_id: ids.get(parent) ?? null })
  }

  private seedPost(row: SeedRow, ids: ReadonlyMap<number | null, number>): number {
    const own = Object.entries(row).filter(([name]) => !NOT_COPIED.includes(name))
    const site = this.siteOf(row.site_id)
    const id = this.shadow.insert('posts', {
      ...Object.fromEntries(own),
      status: row['status'] === 'unread' ? 'unread' : 'live',
      site_id: site,
      thread_id: ids.get(row.thread_id) ?? 0,
      group_id: this.groupOf(site, row['group_id']),
      member_id: this.memberOf(site, row['member_id']),
    })
    if (row.id === row.thread_id) this.shadow.update('posts', id, { thread_id: id })
    for (const table of ['attachments', 'links'])
      for (const part of this.live.rows<object>(`SELECT * FROM ${table} WHERE post_id = ? ORDER BY id`, row.id))
        this.shadow.insert(table, { ...part, id: null, post_id: id })
    return id
  }

  private siteOf(id: number): number {
    const site = this.live.row<{ url: string; name: string | null }>('SELECT url, name FROM sites WHERE id = ?', id)
    return this.entities.site(site ?? { url: '', name: null })
  }

  private groupOf(site: number, id: unknown): number | null {
    const row = this.live.row<Group & { at: Instant }>(GROUP, id)
    if (!row) return null
    const { at, ...group } = row
    return this.entities.group(site, group, { at, run: 0 })
  }

  private memberOf(site: number, id: unknown): number | null {
    const row = this.live.row<Member & { at: Instant }>(MEMBER, id)
    if (!row) return null
    const { at, ...member } = row
    return this.entities.member(site, member, { at, run: 0 })
  }
}
