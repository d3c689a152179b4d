import type { StoredAuthor } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { Change, ChangeQuery, PostChange, PostInContext, RunWindow, Wording } from '../../model/reports/changes.js'
import type { NewName } from '../../model/reports/digest.js'
import { isOtherAuthor } from '../../model/reports/versions.js'
import { type SiteMove, siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'
import { SiteMoves } from '../moves/site-moves.js'
import { batches, memberJson, postsInContextById } from '../read/posts-in-context.js'
import { storedGroup } from '../read/rows.js'
import type { EventRow } from '../schema/tables/history.js'
import { lastRunStart, newestRun } from './run-windows.js'
import { ofSelectedGroups, renameCondition, type TimeWindow, timeWindowOf } from './time-window.js'

/**
 * What was new in the archive since an instant. For each kind of change it reads all ids first (a few megabytes for a million), then
 * the rows in small batches: no cursor stays open, and memory use does not grow with the texts.
 */
export class ChangeFeed {
  constructor(private readonly sql: Statements) {}

  /** The newest finished run that started before `until` (null: no limit); null: there is none. */
  newestRun(until: Instant | null = null): RunWindow | null {
    return newestRun(this.sql, until)
  }

  /** Start of the last run that finished at or before `before`; null: there is none. */
  lastRunStart(before: Instant): Instant | null {
    return lastRunStart(this.sql, before)
  }

  /** Changes in the order in which they were seen. Streams. */
  *since(query: ChangeQuery): Generator<Change> {
    const window = timeWindowOf(query)
    yield* inTimeOrder<Change>([
      this.moves(window),
      this.renames(window),
      this.events(window),
      this.newPosts(window),
      this.edits(window),
    ])
  }

  private *newPosts(window: TimeWindow): Generator<Change> {
    const ids = this.ids(
      `SELECT posts.id FROM posts ${IN_THREAD} WHERE posts.first_seen_at >= ? AND posts.first_seen_at < ?
        AND posts.status <> 'unread' AND ${window.where.sql} ORDER BY posts.first_seen_at, posts.id`,
      window,
    )
    const times = `SELECT id, id AS post, first_seen_at AS at, ${earlierVersion('posts.id', 'next.replaced_at > posts.first_seen_at')} AS version
      FROM posts WHERE id IN (SELECT value FROM json_each(?))`
    yield* this.ofPosts<ChangeRow>(ids, times, () => ({ kind: 'new' }))
  }

  private *edits(window: TimeWindow): Generator<Change> {
    const ids = this.ids(
      `SELECT revisions.id FROM revisions JOIN posts ON posts.id = revisions.post_id ${IN_THREAD}
        WHERE revisions.replaced_at >= ? AND revisions.replaced_at < ? AND ${window.where.sql}
        ORDER BY revisions.replaced_at, revisions.id`,
      window,
    )
    yield* this.ofPosts<EditRow>(ids, EDITS, ({ before, version }) => ({
      kind: 'edited',
      before: JSON.parse(before) as Wording,
      after: JSON.parse(version) as Wording,
    }))
  }

  /** Tombstones, returns and moves. A move out of a selected group is listed as well. */
  private *events(window: TimeWindow): Generator<Change> {
    const ids = this.ids(
      `SELECT events.id FROM events JOIN posts ON posts.id = events.post_id ${IN_THREAD}
        WHERE events.at >= ? AND events.at < ? AND events.kind IN ('gone', 'back', 'moved')
          AND (${window.where.sql} OR ${ofSelectedGroups(window)})
        ORDER BY events.at, events.id`,
      window,
      2,
    )
    const rows = `SELECT id, post_id AS post, at, kind, reason, last_seen_at, field, before, after,
        ${earlierVersion('events.post_id', 'next.replaced_at > events.at')} AS version
      FROM events WHERE id IN (SELECT value FROM json_each(?))`
    yield* this.ofPosts<PostEventRow>(ids, rows, eventDetails)
  }

  /** Sites that have moved, if the selection has threads of theirs. */
  private *moves({ from, to, where }: TimeWindow): Generator<Change> {
    const moves = new SiteMoves(this.sql)
    for (const move of moves.list()) {
      const site = moves.site({ url: move.to, name: null }).url
      const sql = `SELECT 1 FROM posts AS threads JOIN sites ON sites.id = threads.site_id WHERE sites.key = ? AND ${where.sql} LIMIT 1`
      const isWanted = move.at >= from && move.at < to && this.sql.one(sql, siteKey(site), ...where.values) === 1
      if (isWanted) yield { kind: 'renamed', at: move.at, site, ...siteRenameEntry(move) }
    }
  }

  private *renames(window: TimeWindow): Generator<Change> {
    const ids = this.ids(
      `SELECT events.id FROM events WHERE events.at >= ? AND events.at < ? AND events.kind = 'renamed'
        AND ${renameCondition(window)} ORDER BY events.at, events.id`,
      window,
      2,
    )
    for (const batch of batches(ids))
      for (const { at, ...row } of this.sql.rows<RenameRow & { at: Instant }>(RENAMES, JSON.stringify(batch)))
        yield { kind: 'renamed', at, ...renameOf(row) }
  }

  /** `times`: how often the query contains the condition of the selection. */
  private ids(query: string, { from, to, where }: TimeWindow, times = 1): Float64Array {
    return this.sql.ids(query, from, to, ...Array.from({ length: times }, () => where.values).flat())
  }

  private *ofPosts<R extends ChangeRow>(
    ids: Float64Array,
    query: string,
    what: (row: R) => ChangeDetails,
  ): Generator<Change> {
    for (const batch of batches(ids)) {
      const rows = new Map(this.sql.rows<R>(query, JSON.stringify(batch)).map(row => [row.id, row]))
      const posts = postsInContextById(this.sql, [...new Set([...rows.values()].map(row => row.post))])
      for (const id of batch) {
        const row = rows.get(id)
        const post = row && posts.get(row.post)
        if (row && post) yield { ...what(row), at: row.at, post: ofThen(post, row.version) } as PostChange
      }
    }
  }
}

/** The post of then, if it was another member's. */
function ofThen(post: PostInContext, version: string | null): PostInContext {
  const then = version === null ? null : (JSON.parse(version) as Wording)
  return then && isOtherAuthor(then.author, post.author) ? { ...post, ...then } : post
}

const eventDetails = ({ kind, reason, last_seen_at, field, before, after }: PostEventRow): ChangeDetails => {
  if (kind === 'moved') return { kind, field: field ?? '', before, after }
  return kind === 'back' ? { kind } : { kind: 'gone', reason, lastSeenAt: last_seen_at }
}

/** A post change without its time and post. */
type ChangeDetails = PostChange extends infer C ? (C extends PostChange ? Omit<C, 'at' | 'post'> : never) : never

interface ChangeRow {
  id: number
  post: number
  at: Instant
  /** The version of the post after the change, as JSON; null: the present one. */
  version: string | null
}

type EditRow = ChangeRow & { before: string; version: string }
type PostEventRow = ChangeRow & Pick<EventRow, 'kind' | 'reason' | 'last_seen_at' | 'field' | 'before' | 'after'>

/** Selections choose threads: their conditions use the alias `threads` for the opening posts. */
const IN_THREAD = 'JOIN posts AS threads ON threads.id = posts.thread_id'

/** A `Wording` as JSON, from `posts` or `revisions`. */
export const wording = (table: string) => `json_object('heading', ${table}.heading, 'text', ${table}.text,
    'author', json((SELECT ${memberJson('members')} FROM members WHERE members.id = ${table}.member_id)),
    'when', json_object('from', ${table}.posted_from, 'to', ${table}.posted_to))`

/** The earlier version of a post (an SQL expression) that `isLater` finds first; null: it is the present version. */
const earlierVersion = (post: string, isLater: string) => `(SELECT ${wording('next')} FROM revisions AS next
    WHERE next.post_id = ${post} AND ${isLater} ORDER BY next.replaced_at, next.id LIMIT 1)`

/** The replaced version, and the version that replaced it. */
const EDITS = `SELECT revisions.id, revisions.post_id AS post, revisions.replaced_at AS at, ${wording('revisions')} AS before,
    COALESCE(${earlierVersion('revisions.post_id', '(next.replaced_at, next.id) > (revisions.replaced_at, revisions.id)')},
      (SELECT ${wording('posts')} FROM posts WHERE posts.id = revisions.post_id)) AS version
  FROM revisions WHERE revisions.id IN (SELECT value FROM json_each(?))`

export interface RenameRow {
  site: string
  field: string
  before: string
  after: string
  /** JSON; null for a group. */
  member: string | null
  group_native: string | null
  group_slug: string | null
  group_name: string | null
  group_url: string | null
}

/** Columns of a `RenameRow` but `before` and `after`, from `events` with `RENAME_JOINS`. */
export const RENAME_COLUMNS = `sites.url AS site, events.field,
    CASE WHEN members.id IS NOT NULL THEN ${memberJson('members')} END AS member,
    groups.site_group_id AS group_native, groups.slug AS group_slug, groups.name AS group_name, groups.url AS group_url`

export const RENAME_JOINS = `LEFT JOIN members ON members.id = events.member_id LEFT JOIN groups ON groups.id = events.group_id
  JOIN sites ON sites.id = COALESCE(members.site_id, groups.site_id)`

const RENAMES = `SELECT events.at, events.before, events.after, ${RENAME_COLUMNS} FROM events ${RENAME_JOINS}
  WHERE events.id IN (SELECT value FROM json_each(?)) ORDER BY events.at, events.id`

/** A site that has moved, as a rename: neither a member nor a group has the new address. */
export const siteRenameEntry = ({ from, to }: SiteMove) =>
  ({ member: null, group: null, field: 'site', before: from, after: to }) as const

export const renameOf = ({ site, field, before, after, member, ...row }: RenameRow): NewName => ({
  site,
  member: member === null ? null : (JSON.parse(member) as StoredAuthor),
  group:
    row.group_slug === null ? null : storedGroup(row.group_native, row.group_slug, row.group_name, row.group_url ?? ''),
  field,
  before,
  after,
})

/** Merges streams that are sorted by time. For equal times, the earlier stream comes first. Holds one item of each stream in memory. */
export function* inTimeOrder<Item extends { at: Instant }>(streams: readonly Iterable<Item>[]): Generator<Item> {
  const sources = streams.map(stream => stream[Symbol.iterator]())
  const heads = sources.map(source => source.next())
  for (;;) {
    let first = -1
    for (const [at, head] of heads.entries()) {
      const best = heads[first]
      if (!head.done && (!best || best.done || head.value.at < best.value.at)) first = at
    }
    const head = heads[first]
    const source = sources[first]
    if (!head || head.done || !source) return
    yield head.value
    heads[first] = source.next()
  }
}
