import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import type { Post, Site } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import type { Task } from '../../model/task.js'
import { siteKey } from '../../model/urls.js'
import { Statements } from '../database/statements.js'
import { MIGRATIONS } from '../schema/migrations.js'
import { FrontierStore, type Pass } from '../sync/frontier.js'
import { PageWriter } from '../write/page-writer.js'
import type { Authority } from '../write/thread-writer.js'
import type { StoredCapture } from './stored-captures.js'

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof import('better-sqlite3')

/** How a capture is read again. */
export interface RereadCapture {
  stored: StoredCapture
  task: Task
  parser: string
  authority: Authority
}

/** What the archive itself has no place for. */
const EXTRA_TABLES = `
CREATE TABLE passed (capture INTEGER PRIMARY KEY);      -- was read again
CREATE TABLE repeated (post INTEGER PRIMARY KEY);       -- was seen in answers whose own body is not kept
CREATE TABLE seeded (thread INTEGER PRIMARY KEY);         -- by its number in the archive
CREATE TABLE added (post INTEGER PRIMARY KEY);          -- is not in the archive
CREATE TABLE judged (capture INTEGER PRIMARY KEY, wall TEXT, digest TEXT); -- otherwise than before
CREATE TABLE readings (                                 -- what today's parser reads where a present or earlier text came from
  post INTEGER NOT NULL, capture INTEGER NOT NULL, parser TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (post, capture)
) WITHOUT ROWID;
DROP TRIGGER posts_fts_insert;
DROP TRIGGER posts_fts_delete;
DROP TRIGGER posts_fts_update;
DROP INDEX posts_unspaced;`

/**
 * The kept captures, saved anew by the very code that saves live ones, in a database of its own beside the archive. SQLite keeps
 * it in a temporary file, which goes when the process does, however that ends.
 */
export class ShadowDatabase {
  private readonly db: Database
  readonly sql: Statements
  private readonly saver: PageWriter
  private readonly passes = new Map<string, number>()

  constructor() {
    this.db = new Sqlite('')
    this.db.pragma('journal_mode = OFF')
    this.db.pragma('synchronous = OFF')
    this.db.pragma('foreign_keys = OFF')
    for (const step of [...MIGRATIONS, EXTRA_TABLES]) this.db.exec(step)
    this.db.exec('BEGIN')
    this.sql = new Statements(this.db)
    this.saver = new PageWriter(this.sql, new FrontierStore(this.sql))
  }

  save(page: Page, { stored, task, parser, authority }: RereadCapture): void {
    const pending = { id: 0, task, group: this.groupNamed(stored, page), failedBefore: false }
    const { id: capture, run, at, reader } = stored
    const step = { run, pass: this.passOf(stored), task: pending, capture, at, parser, authority, reader }
    const { group } = this.saver.save(page, step)
    if (group !== null) this.saver.countLeftOut(step, page.warnings.length, group)
    this.sql.run('INSERT INTO passed VALUES (?)', capture)
    if (stored.isRepeat) for (const post of page.posts) this.markRepeated(post, page.site)
  }

  /** What it has seen by itself begins with its first capture. */
  private passOf({ id, asked, runStartedAt }: StoredCapture): Pass {
    const startedAt = asked?.pass ?? runStartedAt
    const after = this.passes.get(startedAt) ?? id - 1
    this.passes.set(startedAt, after)
    return { target: 0, startedAt, resumed: false, lastAnswerAt: null, after, plan: { kind: 'whole' } }
  }

  /** Each time under the name that it had then. */
  private groupNamed({ asked, request }: StoredCapture, { site }: Page): number | null {
    const own = 'SELECT groups.id FROM groups JOIN sites ON sites.id = site_id WHERE sites.key = ? AND'
    const key = siteKey(site.url)
    if (asked?.group) return this.sql.one<number>(`${own} slug = ?`, key, asked.group) ?? null
    const number = new URL(request.url).searchParams.get('group_id')
    return (number && this.sql.one<number>(`${own} group_id = ?`, key, number)) || null
  }

  private markRepeated({ id }: Post, site: Site): void {
    this.sql.run(
      'INSERT INTO repeated SELECT posts.id FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND activity_id = ? ON CONFLICT DO NOTHING',
      siteKey(site.url),
      id,
    )
  }

  holdsThread(site: Site, thread: string): boolean {
    return this.saver.holdsThread(site, thread)
  }

  /** Posts of the page whose texts are known to be shortened: for captures that do not say what they were asked for. */
  shortened({ site, posts }: Page): string[] {
    const sql = 'SELECT truncated FROM posts JOIN sites ON sites.id = site_id WHERE sites.key = ? AND activity_id = ?'
    return posts.map(({ id }) => id).filter(id => this.sql.one<number>(sql, siteKey(site.url), id) === 1)
  }

  close(): void {
    this.db.close()
  }
}
