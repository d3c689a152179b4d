import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Finding } from '../../model/reports/verify.js'
import { errorMessage } from '../../model/thrown.js'
import { nextKey } from '../database/key-order.js'
import { unpackedBody } from '../database/stored-body.js'
import { BACKUP, type Check, type CheckContext, type Counted, finding } from './check.js'

interface Body {
  sha256: string
  size: number
  encoding: string
  body: Buffer
}

/** What is wrong with a body; null: nothing. Unpacks no more bytes than its recorded size. */
function readDamage(db: Database, id: number): string | null {
  try {
    const sql = 'SELECT sha256, size, encoding, body FROM main.blobs WHERE id = ?'
    return damageOf(db.prepare(sql).get(id) as Body)
  } catch (error) {
    return `it cannot be read (${errorMessage(error)})`
  }
}

function damageOf({ sha256, size, encoding, body }: Body): string | null {
  if (encoding !== 'gzip') return `its encoding is ${encoding}, which threadkeep does not know`
  const whole = unpackedBody(body, size)
  if (whole.length !== size) return `it has ${whole.length} bytes instead of ${size}`
  const hash = createHash('sha256').update(whole).digest('hex')
  return hash === sha256 ? null : 'its SHA-256 differs'
}

function* ids(db: Database): Generator<number> {
  const sql = 'SELECT id FROM main.blobs WHERE id > ? ORDER BY id LIMIT 1000'
  for (let after = -1; ; ) {
    const next = db.prepare(sql).pluck().all(after) as number[]
    if (next.length === 0) return
    yield* next
    after = nextKey(after, next.at(-1))
  }
}

function* damagedBodies({ db }: CheckContext): Counted<Finding[]> {
  const total = db.prepare('SELECT count(*) FROM main.blobs').pluck().get() as number
  const damaged: string[] = []
  let done = 0
  for (const id of ids(db)) {
    if (++done % 100 === 0) yield { done, total }
    const what = readDamage(db, id)
    if (what !== null) damaged.push(`blob ${id}: ${what}`)
  }
  return finding('A captured body is damaged. Posts that were read from it are not affected.', BACKUP, damaged)
}

export const BODIES: Check = {
  name: 'bodies',
  what: 'each captured body matches its SHA-256',
  slow: true,
  run: damagedBodies,
}
