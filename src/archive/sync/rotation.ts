import type { Validators } from '../../model/capture.js'
import type { ReplyCount } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import { type ThreadRow, threadRows } from './thread-refs.js'
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

/** One placeholder for each value of an SQL `IN` list. */
const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** Chooses which old threads a partial pass reads again: threads with new replies, and the next part of the rotation. */
export class RotationStore {
  constructor(private readonly sql: Statements) {}

  /** Threads with a reply that their last whole view did not show, or with another reply count in a feed than the archive holds. */
  stirred({ pass }: Viewpoint, groups: readonly number[]): ThreadRow[] {
    return threadRows(
      this.sql,
      `WHERE root.id = root.thread_id AND root.status = 'live' AND root.group_id IN (${placeholders(groups)})
        AND COALESCE(root.view_capture_id, 0) <= ? AND (${NEW_REPLY} OR ${OTHER_NUMBER}) ORDER BY root.id`,
      ...groups,
      pass.after,
      pass.after,
    )
  }

  /**
   * Stores the reply counts of a feed. `told_capture_id` changes only with the count, so that a wrong count that stays the same
   * causes one request, not one in each pass.
   */
  told(site: number, counts: readonly ReplyCount[], capture: number): void {
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

  /** Cache validators of the last successful response to a GET of `url` by this reader. */
  validators(url: string, reader: string): Validators {
    const row = this.sql.row<{ etag: string | null; modified: string | null }>(VALIDATORS, url, reader)
    return { ...(row?.etag ? { etag: row.etag } : {}), ...(row?.modified ? { modified: row.modified } : {}) }
  }

  /**
   * The threads of these groups that were checked longest ago: about `most` threads, in blocks of `size`. A block always holds
   * the same threads, so that its request stays the same and its response can be compared with the last one.
   */
  blocks({ at }: Viewpoint, groups: readonly number[], most: number, size: number): ThreadRow[][] {
    const all = this.sql.rows<{ row: number; isLive: 0 | 1; checked: string }>(
      `SELECT root.id AS row, root.status = 'live' AS isLive,
          max(COALESCE(root.checked_at, ''), COALESCE(root.whole_view_at, '')) AS checked
        FROM posts AS root WHERE root.id = root.thread_id AND root.group_id IN (${placeholders(groups)})
        ORDER BY CAST(root.activity_id AS INTEGER), root.id`,
      ...groups,
    )
    const blocks = Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))
      .map(block => block.filter(({ isLive }) => isLive === 1))
      .filter(block => block.length > 0)
      .map(block => ({ block, checked: block.map(({ checked }) => checked).sort()[0] ?? '' }))
      .sort((a, b) => (a.checked < b.checked ? -1 : Number(a.checked > b.checked)))
    const chosen = blocks.slice(0, Math.ceil(most / size)).map(({ block }) => block.map(({ row }) => row))
    for (const row of chosen.flat()) this.sql.update('posts', row, { checked_at: at })
    return chosen.map(rows =>
      threadRows(this.sql, `WHERE root.id IN (${placeholders(rows)}) ORDER BY root.id`, ...rows),
    )
  }

  /** Groups with threads that this pass has not seen: first groups with a turn under way, then by the time of the last turn, oldest first. */
  largeGroups({ pass }: Viewpoint, groups: readonly number[]): LargeGroup[] {
    return this.sql.rows<LargeGroup>(
      `SELECT groups.id AS "group", groups.url, groups.slug, sites.url AS site, groups.turn_page AS page, count(*) AS unseen
        FROM groups JOIN sites ON sites.id = groups.site_id JOIN posts AS root ON root.group_id = groups.id
        WHERE groups.id IN (${placeholders(groups)}) AND root.id = root.thread_id AND root.status = 'live'
          AND COALESCE(root.last_capture_id, 0) <= ?
        GROUP BY groups.id ORDER BY groups.turn_page IS NULL, groups.turned_at, groups.id`,
      ...groups,
      pass.after,
    )
  }

  /** Stores how far the group's current turn has read its stream: to this page, or to the end (null). */
  turned(group: number, page: number | null, at: string): void {
    this.sql.update('groups', group, { turn_page: page, turned_at: at })
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
