import type { Validators } from '../../model/capture.js'
import type { ReplyCount } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
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

/** What of a large community is read again, besides what is young. */
export class RotationStore {
  constructor(private readonly sql: Statements) {}

  /** Threads with replies that are younger than their last view, or of which a feed tells another number than is held. */
  stirred({ pass }: Viewpoint, groups: readonly number[]): ThreadRow[] {
    return threadRows(
      this.sql,
      `WHERE root.id = root.thread_id AND root.status = 'live' AND root.group_id IN (${marksOf(groups)})
        AND COALESCE(root.view_capture_id, 0) <= ? AND (${NEW_REPLY} OR ${OTHER_NUMBER}) ORDER BY root.id`,
      ...groups,
      pass.after,
      pass.after,
    )
  }

  /** What a feed says. A number that was told before and does not fit all the same is no news. */
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

  /** Validators of the last answer of use to this request. */
  validators(url: string, reader: string): Validators {
    const row = this.sql.row<{ etag: string | null; modified: string | null }>(VALIDATORS, url, reader)
    return { ...(row?.etag ? { etag: row.etag } : {}), ...(row?.modified ? { modified: row.modified } : {}) }
  }

  /**
   * The threads of these groups that were looked at longest ago, about `most` of them, in blocks of a `size`. A block always holds
   * the same threads, so that an answer about it can be held against the last one.
   */
  blocks({ at }: Viewpoint, groups: readonly number[], most: number, size: number): ThreadRow[][] {
    const all = this.sql.rows<{ row: number; isLive: 0 | 1; checked: string }>(
      `SELECT root.id AS row, root.status = 'live' AS isLive,
          max(COALESCE(root.checked_at, ''), COALESCE(root.whole_view_at, '')) AS checked
        FROM posts AS root WHERE root.id = root.thread_id AND root.group_id IN (${marksOf(groups)})
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
    return chosen.map(rows => threadRows(this.sql, `WHERE root.id IN (${marksOf(rows)}) ORDER BY root.id`, ...rows))
  }

  /** Groups with threads that this pass has not seen, those first whose last turn ended longest ago. */
  largeGroups({ pass }: Viewpoint, groups: readonly number[]): LargeGroup[] {
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
