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
    })
  }

  markAsWall(capture: number, kind: string): void {
    this.sql.update('captures', capture, { wall: kind })
  }

  private blobOf(body: Uint8Array): number {
    const sha256 = createHash('sha256').update(body).digest('hex')
    const known = this.sql.one<number>('SELECT id FROM blobs WHERE sha256 = ?', sha256)
    return known ?? this.sql.insert('blobs', { sha256, size: body.length, encoding: 'gzip', body: gzipSync(body) })
  }
}
