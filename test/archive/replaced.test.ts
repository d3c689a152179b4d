import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { inspect } from '../../src/archive/merge/input-file.js'
import { completionNames } from '../../src/archive/read/completion-names.js'
import { ENV, page, post, shelf } from './shelf.js'

/** An archive that another program has changed. */
function changed(sql: string): string {
  const one = shelf()
  one.save(page([post('1', null)]))
  one.close()
  const db = new Sqlite(one.file)
  db.unsafeMode().pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
  return one.file
}

const endless = (name: string): string =>
  `WITH RECURSIVE more(slug) AS (SELECT 'a' UNION ALL SELECT slug || 'a' FROM more) SELECT slug, slug AS name FROM more /* ${name} */`

/** A view that never ends, in place of a table. */
const view = (name: string): string => `DROP TABLE ${name}; CREATE VIEW ${name} AS ${endless(name)}`

const ways = {
  read: (file: string) => openArchive(file, 'read', ENV).close(),
  write: (file: string) => openArchive(file, 'write', ENV).close(),
  merge: (file: string) => inspect(file, () => {}),
  complete: (file: string) => completionNames(file, ['groups'], ''),
}

const everyWay = Object.entries(ways).map(([way, open]) => ({ way, open }))

describe.each(everyWay)('to $way', ({ open }) => {
  it.each([
    ['groups', view('groups')],
    ['groups', view('Groups')],
    ['blobs', view('blobs')],
    ['posts_fts', view('posts_fts')],
    [
      'posts_fts_config',
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'view', rootpage = 0, sql = 'CREATE VIEW posts_fts_config AS SELECT 1' WHERE name = 'posts_fts_config'",
    ],
    ['members', 'DROP TABLE members; CREATE VIRTUAL TABLE members USING fts5(slug, name, content="endless")'],
    ['posts_fts', 'DROP TABLE posts_fts; CREATE VIRTUAL TABLE posts_fts USING fts5(heading, text, content="endless")'],
  ])('%s must be the table that threadkeep made', (name, sql) => {
    const file = changed(sql)
    expect(() => open(file)).toThrow(
      expect.objectContaining({
        exitCode: 6,
        message: `${file} was changed by another program: what should be its table ${name} is a view, or another kind of table.`,
        advice: expect.stringContaining('archive its URLs again'),
      }),
    )
  })

  it('a column must be stored', () => {
    const file = changed('ALTER TABLE groups ADD COLUMN big TEXT AS (hex(zeroblob(1000)))')
    expect(() => open(file)).toThrow(/its column groups\.big is computed, and not stored\.$/)
  })

  it('tables and views besides ours may be anything', () => {
    const file = changed(`CREATE VIEW endless AS ${endless('')}; CREATE TABLE notes (a, b AS (a + 1))`)
    expect(() => open(file)).not.toThrow()
  })
})
