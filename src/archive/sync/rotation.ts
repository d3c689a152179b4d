import type { Validators } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { ReplyCount } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import type { Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { type ThreadRow, threadRows } from './thread-refs.js'
import { MAY_HAVE_SEEN, type Viewpoint } from './tombstones.js'

/** A group with threads that a pass has not seen in its lists. */
export interface LargeGroup {
  group: number
  url: string
  slug: string
  site: string
  /** How many such threads. */
  unseen: number
  /** The page of its stream at which the last turn ended; null: none is under way. */
  page: number | null
}

const marksOf = (list: readonly unknown[]): string => list.map(() => '?').join(', ')

/** A thread as the rotation sees it. */
export interface RotationThread {
  row: number
  id: string
  isLive: boolean
  /** When the thread was last read whole, or last had its turn; '' for never. */
  checkedAt: Instant | ''
}

/** Which threads and groups of a large community may have to be read again, beyond the youngest. */
export class RotationStore {
  constructor(private readonly sql: Statements) {}

  /** Threads with replies that are newer than their last view, or for which a feed claims another number of replies than is held. */
  withNewReplies(pass: Pass, groups: readonly number[]): ThreadRow[] {
    return threadRows(
      this.sql,
      `WHERE root.id = root.thread_id AND root.status = 'live' AND root.group_id IN (${marksOf(groups)})
        AND COALESCE(root.view_capture_id, 0) <= ? AND (${NEW_REPLY} OR ${OTHER_NUMBER}) ORDER BY root.id`,
      ...groups,
      pass.after,
      pass.after,
    )
  }

  /** Notes the numbers of replies that a feed claims. A number that was noted before and differs from what is held is no news. */
  noteClaims(site: number, counts: readonly ReplyCount[], capture: number): void {
    for (const { id, replies } of counts)
      this.sql.run(
        `UPDATE posts SET told_replies = ?, told_capture_id = ? WHERE site_id = ? AND activity_id = ? AND told_replies IS NOT ?`,
        replies,
        capture,
        site,
        id,
        replies,
      )
  }

  /** The first page of a feed with the validators of the last usable response: an unchanged feed is then a 304. */
  conditional(task: Task, reader: string): Task {
    if (task.kind !== 'feed' || task.page > 1) return task
    return { ...task, request: { ...task.request, unless: this.validators(task.request.url, reader) } }
  }

  private validators(url: string, reader: string): Validators {
    const row = this.sql.row<{ etag: string | null; modified: string | null }>(VALIDATORS, url, reader)
    return { ...(row?.etag ? { etag: row.etag } : {}), ...(row?.modified ? { modified: row.modified } : {}) }
  }

  /** All threads of these groups in a fixed order, so that a block of them is the same block in every sync. */
  threads(groups: readonly number[]): RotationThread[] {
    return this.sql
      .rows<{ row: number; id: string; isLive: 0 | 1; checkedAt: Instant | '' }>(
        `SELECT root.id AS row, root.activity_id AS id, root.status = 'live' AS isLive,
          max(COALESCE(root.checked_at, ''), COALESCE(root.whole_view_at, '')) AS checkedAt
        FROM posts AS root WHERE root.id = root.thread_id AND root.group_id IN (${marksOf(groups)})
        ORDER BY CAST(root.activity_id AS INTEGER), root.id`,
        ...groups,
      )
      .map(thread => ({ ...thread, isLive: thread.isLive === 1 }))
  }

  /** These threads have their turn now. */
  checked(rows: readonly number[], at: Instant): void {
    for (const row of rows) this.sql.update('posts', row, { checked_at: at })
  }

  /** Groups with threads that this pass has not seen, those first whose last turn ended longest ago. */
  largeGroups(pass: Pass, groups: readonly number[]): LargeGroup[] {
    return this.sql.rows<LargeGroup>(
      `SELECT groups.id AS "group", groups.url, groups.slug, sites.url AS site, groups.turn_page AS page, count(*) AS unseen
        FROM groups JOIN sites ON sites.id = groups.site_id JOIN posts AS root ON root.group_id = groups.id
        WHERE groups.id IN (${marksOf(groups)}) AND root.id = root.thread_id AND root.status = 'live'
          AND COALESCE(root.last_capture_id, 0) <= ?
        GROUP BY groups.id ORDER BY groups.turn_page IS NULL, groups.turned_at, groups.id`,
      ...groups,
      pass.after,
    )
  }

  /** The turn of a group has come as far as this page of its stream; null: to its end. */
  turned(group: number, page: number | null, at: string): void {
    this.sql.update('groups', group, { turn_page: page, turned_at: at })
  }

  /**
   * Threads that stand, by their dates, between others that a row of pages of their list has shown, and that this pass has not
   * seen. What is pinned to the top of a list stands out of the row, so that its ends are told by their places, not by their dates.
   */
  skipped(looking: Viewpoint, groups: readonly number[], most: number): ThreadRow[] {
    const { pass, reader } = looking
    const rows = groups.flatMap(group =>
      [false, true].flatMap(byTurn => {
        const { from, to } = this.shownBetween(looking, group, byTurn)
        if (from === null) return []
        return threadRows(
          this.sql,
          `WHERE root.id = root.thread_id AND root.status = 'live' AND root.group_id = ? AND root.posted_from > ?
            AND root.posted_to < ? AND COALESCE(root.last_capture_id, 0) <= ? AND ${MAY_HAVE_SEEN('root')} ORDER BY root.id LIMIT ?`,
          group,
          from,
          to ?? '9999',
          pass.after,
          reader,
          most,
        )
      }),
    )
    return rows.slice(0, most)
  }

  /** The first page may be the group's own. Dates of the last item of the last page and, on a turn, of the first one of the first page; null: nothing was shown. */
  private shownBetween(
    { pass }: Viewpoint,
    group: number,
    byTurn: boolean,
  ): { from: string | null; to: string | null } {
    const edge = (order: 'ASC' | 'DESC', date: string) =>
      this.sql.one<string | null>(
        `SELECT ${date} FROM frontier JOIN posts AS root ON root.last_capture_id = frontier.capture_id
          WHERE frontier.target_id = ? AND frontier.group_id = ? AND frontier.state = 'done' AND task ->> '$.kind' IN ('stream', 'group', 'target')
            AND (task ->> '$.turn' IS NOT NULL) = ? AND root.id = root.thread_id
          ORDER BY CAST(task ->> '$.page' AS INTEGER) ${order}, root.shown_at ${order} LIMIT 1`,
        pass.target,
        group,
        Number(byTurn),
      ) ?? null
    return { from: edge('DESC', 'root.posted_from'), to: byTurn ? edge('ASC', 'root.posted_to') : null }
  }
}

const NEW_REPLY = `EXISTS (SELECT 1 FROM posts AS reply WHERE reply.thread_id = root.id AND reply.last_capture_id > ?)`

const OTHER_NUMBER = `(root.told_capture_id > COALESCE(root.view_capture_id, 0) AND root.told_replies <>
  (SELECT count(*) FROM posts AS reply WHERE reply.thread_id = root.id AND reply.id <> root.id AND reply.status = 'live'))`

const VALIDATORS = `SELECT headers ->> '$.etag' AS etag, headers ->> '$.last-modified' AS modified FROM captures
  WHERE url = ? AND status = 200 AND wall IS NULL AND form IS NULL AND reader = ? ORDER BY id DESC LIMIT 1`
