import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { openArchive } from '../../../src/archive/index.js'
import type { ReparseReport } from '../../../src/model/reports/reparse.js'
import type { RunReport } from '../../../src/model/reports/run.js'
import {
  type ReparseDeps,
  type ReparseRequest,
  reparseArchive,
  type SyncRequest,
  syncTargets,
} from '../../../src/run/run.js'
import { rows } from '../../archive/shelf.js'
import { type Community, communityOf, DEMO_NOW } from '../../community/index.js'
import { town } from '../../community/town.js'
import { type Desk, desk, OPTIONS, SILENT, testClock } from '../outside.js'

/** Reparsing in tests: what a reparse of a file does, and what stands in it. */

const ajv = new Ajv2020({ allowUnionTypes: true })
const schema = new URL('../../../docs/schema/reparse-1.json', import.meta.url)
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
    return await syncTargets({ targets: [], ...much, via: null, ownPace: true, moved: false, ...request }, OPTIONS, {
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

export const ROUTES = [
  { pack: 'legacy', via: 'page' },
  { pack: 'legacy', via: 'ajax' },
  { pack: 'legacy', via: 'rest' },
  { pack: 'nouveau', via: 'ajax' },
  { pack: 'nouveau', via: 'rest' },
] as const
export type Way = (typeof ROUTES)[number]

export const LONG = `<p>${'A long tale about beans and how to sow them. '.repeat(20)}</p>\n`

/** Short posts and long ones, replies to replies, a link, a picture. */
export const village = (): Community =>
  communityOf({
    members: [{}, { slug: 'ben', name: 'Ben Okri' }],
    posts: [
      { html: LONG },
      { parentId: 1, memberId: 3, html: '<p>See <a href="https://beans.example/">beans</a>.</p>\n' },
      { parentId: 2, html: LONG },
      { html: '<p>A picture: <img src="https://beans.example/1.png" alt="Beans" /></p>\n' },
      { parentId: 4, memberId: 3 },
      { memberId: 3 },
    ],
  })

export async function archived({ pack, via }: Way, community: Community = village(), target = '') {
  let now = DEMO_NOW
  const { server } = await town({ pack, rest: via === 'rest', now: () => now }, community)
  const one = desk()
  const report = await one.run(server.url + target, { via })
  const later = (seconds: number) => {
    now += seconds
    one.clock.advance(seconds * 1000)
  }
  return { one, server, report, later, held: allRows(one.file) }
}

export const counts = { changed: 0, added: 0, notFound: 0, untouched: 0 }
export const NOTHING = { posts: counts, revisions: { changed: 0, dropped: 0 }, names: 0, changes: [], notFound: [] }

export function edit(community: Community, id: number, html: string): void {
  // Another list: the server looks no deeper.
  community.posts = community.posts.map(post => (post.id === id ? { ...post, html } : post))
}
