import Sqlite, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { migrate } from '../../../src/archive/schema/migrations.js'
import { Verifier } from '../../../src/archive/verify/verify.js'

/** Any values in the columns that make the trees of replies. */

const POSTS = 9
const id = fc.integer({ min: 1, max: POSTS })
const wild = fc.oneof({ weight: 8, arbitrary: id }, fc.constantFrom(-1, 0, POSTS + 1, 2 ** 40))

interface Damage {
  posts: { thread: number; parent: number | null; site: number; group: number | null }[]
  threads: number[]
}

const damage: fc.Arbitrary<Damage> = fc.record({
  posts: fc.array(
    fc.record({
      thread: wild,
      parent: fc.option(wild, { nil: null }),
      site: fc.constantFrom(1, 1, 1, 2),
      group: fc.constantFrom(null, 1, 2),
    }),
    { minLength: 1, maxLength: POSTS },
  ),
  threads: fc.uniqueArray(wild, { maxLength: POSTS }),
})

function damaged({ posts, threads }: Damage): Database {
  const db = new Sqlite(':memory:')
  migrate(db)
  db.pragma('foreign_keys = OFF')
  db.exec(`INSERT INTO runs (id, command, version, started_at) VALUES (1, 'c', '0', 't');
    INSERT INTO sites (id, key, url) VALUES (1, 'a/', 'https://a/'), (2, 'b/', 'https://b/');
    INSERT INTO blobs VALUES (1, 's', 0, 'gzip', x'');
    INSERT INTO captures (id, run_id, method, url, final_url, status, headers, blob_id, captured_at, reader, purpose)
      VALUES (1, 1, 'GET', 'u', 'u', 200, '{}', 1, 't', 'visitor', '{}');
    INSERT INTO groups (id, site_id, slug, url, first_seen_at, last_seen_at) VALUES (1, 1, 'g', 'u', 't', 't'), (2, 1, 'h', 'u', 't', 't')`)
  const post =
    db.prepare(`INSERT INTO posts (id, site_id, site_post_id, thread_id, parent_id, group_id, type, text_capture_id, url,
    first_seen_at, last_seen_at, first_run_id, last_run_id, last_capture_id) VALUES (?, ?, ?, ?, ?, ?, 't', 1, 'u', 't', 't', 1, 1, 1)`)
  for (const [at, one] of posts.entries()) post.run(at + 1, one.site, String(at), one.thread, one.parent, one.group)
  const thread = db.prepare('INSERT INTO threads (id) VALUES (?)')
  for (const one of threads) thread.run(one)
  return db
}

const env = { host: 'here', isAlive: () => true }
const wrong = (db: Database) =>
  [...new Verifier(db, 'a.db', null).results({ quick: false, env })].filter(({ state }) => state === 'wrong')

const mendable = (db: Database) =>
  wrong(db).filter(({ findings }) => findings.some(({ mend }) => mend.includes('verify --mend')))

it('mending ends, and leaves nothing that it says it mends', () => {
  fc.assert(
    fc.property(damage, how => {
      const db = damaged(how)
      const before = mendable(db).map(({ name }) => name)
      new Verifier(db, 'a.db', null).mend(before)
      expect(mendable(db)).toEqual([])
      expect(db.prepare('SELECT count(*) FROM posts').pluck().get()).toBe(how.posts.length)
      // Every post is in a thread that can be read.
      expect(
        db.prepare('SELECT count(*) FROM posts WHERE thread_id NOT IN (SELECT id FROM threads)').pluck().get(),
      ).toBe(0)
      expect(new Verifier(db, 'a.db', null).mend(wrong(db).map(({ name }) => name))).toEqual([])
      db.close()
    }),
    { numRuns: Number(process.env['MEND_RUNS'] ?? 300) },
  )
}, 600_000)
