import type { Database } from 'better-sqlite3'
import type { Post, Site } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import { siteKey } from '../../model/urls.js'
import { addFunctions } from '../database/functions.js'
import { Statements } from '../database/statements.js'
import type { SiteMoves } from '../moves/site-moves.js'
import { Sqlite } from '../native/sqlite.js'
import { blankRow } from '../schema/describe.js'
import { MIGRATIONS } from '../schema/migrations.js'
import { CAPTURES } from '../schema/tables/runs.js'
import { FrontierStore, type Pass } from '../sync/frontier.js'
import type { Authority } from '../write/page-result.js'
import { PageWriter } from '../write/page-writer.js'
import type { StoredCapture } from './stored-captures.js'

/** A capture with how it is read again. */
export interface RereadCapture {
  stored: StoredCapture
  task: Task
  parser: string
  authority: Authority
}

/** Tables that the archive's schema lacks. The full-text index is not needed. */
const EXTRA_TABLES = `
CREATE TABLE passed (capture INTEGER PRIMARY KEY);      -- was read again
CREATE TABLE repeated (post INTEGER PRIMARY KEY);       -- was seen in captures without a body of their own
CREATE TABLE seeded (thread INTEGER PRIMARY KEY);         -- row id in the archive
CREATE TABLE added (post INTEGER PRIMARY KEY);          -- the archive lacks it
CREATE TABLE judged (capture INTEGER PRIMARY KEY, wall TEXT, fingerprint TEXT); -- values that changed
CREATE TABLE readings (                                 -- text of the current parser, for captures of present and earlier texts
  post INTEGER NOT NULL, capture INTEGER NOT NULL, parser TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (post, capture)
) WITHOUT ROWID;
DROP TRIGGER posts_fts_insert;
DROP TRIGGER posts_fts_delete;
DROP TRIGGER posts_fts_update;
DROP INDEX posts_unspaced;`

/**
 * A database in which the stored captures are saved again, by the same code that saves new ones. SQLite stores it in a temporary
 * file, which is deleted when the process ends, even by a crash.
 */
export class ShadowDatabase {
  private readonly db: Database
  readonly sql: Statements
  private readonly writer: PageWriter
  private readonly passes = new Map<string, number>()

  constructor(moves: SiteMoves) {
    this.db = new Sqlite('')
    this.db.pragma('journal_mode = OFF')
    this.db.pragma('synchronous = OFF')
    this.db.pragma('foreign_keys = OFF')
    addFunctions(this.db)
    for (const step of [...MIGRATIONS, EXTRA_TABLES]) this.db.exec(step)
    this.db.exec('BEGIN')
    this.sql = new Statements(this.db)
    this.writer = new PageWriter(this.sql, new FrontierStore(this.sql), moves)
  }

  save(page: Page, { stored, task, parser, authority }: RereadCapture): void {
    const pending = { id: 0, task, group: this.groupNamed(stored, page), failedBefore: false }
    const { id: capture, run, at, reader, isImported } = stored
    const step = { run, pass: this.passOf(stored), task: pending, capture, at, parser, authority, reader, isImported }
    this.sql.insertRow(CAPTURES, { ...blankRow(CAPTURES), id: capture, run_id: run, captured_at: at })
    const { group } = this.writer.save(page, step)
    if (group !== null) this.writer.countLeftOut(step, page.warnings.length, group)
    this.sql.run('INSERT INTO passed VALUES (?)', capture)
    if (stored.isRepeat) for (const post of page.posts) this.markRepeated(post, page.site)
  }

  /** The pass of a capture. `after` is the id before its first capture. */
  private passOf({ id, purpose }: StoredCapture): Pass {
    const startedAt = purpose.pass
    const after = this.passes.get(startedAt) ?? id - 1
    this.passes.set(startedAt, after)
    return { target: 0, startedAt, resumed: false, lastAnswerAt: null, after, plan: { kind: 'whole' } }
  }

  /** The group of a capture, by the slug it had at that time. */
  private groupNamed({ purpose }: StoredCapture, { site }: Page): number | null {
    const sql = 'SELECT groups.id FROM groups JOIN sites ON sites.id = site_id WHERE sites.key = ? AND slug = ?'
    return purpose.group === null ? null : (this.sql.one<number>(sql, siteKey(site.url), purpose.group) ?? null)
  }

  private markRepeated({ id }: Post, site: Site): void {
    this.sql.run(
      'INSERT INTO repeated SELECT posts.id FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND site_post_id = ? ON CONFLICT DO NOTHING',
      siteKey(site.url),
      id,
    )
  }

  holdsThread(site: Site, thread: string): boolean {
    return this.writer.holdsThread(site, thread)
  }

  close(): void {
    this.db.close()
  }
}
