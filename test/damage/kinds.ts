import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { deflateSync, gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'

/** What may have become of a file: each changes a whole archive in place. */

export interface Kind {
  name: string
  /** `unusable`: no command can do anything. `damaged`: what needs the damaged part fails. `sound`: everything works as before. */
  leaves: 'unusable' | 'damaged' | 'sound'
  /** `other`: another whole archive. */
  apply(file: string, other: string): void
}

const bytes = (change: (file: Buffer) => Buffer) => (file: string) => writeFileSync(file, change(readFileSync(file)))

const atByte = (at: number, value: number) =>
  bytes(file => {
    file[at] = value
    return file
  })

const cut = (size: (whole: number) => number) => (file: string) => truncateSync(file, size(readFileSync(file).length))

/** As another program may leave it: the pages are good, and what is on them is not. */
const changed = (sql: string) => (file: string) => {
  const db = new Sqlite(file)
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

/** The definition of a table is replaced, so that SQLite accepts other values. */
const redefined = (table: string, from: string, to: string, sql: string) => (file: string) => {
  const db = new Sqlite(file)
  db.unsafeMode(true)
  db.pragma('foreign_keys = OFF')
  db.pragma('writable_schema = ON')
  db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(from, to, table)
  db.pragma('writable_schema = RESET')
  db.exec(sql)
  db.close()
}

/** Changes pages of a table or an index. */
const pages = (name: string, change: (page: Buffer) => void) => (file: string) => {
  const db = new Sqlite(file)
  const numbers = db.prepare('SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno').pluck().all(name) as number[]
  const size = db.pragma('page_size', { simple: true }) as number
  db.close()
  const all = readFileSync(file)
  for (const number of numbers.slice(0, 4)) change(all.subarray((number - 1) * size, number * size))
  writeFileSync(file, all)
}

const zeroed = (page: Buffer) => void page.fill(0)
const torn = (page: Buffer) => void page.fill(0xa5, 0, 64)
/** A bit in the head, in the list of cells, in the middle and in the last cell. */
const flipped = (page: Buffer) => {
  for (const at of [3, 9, page.length >> 1, page.length - 9]) page[at] = (page[at] ?? 0) ^ 0x10
}

/** 200 MB of zeros: a thousandth of that on the disk. */
const BOMB = () => gzipSync(Buffer.alloc(200_000_000), { level: 9 })

function expanding(file: string): void {
  const db = new Sqlite(file)
  db.prepare('UPDATE blobs SET body = ? WHERE id < 4').run(BOMB())
  db.close()
}

/** A transaction of a killed program: pages are in the file, and the journal has what they were. */
function hotJournal(file: string): void {
  const db = new Sqlite(file)
  db.pragma('journal_mode = DELETE')
  db.pragma('cache_size = 1')
  db.exec("BEGIN; UPDATE posts SET text = text || ' half a change'; UPDATE captures SET url = url || '?half'")
  copyFileSync(file, `${file}.copy`)
  copyFileSync(`${file}-journal`, `${file}.copy-journal`)
  db.exec('ROLLBACK')
  db.close()
  for (const suffix of ['', '-journal']) copyFileSync(`${file}.copy${suffix}`, file + suffix)
}

/** Committed pages that are in the log only. `text`: what they say. */
function withLog(file: string, text: string): void {
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 0')
  db.exec(`UPDATE groups SET description = '${text}'`)
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, `${file}.copy${suffix}`)
  db.close()
  for (const suffix of ['', '-wal']) copyFileSync(`${file}.copy${suffix}`, file + suffix)
}

function logOfAnother(file: string, other: string): void {
  withLog(other, 'of another file')
  copyFileSync(`${other}-wal`, `${file}-wal`)
  changed('PRAGMA user_version')(other)
}

const folder = (file: string) => {
  rmSync(file)
  mkdirSync(file)
}

const unusable = (name: string, apply: Kind['apply']): Kind => ({ name, leaves: 'unusable', apply })
const damaged = (name: string, apply: Kind['apply']): Kind => ({ name, leaves: 'damaged', apply })
const sound = (name: string, apply: Kind['apply']): Kind => ({ name, leaves: 'sound', apply })

export const KINDS: readonly Kind[] = [
  unusable('a text file', file => writeFileSync(file, 'Dear diary,\n'.repeat(500))),
  unusable('a folder', folder),
  unusable(
    'an encrypted file',
    bytes(file => deflateSync(file, { level: 9 })),
  ),
  unusable('a newer schema', changed('PRAGMA user_version = 99')),
  unusable('a database of another program', changed('PRAGMA application_id = 7')),
  unusable(
    'truncated in its header',
    cut(() => 50),
  ),
  unusable(
    'the first 8 bytes overwritten',
    bytes(file => file.fill(0, 0, 8)),
  ),
  unusable('page size of none', atByte(16, 0x03)),
  unusable('file format of the future', atByte(19, 0x7f)),
  unusable('another text encoding', atByte(59, 3)),
  damaged(
    'truncated after a page',
    cut(() => 4096),
  ),
  damaged(
    'truncated to a half',
    cut(size => size >> 1),
  ),
  damaged(
    'truncated within a page',
    cut(size => size - 4000),
  ),
  damaged(
    'last page missing',
    cut(size => size - 4096),
  ),
  damaged(
    'schema page zeroed',
    pages('sqlite_schema', page => void page.fill(0, 100)),
  ),
  damaged('schema page flipped', pages('sqlite_schema', flipped)),
  damaged('posts zeroed', pages('posts', zeroed)),
  damaged('posts torn', pages('posts', torn)),
  damaged('posts flipped', pages('posts', flipped)),
  damaged('captures flipped', pages('captures', flipped)),
  damaged('bodies torn', pages('blobs', torn)),
  damaged('index zeroed', pages('posts_thread', zeroed)),
  damaged('index flipped', pages('posts_identity', flipped)),
  damaged('full-text index flipped', pages('posts_fts_data', flipped)),
  damaged('frontier torn', pages('frontier', torn)),
  damaged('missing table', changed('DROP TABLE attachments')),
  damaged('missing view', changed('DROP VIEW readable_threads')),
  damaged('missing column', changed('ALTER TABLE revisions DROP COLUMN heading')),
  damaged('missing rows', changed('DELETE FROM sites')),
  damaged(
    'another view of this name',
    changed('DROP VIEW readable_threads; CREATE VIEW readable_threads AS SELECT 1 AS id'),
  ),
  damaged('text for numbers', redefined('posts', ') STRICT', ')', "UPDATE posts SET site_id = 'one', thread_id = 'x'")),
  damaged(
    'blobs for text',
    redefined('posts', ') STRICT', ')', "UPDATE posts SET text = x'00ff', html = x'ff', url = x'00'"),
  ),
  damaged(
    'null for values',
    redefined('posts', 'NOT NULL', '', 'UPDATE posts SET url = NULL, text = NULL, status = NULL'),
  ),
  damaged(
    'dates that are none',
    changed("UPDATE posts SET posted_at = 'soon', posted_from = 'soon', posted_to = 'soon', last_seen_at = '0'"),
  ),
  damaged(
    'dates of captures that are none',
    changed("UPDATE captures SET captured_at = '2026-99-99T99:99:99Z'; UPDATE runs SET started_at = 'x'"),
  ),
  damaged(
    'addresses that are none',
    changed(
      "UPDATE posts SET url = '::'; UPDATE groups SET url = 'groups'; UPDATE sites SET url = 'http://', key = ''",
    ),
  ),
  damaged(
    'states that are none',
    redefined(
      'posts',
      "CHECK (status IN ('live', 'gone', 'unread'))",
      '',
      "UPDATE posts SET status = 'lost'; UPDATE frontier SET state = 'new'",
    ),
  ),
  damaged('broken JSON of tasks', changed("UPDATE frontier SET task = '{'; UPDATE captures SET purpose = '[]'")),
  damaged('broken JSON of captures', changed("UPDATE captures SET headers = '{\"a\": [', form = 'null'")),
  damaged('broken JSON of targets', changed("UPDATE targets SET options = '[1]', pass_plan = '{}'")),
  damaged('broken JSON of runs', changed('UPDATE runs SET report = \'{"targets": 1}\'')),
  damaged(
    'broken marks of the erased',
    changed("UPDATE members SET forgotten_at = '2024-01-01T00:00:00Z', forgotten_marks = '{}' WHERE id = 1"),
  ),
  damaged('a circle of parents', changed('UPDATE posts SET parent_id = id WHERE parent_id IS NOT NULL')),
  damaged(
    'huge numbers',
    changed(
      'UPDATE posts SET position = 9223372036854775807, group_id = 9007199254740993; UPDATE threads SET claimed = 9223372036854775807',
    ),
  ),
  damaged('a foreign trigger', changed('CREATE TRIGGER evil AFTER UPDATE ON runs BEGIN DELETE FROM posts; END')),
  damaged('a body that expands without end', expanding),
  damaged('a log of another file', logOfAnother),
  sound('a foreign table', changed('CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT)')),
  sound('a foreign view', changed('CREATE VIEW loud AS SELECT upper(text) FROM posts')),
  sound(
    'a view that calls our functions',
    changed("CREATE VIEW mine AS SELECT folded(text), load_extension('x') FROM posts"),
  ),
  sound(
    'a huge value',
    changed("UPDATE members SET avatar_url = 'https://town.example/' || hex(zeroblob(4000000)) WHERE id = 1"),
  ),
  sound('a log left behind', file => withLog(file, 'in the log')),
  sound('a hot journal', hotJournal),
]
