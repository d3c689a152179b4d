import { copyFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { expect } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import type { Chunk } from '../../../src/export/exporter.js'
import { jsonl } from '../../../src/export/jsonl.js'
import type { Page } from '../../../src/model/page.js'
import type { MergeReport } from '../../../src/model/reports/merge.js'
import { NO_PROGRAMS } from '../../export/no-programs.js'
import { newFile } from '../../run/outside.js'
import { ENV, SITE, savePage } from '../shelf.js'

/** Archives of several readers, and what comes of putting them together. */

export interface Look {
  page: Page
  /** Hour of 2026 at which it was read. */
  hour: number
  authority?: 'stream' | 'permalink'
  reader?: 'visitor' | 'session'
  parser?: string
  /** Absent posts of threads that were seen whole are buried at the end. */
  settles?: boolean
  /** This thread or post is not where it was: as its own address proves, or nobody knows. */
  missed?: string
  proof?: '404'
  /** A target of its own for each reader, if none is named. */
  target?: string
  via?: 'auto' | 'page'
  /** The list of its group was read to its end. */
  ends?: boolean
  /** Read from the site by a clock that was set back. */
  isLive?: boolean
  access?: 'members' | 'open'
}

export const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()

/** An archive of its own, called `name.db`: each look is a reading of the target. Its first run is what it is known by. */
export function archiveOf(name: string, looks: readonly Look[], file = newFile(`${name}.db`)): string {
  const archive = openArchive(file, 'write', ENV)
  const { run } = archive.startRun(`archive for ${name}`, '0', at(0))
  for (const [number, look] of looks.entries()) {
    const {
      page,
      hour,
      authority = 'stream',
      reader = 'visitor',
      parser = 'test 0',
      settles = false,
      missed,
      proof = null,
    } = look
    const request = { url: `${SITE}?${hour}` }
    const target = look.target ?? `${SITE}${reader}/`
    const first = { kind: 'group', reason: 'named', request } as const
    const pass = archive.beginPass(target, { reader, via: look.via ?? 'auto' }, first, at(hour))
    const body = Buffer.from(`<p>${name} ${number}</p>`)
    // What is older than a look before it cannot be read from the site any more.
    const isOlder = !look.isLive && looks.slice(0, number).some(before => before.hour > hour)
    const imported = isOlder ? { imported: { door: 'page', origin: 'old.html' } } : {}
    const answer = { request, url: request.url, status: 200, headers: {}, body, capturedAt: at(hour), ...imported }
    const task = archive.frontier.next(pass, new Set())
    if (!task) throw new Error('nothing to do')
    const capture = archive.keep(run, answer, reader, { task, pass })
    const step = { run, pass, task, capture, at: at(hour), parser, authority, reader }
    savePage(archive, page, step, {
      end: 'done',
      ...(missed && { gone: { site: SITE, thread: missed, reason: proof } }),
      ...(look.ends && { streamEnded: true }),
      ...(look.access && { access: look.access }),
    })
    if (settles) archive.finishPass({ run, pass, reader, at: at(hour) })
  }
  archive.close()
  return file
}

export function mergeInto(file: string, ...others: string[]): MergeReport {
  const archive = openArchive(file, 'write', ENV)
  try {
    const inputs = others.map(other => ({ file: other, label: null }))
    return archive.merger.merge(inputs, { command: 'merge', version: '0', now: () => Date.UTC(2027, 0, 1) })
  } finally {
    archive.close()
  }
}

/** A new archive out of these. */
export function merged(...files: string[]): string {
  const file = newFile('all.db')
  mergeInto(file, ...files)
  return file
}

/** Merges, and holds SQLite's own checks and a second merge against it. */
export function newMerge(...files: string[]): string {
  const file = merged(...files)
  expect(faultsIn(file)).toEqual([])
  const before = dumpOf(file)
  expect(mergeInto(file, ...files).changed).toBe(false)
  expect(dumpOf(file)).toEqual(before)
  return file
}

/** Two archives become one; the other way round, it is the same. */
export function both(a: readonly Look[], b: readonly Look[]): string {
  const [one, other] = [archiveOf('a', a), archiveOf('b', b)]
  const file = newMerge(one, other)
  expect(exported(newMerge(other, one))).toBe(exported(file))
  return file
}

export function copyOf(file: string, name: string): string {
  const copy = newFile(name)
  copyFileSync(file, copy)
  return copy
}

export function exported(file: string): string {
  const archive = openArchive(file, 'read', ENV)
  try {
    const about = {
      archive: archive.reader,
      options: {},
      captures: () => [],
      again: () => [],
      ...{ status: 'all' as const, timezone: null, converter: NO_PROGRAMS },
    }
    return [...(jsonl.render(archive.reader.threads({}), about) as Iterable<Chunk>)].join('')
  } finally {
    archive.close()
  }
}

export const postsOf = (file: string): Record<string, unknown>[] =>
  exported(file)
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>)

/** As an old version, or another program, would have left it. */
export function sql(file: string, statement: string, ...values: unknown[]): void {
  const db = new Sqlite(file)
  db.prepare(statement).run(...values)
  db.close()
}

/** Every row of every table, but the search index's own. */
export function dumpOf(file: string): Record<string, unknown[]> {
  const db = new Sqlite(file, { readonly: true })
  try {
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'posts_fts%' ORDER BY name")
      .pluck()
      .all() as string[]
    return Object.fromEntries(tables.map(name => [name, db.prepare(`SELECT * FROM ${name}`).all()]))
  } finally {
    db.close()
  }
}

/** What SQLite itself finds wrong: foreign keys, pages and indices, the search index against the posts. */
export function faultsIn(file: string): unknown[] {
  const db = new Sqlite(file)
  try {
    const keys = db.pragma('foreign_key_check') as unknown[]
    const whole = (db.pragma('integrity_check') as { integrity_check: string }[]).filter(
      row => row.integrity_check !== 'ok',
    )
    db.exec("INSERT INTO posts_fts(posts_fts, rank) VALUES ('integrity-check', 1)")
    return [...keys, ...whole]
  } finally {
    db.close()
  }
}
