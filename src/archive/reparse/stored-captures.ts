import type { Capture, FetchRequest } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import { nextKey } from '../database/key-order.js'
import type { Statements } from '../database/statements.js'
import { unpackedBody } from '../database/stored-body.js'
import { FIELDS, storedJson, storedRequest } from '../schema/stored-json.js'
import { type CapturePurpose, purposeOfRow } from '../write/capture-purpose.js'

/** A capture as the archive stores it. */
export interface StoredCapture {
  id: number
  run: number
  at: Instant
  reader: string
  wall: string | null
  fingerprint: string | null
  /** The response equalled an earlier one, and shares its body. */
  isRepeat: boolean
  request: FetchRequest
  purpose: CapturePurpose
  /** It was stored but not read: the run was killed, or the session had ended. */
  wasUnused: boolean
  /** Null: its body was erased, or cannot be unpacked. */
  capture: Capture | null
  isImported: boolean
}

interface CaptureRow {
  id: number
  run_id: number
  url: string
  form: string | null
  referer: string | null
  site_url: string | null
  final_url: string
  status: number
  captured_at: Instant
  not_before: Instant | null
  wall: string | null
  same_as_id: number | null
  fingerprint: string | null
  reader: string
  purpose: string
  withheld: 0 | 1
  door: string | null
  origin: string | null
  time_is_bound: 0 | 1
  /** Of the capture that the body belongs to. Relative dates in the body are relative to `rendered_at`. */
  headers: string
  rendered_at: Instant
  size: number
  body: Uint8Array
}

const RUNS = 'SELECT id FROM runs ORDER BY started_at, id'

const NEXT = `SELECT captures.*, origin.headers, origin.captured_at AS rendered_at, blobs.size, blobs.body
  FROM captures JOIN captures AS origin ON origin.id = COALESCE(captures.same_as_id, captures.id)
    JOIN blobs ON blobs.id = origin.blob_id
  WHERE captures.run_id = ? AND captures.id > ? AND captures.captured_at >= ? ORDER BY captures.id LIMIT 1`

export const countCaptures = (sql: Statements, since: Instant | null): number =>
  sql.one<number>('SELECT count(*) FROM captures WHERE captured_at >= ?', lowerBound(since)) ?? 0

/** Streams captures by the start of their runs, which is their order in time after a merge as well. One body is in memory at a time. */
export function* storedCaptures(sql: Statements, since: Instant | null): Generator<StoredCapture> {
  for (const { id: run } of sql.rows<{ id: number }>(RUNS)) {
    let row = sql.row<CaptureRow>(NEXT, run, 0, lowerBound(since))
    for (let last = 0; row; ) {
      last = nextKey(last, row.id)
      yield storedCapture(row)
      row = sql.row<CaptureRow>(NEXT, run, row.id, lowerBound(since))
    }
  }
}

/** Times of captures have milliseconds, and `since` need not: without them it sorts before all captures of its second. */
const lowerBound = (since: Instant | null): string => since?.slice(0, 19) ?? ''

function storedCapture(row: CaptureRow): StoredCapture {
  const request = storedRequest(row)
  return {
    id: row.id,
    run: row.run_id,
    at: row.not_before ?? row.captured_at,
    reader: row.reader,
    wall: row.wall,
    fingerprint: row.fingerprint,
    isRepeat: row.same_as_id !== null,
    request,
    purpose: purposeOfRow(row.purpose, request),
    wasUnused: row.fingerprint === null,
    capture: captureOf(row, request),
    isImported: row.door !== null,
  }
}

function captureOf(row: CaptureRow, request: FetchRequest): Capture | null {
  const body = unpacked(row)
  if (!body) return null
  const headers = storedJson(FIELDS, row.headers, 'captures.headers')
  return {
    ...{ request, url: row.final_url, status: row.status, headers, body, capturedAt: row.rendered_at },
    ...(row.time_is_bound ? { timeIsBound: true } : {}),
    ...(row.door === null ? {} : { imported: { door: row.door, origin: row.origin ?? '' } }),
  }
}

/** The body; null if it is missing. An empty body is valid only for an error or a response 304 (Not Modified). */
function unpacked({ body, size, wall, withheld, status }: CaptureRow): Uint8Array | null {
  if (withheld === 1) return null
  try {
    const whole = unpackedBody(body, size)
    return whole.length === size && (size > 0 || wall === 'error' || status === 304) ? whole : null
  } catch {
    return null
  }
}
