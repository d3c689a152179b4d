import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Statements } from '../database/statements.js'

const NO_BYTES = Buffer.alloc(0)
const EMPTY_BLOB = { sha256: createHash('sha256').update(NO_BYTES).digest('hex'), size: 0, encoding: 'gzip' }

/** Deletes a body. Its captures stay, without headers, as a record of the requests. */
export function withholdBody(sql: Statements, blob: number): void {
  const empty = emptyBlob(sql)
  if (blob === empty) return
  sql.run(
    "UPDATE captures SET blob_id = ?, headers = '{}', fingerprint = NULL, withheld = 1 WHERE blob_id = ?",
    empty,
    blob,
  )
  sql.run('DELETE FROM blobs WHERE id = ?', blob)
}

/** Withholds one capture of the current run. Its fingerprint stays: it was computed after the names were removed. */
export function withholdCapture(sql: Statements, capture: number): void {
  const own = sql.row<{ blob: number; sameAs: number | null }>(
    'SELECT blob_id AS blob, same_as_id AS sameAs FROM captures WHERE id = ?',
    capture,
  )
  if (!own || own.sameAs !== null) return
  const empty = emptyBlob(sql)
  sql.run("UPDATE captures SET blob_id = ?, headers = '{}', withheld = 1 WHERE id = ?", empty, capture)
  if (own.blob === empty) return
  sql.run('DELETE FROM blobs WHERE id = ? AND NOT EXISTS (SELECT 1 FROM captures WHERE blob_id = blobs.id)', own.blob)
}

const emptyBlob = (sql: Statements): number =>
  sql.one<number>('SELECT id FROM blobs WHERE sha256 = ?', EMPTY_BLOB.sha256) ??
  sql.insert('blobs', { ...EMPTY_BLOB, body: gzipSync(NO_BYTES) })
