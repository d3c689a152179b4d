import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { openArchive } from '../../src/archive/index.js'
import type { ReparseReport } from '../../src/model/reparse.js'
import type { RunReport } from '../../src/model/report.js'
import { type ReparseDeps, type ReparseRequest, reparseArchive, type SyncRequest, syncTargets } from '../../src/run.js'
import { rows } from '../archive/shelf.js'
import { type Desk, OPTIONS, SILENT, testClock } from './outside.js'

/** Reparsing in tests: what a reparse of a file does, and what stands in it. */

const ajv = new Ajv2020({ allowUnionTypes: true })
const schema = new URL('../../docs/schema/reparse-1.json', import.meta.url)
const valid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object)

export async function reread(
  file: string,
  request: Partial<ReparseRequest> = {},
  deps: Partial<ReparseDeps> = {},
): Promise<ReparseReport> {
  const clock = testClock(Date.UTC(2027, 0, 1))
  const env = { now: clock.now, pid: 7, host: 'here', command: 'reparse', isAlive: () => true }
  const archive = openArchive(file, request.dryRun ? 'read' : 'write', env)
  try {
    const outside = { archive, clock, signal: new AbortController().signal, command: 'reparse', version: '9.9.9' }
    const report = await reparseArchive(
      { since: null, dryRun: false, ...request },
      { ...outside, progress() {}, ...deps },
    )
    if (!valid({ ...report, archive: file })) throw new Error(ajv.errorsText(valid.errors))
    return report
  } finally {
    archive.close()
  }
}

export async function synced(one: Desk, request: Partial<SyncRequest> = {}): Promise<RunReport> {
  const archive = openArchive(one.file, 'write', {
    now: one.clock.now,
    pid: 7,
    host: 'here',
    command: 'sync',
    isAlive: () => true,
  })
  try {
    const much = { full: false, lookBackSeconds: 30 * 86_400, audit: null, explain: false }
    const signal = new AbortController().signal
    return await syncTargets({ targets: [], ...much, via: null, ownPace: true, ...request }, OPTIONS, {
      ...{ archive, reporter: SILENT, clock: one.clock, signal },
      ...{ command: 'sync', version: '0.0.0' },
    })
  } finally {
    archive.close()
  }
}

const TABLES = ['posts', 'revisions', 'attachments', 'links', 'groups', 'members', 'events', 'sightings', 'captures']

/** Every row that a reparse may touch, but for the version that read it. */
export const allRows = (file: string): unknown =>
  Object.fromEntries(
    TABLES.map(table => [
      table,
      rows<Record<string, unknown>>(file, `SELECT * FROM ${table} ORDER BY 1, 2`).map(row =>
        'parser' in row ? { ...row, parser: String(row['parser']).replace(/ .*/, '') } : row,
      ),
    ]),
  )

/** As another program, or a worse parser, would have left it. */
export function spoil(file: string, ...statements: string[]): void {
  const db = new Sqlite(file)
  try {
    db.pragma('foreign_keys = OFF')
    for (const statement of statements) db.exec(statement)
  } finally {
    db.close()
  }
}
