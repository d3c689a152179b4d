import type { Validators } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { ReplyCount } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import type { Pass } from './frontier.js'
import { OF_FORUM, OFF_LIST, type ThreadRow, threadRows } from './thread-refs.js'
import { MAY_HAVE_SEEN, type Viewpoint } from './tombstones.js'

/** A group with threads that this pass has not seen yet. */
export interface LargeGroup {
  group: number
  url: string
  slug: string
  site: string
  /** Number of these threads. */
  unseen: number
  /** Page of the group's stream at which the last turn stopped; null: the last turn reached the end. */
  page: number | null
}

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

  /** Threads with a reply that their last whole view did not show, or with another reply count in a feed than the archive holds. */
  withNewReplies(pass: Pass, groups: readonly number[]): ThreadRow[] {
    return threadRows(
      this.sql,
      `WHERE root.status = 'live' AND root.group_id ${IN_LIST} AND NOT ${OF_FORUM('root')}
        AND COALESCE(threads.view_capture_id, 0) <= ? AND (${NEW_REPLY} OR ${OTHER_NUMBER}) ORDER BY root.id`,
      JSON.stringify(groups),
      pass.after,
      pass.after,
    )
  }

  /**
   * Stores the reply counts of a feed. `told_capture_id` changes only with the count, so that a wrong count that stays the same
   * causes one request, not one in each pass.
   */
  noteClaims(site: number, counts: readonly ReplyCount[], capture: number): void {
    for (const { id, replies } of counts)
      this.sql.run(
        `UPDATE threads SET told_replies = ?, told_capture_id = ? FROM posts
          WHERE posts.id = threads.id AND site_id = ? AND site_post_id = ? AND told_replies IS NOT ?`,
        replies,
        capture,
        site,
        id,
        replies,
      )
  }

  /** The first page of a feed with the validators of the last usable response: an unchanged feed is then a 304. */
  conditional(task: Task, reader: string): Task {
    if (task.kind !== 'feed' || task.page > 1 || task.posts || task.reason === 'self-test') return task
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
        `SELECT root.id AS row, root.site_post_id AS id, root.status = 'live' AS isLive,
          max(COALESCE(threads.checked_at, ''), COALESCE(threads.whole_view_at, '')) AS checkedAt
        FROM threads JOIN posts AS root USING (id) WHERE root.group_id ${IN_LIST} AND NOT ${OF_FORUM('root')}
        ORDER BY CAST(root.site_post_id AS INTEGER), root.id`,
        JSON.stringify(groups),
      )
      .map(thread => ({ ...thread, isLive: thread.isLive === 1 }))
  }

  /** These threads have their turn now. */
  checked(rows: readonly number[], at: Instant): void {
    for (const row of rows) this.sql.update('threads', row, { checked_at: at })
  }

  /** Groups with threads that this pass has not seen: first groups with a turn under way, then by the time of the last turn, oldest first. */
  largeGroups(pass: Pass, groups: readonly number[]): LargeGroup[] {
    return this.sql.rows<LargeGroup>(
      `SELECT groups.id AS "group", groups.url, groups.slug, sites.url AS site, groups.rotation_page AS page, count(*) AS unseen
        FROM groups JOIN sites ON sites.id = groups.site_id JOIN posts AS root ON root.group_id = groups.id
        WHERE groups.id ${IN_LIST} AND root.id = root.thread_id AND root.status = 'live' AND NOT ${OF_FORUM('root')}
          AND COALESCE(root.last_capture_id, 0) <= ?
        GROUP BY groups.id ORDER BY groups.rotation_page IS NULL, groups.rotated_at, groups.id`,
      JSON.stringify(groups),
      pass.after,
    )
  }

  /** Stores how far the group's current turn has read its stream: to this page, or to the end (null). */
  turned(group: number, page: number | null, at: string): void {
    this.sql.update('groups', group, { rotation_page: page, rotated_at: at })
  }

  /**
   * Threads whose date falls inside the range that consecutive list pages covered, but that were not on these pages. The first
   * and the last item of the pages give the range, not the latest and the earliest date: pinned threads are out of date order.
   */
  skipped(viewpoint: Viewpoint, groups: readonly number[], most: number): ThreadRow[] {
    const { pass, reader } = viewpoint
    const rows = groups.flatMap(group =>
      [false, true].flatMap(byTurn => {
        const { from, to } = this.shownBetween(viewpoint, group, byTurn)
        if (from === null) return []
        return threadRows(
          this.sql,
          `WHERE root.status = 'live' AND root.group_id = ? AND NOT ${OF_FORUM('root')} AND root.posted_from > ?
            AND root.posted_to < ? AND COALESCE(root.last_capture_id, 0) <= ? AND ${MAY_HAVE_SEEN('root')}
            AND NOT (${OFF_LIST('root')}) ORDER BY root.id LIMIT ?`,
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

  /**
   * Range of dates that the pass's list pages of the group covered: pages of a turn, or the pages from the start of the list. `from`:
   * date of the last item of the last page; null: no items. `to`: date of the first item of a turn's first page; null: no limit. The
   * first page of the list may be the group's own page.
   */
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
          ORDER BY CAST(task ->> '$.page' AS INTEGER) ${order}, root.position ${order} LIMIT 1`,
        pass.target,
        group,
        Number(byTurn),
      ) ?? null
    return { from: edge('DESC', 'root.posted_from'), to: byTurn ? edge('ASC', 'root.posted_to') : null }
  }
}

const NEW_REPLY = `EXISTS (SELECT 1 FROM posts AS reply WHERE reply.thread_id = root.id AND reply.last_capture_id > ?)`

const OTHER_NUMBER = `(threads.told_capture_id > COALESCE(threads.view_capture_id, 0) AND threads.told_replies <>
  (SELECT count(*) FROM posts AS reply WHERE reply.thread_id = root.id AND reply.id <> root.id AND reply.status = 'live'))`

const VALIDATORS = `SELECT headers ->> '$.etag' AS etag, headers ->> '$.last-modified' AS modified FROM captures
  WHERE url = ? AND status = 200 AND wall IS NULL AND form IS NULL AND reader = ? ORDER BY id DESC LIMIT 1`
