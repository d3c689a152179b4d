import { hash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Capture } from '../../model/capture.js'
import type { Instant } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { Statements } from '../database/statements.js'

/** Stores responses as received. Bodies are compressed (gzip), and each distinct body is stored once. */
export class CaptureStore {
  /** The capture that was stored last: most pages are saved right after their capture. */
  private last: { id: number; made: Made } | null = null

  constructor(private readonly sql: Statements) {}

  /**
   * Stores a capture before it is parsed, so that it can be reparsed later. `reader` made the request; `purpose`: why, as
   * JSON. Returns the id of the capture.
   */
  keep(run: number, capture: Capture, reader: string, purpose: string): number {
    const { request } = capture
    const id = this.sql.insert('captures', {
      run_id: run,
      method: request.form ? 'POST' : 'GET',
      url: request.url,
      form: request.form ? JSON.stringify(request.form) : null,
      referer: request.referer ?? null,
      site_url: request.site ?? null,
      final_url: capture.url,
      status: capture.status,
      headers: JSON.stringify(capture.headers),
      blob_id: this.blobOf(capture.body),
      captured_at: capture.capturedAt,
      reader,
      purpose,
      door: capture.imported?.door ?? null,
      origin: capture.imported?.origin ?? null,
      time_is_bound: Number(capture.timeIsBound ?? false),
    })
    this.last = { id, made: madeOf(capture) }
    return id
  }

  /** True if the archive has an imported capture of the same request and time. A shared body is not compared, because it is of another time. */
  holds({ request, body, capturedAt }: Capture): boolean {
    const form = request.form ? JSON.stringify(request.form) : null
    return this.sql.one(HELD, request.url, form, capturedAt, hash('sha256', body)) === 1
  }

  /**
   * When the capture was made. If only a bound is known, what it shows counts as seen at the earliest possible time: when the newest of its
   * posts was written. So it never replaces what may be newer.
   */
  madeAt(capture: number, page: Page): { at: Instant; isImported: boolean } {
    const { captured_at, isImported, isBound } =
      this.last?.id === capture ? this.last.made : (this.sql.row<Made>(MADE, capture) as Made)
    if (isBound === 0) return { at: captured_at, isImported: isImported === 1 }
    const newest = Math.max(0, ...page.posts.map(({ when }) => Date.parse(when.from ?? '') || 0))
    const at = new Date(Math.min(newest, Date.parse(captured_at))).toISOString()
    this.sql.update('captures', capture, { not_before: at })
    return { at, isImported: isImported === 1 }
  }

  markAsWall(capture: number, kind: string): void {
    this.sql.update('captures', capture, { wall: kind })
  }

  /**
   * Stores the page fingerprint of a parsed capture. If the last response to the same request has the same fingerprint, both captures
   * share the earlier body, and the new body is deleted: the row only records that the site was checked.
   */
  setFingerprint(capture: number, fingerprint: string): void {
    const last = this.sql.row<{ id: number; blob_id: number; fingerprint: string | null }>(LAST, capture)
    this.sql.update('captures', capture, { fingerprint })
    if (last?.fingerprint !== fingerprint) return
    const own = this.sql.row<{ blob_id: number; headers: string }>(OWN, capture)
    if (!own) return
    this.sql.update('captures', capture, { same_as_id: last.id, blob_id: last.blob_id, headers: own.headers })
    this.sql.run(
      'DELETE FROM blobs WHERE id = ? AND NOT EXISTS (SELECT 1 FROM captures WHERE blob_id = blobs.id)',
      own.blob_id,
    )
  }

  private blobOf(body: Uint8Array): number {
    const sha256 = hash('sha256', body)
    const known = this.sql.one<number>('SELECT id FROM blobs WHERE sha256 = ?', sha256)
    return known ?? this.sql.insert('blobs', { sha256, size: body.length, encoding: 'gzip', body: gzipSync(body) })
  }
}

interface Made {
  captured_at: Instant
  isImported: 0 | 1
  isBound: 0 | 1
}

const madeOf = ({ capturedAt, imported, timeIsBound }: Capture): Made => ({
  captured_at: capturedAt,
  isImported: imported?.door === undefined ? 0 : 1,
  isBound: timeIsBound ? 1 : 0,
})

const MADE = 'SELECT captured_at, door IS NOT NULL AS isImported, time_is_bound AS isBound FROM captures WHERE id = ?'

/** An unchanged response keeps only its cache validators, which may be newer than those of the earlier response. */
const OWN = `SELECT blob_id, json_patch('{}', json_object('etag', headers ->> '$.etag', 'last-modified', headers ->> '$.last-modified'))
  AS headers FROM captures WHERE id = ?`

/** The last response to the same request by the same reader; if that response was unchanged itself, the one it shares its body with. */
const LAST = `SELECT COALESCE(last.same_as_id, last.id) AS id, last.blob_id, last.fingerprint
  FROM captures AS own JOIN captures AS last ON last.url = own.url AND last.id < own.id
  WHERE own.id = ? AND last.form IS own.form AND last.referer IS own.referer AND last.reader IS own.reader
  ORDER BY last.id DESC LIMIT 1`

const HELD = `SELECT 1 FROM captures JOIN blobs ON blobs.id = captures.blob_id WHERE url = ? AND form IS ? AND captured_at = ?
  AND door IS NOT NULL AND (same_as_id IS NOT NULL OR withheld = 1 OR sha256 = ?) LIMIT 1`
