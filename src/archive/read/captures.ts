import type { KeptCapture, PostSource } from '../../model/archive.js'
import { ArchiveError } from '../../model/errors.js'
import type { Statements } from '../database/statements.js'
import { unpackedBody } from '../database/stored-body.js'
import type { Where } from '../query/name-lookup.js'
import type { RowOf } from '../schema/describe.js'
import { FIELDS, storedJson, storedRequest } from '../schema/stored-json.js'
import type { CAPTURES } from '../schema/tables/runs.js'

/** Captures in the order of their time. `where`: a condition on `threads`, whose captures are wanted; null: all. */
export function* keptCaptures(sql: Statements, where: Where | null): Generator<KeptCapture> {
  for (const { id } of sql.rows<{ id: number }>(
    `${IDS}${where ? ofThreads(where) : ''} ${IN_ORDER}`,
    ...(where?.values ?? []),
  ))
    yield keptCapture(sql.row<CaptureRow>(CAPTURE, id) as CaptureRow)
}

const IDS = 'SELECT id FROM captures WHERE withheld = 0'
const IN_ORDER = 'ORDER BY captured_at, id'

/** What shows a post, its text or its thread as a whole; and the captures that have the bodies of those. */
const ofThreads = ({ sql }: Where): string => ` AND id IN (
  WITH chosen_threads AS (SELECT id FROM readable_threads AS threads WHERE ${sql}),
    chosen_posts AS (SELECT * FROM posts WHERE thread_id IN (SELECT id FROM chosen_threads)),
    shown_in AS (SELECT text_capture_id AS id FROM chosen_posts UNION SELECT last_capture_id FROM chosen_posts
      UNION SELECT view_capture_id FROM threads WHERE id IN (SELECT id FROM chosen_threads)
      UNION SELECT text_capture_id FROM revisions WHERE post_id IN (SELECT id FROM chosen_posts))
  SELECT id FROM shown_in UNION SELECT same_as_id FROM captures WHERE id IN (SELECT id FROM shown_in))`

interface CaptureRow
  extends Pick<
    RowOf<typeof CAPTURES>,
    | 'id'
    | 'url'
    | 'form'
    | 'referer'
    | 'site_url'
    | 'final_url'
    | 'status'
    | 'headers'
    | 'captured_at'
    | 'same_as_id'
    | 'time_is_bound'
  > {
  size: number
  body: Uint8Array | null
}

const CAPTURE = `SELECT captures.*, blobs.size, CASE WHEN same_as_id IS NULL THEN blobs.body END AS body
  FROM captures JOIN blobs ON blobs.id = captures.blob_id WHERE captures.id = ?`

const keptCapture = (row: CaptureRow): KeptCapture => ({
  id: row.id,
  sameAs: row.same_as_id,
  request: storedRequest(row),
  url: row.final_url,
  status: row.status,
  headers: storedJson(FIELDS, row.headers, 'captures.headers'),
  body: row.body === null ? new Uint8Array() : unpacked(row.id, row.body, row.size),
  capturedAt: row.captured_at,
  ...(row.time_is_bound === 1 ? { timeIsBound: true } : {}),
})

function unpacked(id: number, body: Uint8Array, size: number): Uint8Array {
  try {
    return unpackedBody(body, size)
  } catch (cause) {
    throw new ArchiveError(`The body of capture ${id} is damaged.`, 'See what else is damaged: threadkeep verify', {
      cause,
    })
  }
}

const SOURCE = `SELECT sites.name AS siteName, blobs.sha256, captures.final_url AS url, captures.captured_at AS at FROM posts
  JOIN sites ON sites.id = posts.site_id LEFT JOIN captures ON captures.id = posts.text_capture_id AND captures.withheld = 0
  LEFT JOIN blobs ON blobs.id = captures.blob_id WHERE sites.url = ? AND posts.site_post_id = ?`

interface SourceRow {
  siteName: string | null
  sha256: string | null
  url: string
  at: string
}

/** Where the present text of a post came from. */
export function sourceOf(sql: Statements, site: string, post: string): PostSource | null {
  const row = sql.row<SourceRow>(SOURCE, site, post)
  if (!row) return null
  const { siteName, sha256, url, at } = row
  return { siteName, capture: sha256 === null ? null : { sha256, url, at } }
}
