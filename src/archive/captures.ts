import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Capture } from '../model/capture.js'
import type { Statements } from './statements.js'

/** Keeps captures as they came: bodies once per content, compressed. */
export class CaptureStore {
  constructor(private readonly sql: Statements) {}

  /** Before it is read: whatever the parser makes of it, the answer is there for another reading. Returns its id. */
  keep(run: number, capture: Capture): number {
    const { request } = capture
    return this.sql.run(
      `INSERT INTO captures (run_id, method, url, form, referer, final_url, status, headers, blob_id, captured_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run,
      request.form ? 'POST' : 'GET',
      request.url,
      request.form ? JSON.stringify(request.form) : null,
      request.referer ?? null,
      capture.url,
      capture.status,
      JSON.stringify(capture.headers),
      this.blobOf(capture.body),
      capture.capturedAt,
    )
  }

  markAsWall(capture: number, kind: string): void {
    this.sql.run('UPDATE captures SET wall = ? WHERE id = ?', kind, capture)
  }

  private blobOf(body: Uint8Array): number {
    const sha256 = createHash('sha256').update(body).digest('hex')
    const known = this.sql.one<number>('SELECT id FROM blobs WHERE sha256 = ?', sha256)
    return known ?? this.sql.run(
      'INSERT INTO blobs (sha256, size, encoding, body) VALUES (?, ?, ?, ?)',
      sha256, body.length, 'gzip', gzipSync(body),
    )
  }
}
