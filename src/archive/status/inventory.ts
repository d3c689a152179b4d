import { NOTICES } from '../../model/columns/notices.js'
import type { MediaCounts } from '../../model/media/media.js'
import type { FileStatus, InventoryCounts, RunStatus } from '../../model/reports/archive-status.js'
import { IN_LIST, type Statements } from '../database/statements.js'

const MAX_RUNS = 5

const RUNS = `SELECT id, command, started_at AS startedAt, finished_at AS finishedAt, exit_code AS exitCode, requests,
  new_posts AS newPosts, changed_posts AS changedPosts FROM runs ORDER BY id DESC LIMIT ${MAX_RUNS}`

/** The last runs, newest first, five at most. */
export function lastRuns(sql: Statements): RunStatus[] {
  const runs = sql.rows<Omit<RunStatus, 'gonePosts'>>(RUNS)
  const gone = sql.rows<{ run: number; posts: number }>(
    "SELECT run_id AS run, count(*) AS posts FROM events WHERE kind = 'gone' AND run_id >= ? GROUP BY run_id",
    runs.at(-1)?.id ?? 0,
  )
  const byRun = new Map(gone.map(({ run, posts }) => [run, posts]))
  return runs.map(run => ({ ...run, gonePosts: byRun.get(run.id) ?? 0 }))
}

/** Sizes of the archive file, without its `-wal` file. */
export function fileStatus(sql: Statements): FileStatus {
  const pragma = (name: string) => sql.db.pragma(name, { simple: true }) as number
  const page = pragma('page_size')
  return {
    bytes: pragma('page_count') * page,
    captureBytes: sql.one<number>('SELECT COALESCE(sum(length(body)), 0) FROM blobs') ?? 0,
    freeBytes: pragma('freelist_count') * page,
    schema: pragma('user_version'),
  }
}

/** Row counts. An opening post that is known only from its replies does not count as a post, nor its thread as a thread. */
export function inventoryCounts(sql: Statements): InventoryCounts {
  const count = (from: string) => sql.one<number>(`SELECT count(*) FROM ${from}`) ?? 0
  // `status <> 'live'` is the condition of the partial index that holds these rows.
  const unread = count("posts WHERE status <> 'live' AND status = 'unread'")
  const gonePosts = count("posts WHERE status <> 'live' AND status = 'gone'")
  return {
    groups: count('groups'),
    threads: count('posts WHERE id = thread_id') - unread,
    notices: sql.one<number>(NOTICE_THREADS, JSON.stringify(NOTICES)) ?? 0,
    livePosts: count('posts') - unread - gonePosts,
    gonePosts,
    revisions: count('revisions'),
    captures: count('captures'),
  }
}

const NOTICE_THREADS = `SELECT count(*) FROM posts WHERE id = thread_id AND type ${IN_LIST} AND status <> 'unread'`

/** False for an archive of an earlier schema that is only read. */
export const hasMedia = (sql: Statements): boolean => sql.has('media')

const MEDIA = `SELECT count(*) FILTER (WHERE state = 'kept') AS kept,
  (SELECT COALESCE(sum(size), 0) FROM (SELECT DISTINCT sha256, size FROM media WHERE state = 'kept')) AS bytes,
  count(*) FILTER (WHERE state = 'wanted') AS wanted, count(*) FILTER (WHERE state NOT IN ('kept', 'wanted')) AS missing
  FROM media`

export function mediaCounts(sql: Statements): MediaCounts {
  const none = { kept: 0, bytes: 0, wanted: 0, missing: 0 }
  return (hasMedia(sql) ? sql.row<MediaCounts>(MEDIA) : undefined) ?? none
}
