import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Capture } from '../../model/capture.js'
import type { Statements } from '../database/statements.js'

/** Keeps captures as they came: bodies once per content, compressed. */
export class CaptureStore {
  constructor(private readonly sql: Statements) {}

  /**
   * Before it is read: whatever the parser makes of it, the answer is there for another reading. `reader`: as whom it was asked
   * for. `asked`: what for. Returns its id.
   */
  keep(run: number, capture: Capture, reader: string, asked?: string): number {
    const { request } = capture
    return this.sql.insert('captures', {
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
      asked: asked ?? null,
    })
  }

  markAsWall(capture: number, kind: string): void {
    this.sql.update('captures', capture, { wall: kind })
  }

  /** The number of the youngest. */
  newest(): number {
    return this.sql.one<number | null>('SELECT max(id) FROM captures') ?? 0
  }

  /**
   * Once it was read: if the last answer to the same request said the same, that one's body stands for both, and this one's goes.
   * What remains is the note that somebody looked.
   */
  setFingerprint(capture: number, digest: string): void {
    const own = this.sql.row<{ blob_id: number; headers: string }>(OWN, capture)
    const last = this.sql.row<{ id: number; blob_id: number; digest: string | null }>(LAST, capture)
    this.sql.update('captures', capture, { digest })
    if (!own || last?.digest !== digest) return
    this.sql.update('captures', capture, { same_as_id: last.id, blob_id: last.blob_id, headers: own.headers })
    this.sql.run(
      'DELETE FROM blobs WHERE id = ? AND NOT EXISTS (SELECT 1 FROM captures WHERE blob_id = blobs.id)',
      own.blob_id,
    )
  }

  private blobOf(body: Uint8Array): number {
    const sha256 = createHash('sha256').update(body).digest('hex')
    const known = this.sql.one<number>('SELECT id FROM blobs WHERE sha256 = ?', sha256)
    return known ?? this.sql.insert('blobs', { sha256, size: body.length, encoding: 'gzip', body: gzipSync(body) })
  }
}

/** Of an answer that says nothing new, its validators remain: they may be new all the same. */
const OWN = `SELECT blob_id, json_patch('{}', json_object('etag', headers ->> '$.etag', 'last-modified', headers ->> '$.last-modified'))
  AS headers FROM captures WHERE id = ?`

/** The last answer to the same request by such a reader, as the one that it is the same as, if it is. */
const LAST = `SELECT COALESCE(last.same_as_id, last.id) AS id, last.blob_id, last.digest
  FROM captures AS own JOIN captures AS last ON last.url = own.url AND last.id < own.id
  WHERE own.id = ? AND last.form IS own.form AND last.referer IS own.referer AND last.reader IS own.reader
  ORDER BY last.id DESC LIMIT 1`
