import Sqlite from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import type { Kind } from './kinds.js'
import { COMMANDS, ended, type Whole, whole } from './matrix.js'

let archive: Whole

beforeAll(async () => {
  archive = await whole()
}, 120_000)

/** Clears the screen. */
const ESCAPE = '\x1b[2J'

/** Every text of every table, but for those that SQLite refuses: keys of other rows, states, JSON, bodies. */
const escaped = (isChosen: (column: string) => boolean): Kind => ({
  name: 'escape sequences',
  leaves: 'damaged',
  apply: file => {
    const db = new Sqlite(file)
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT'")
      .pluck()
      .all()
    for (const table of tables as string[]) {
      const columns = db.prepare('SELECT name FROM pragma_table_info(?) WHERE type = ?').pluck().all(table, 'TEXT')
      for (const column of (columns as string[]).filter(isChosen))
        try {
          db.exec(`UPDATE OR IGNORE ${table} SET ${column} = ${column} || '${ESCAPE}'`)
        } catch {
          // Checked by the table.
        }
    }
    db.exec(
      `INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, 9, 'h${ESCAPE}', '2026${ESCAPE}', 'c${ESCAPE}')`,
    )
    db.close()
  },
})

test.each([
  ['times', (column: string) => column.endsWith('_at') || column.startsWith('posted_')],
  [
    'names and texts',
    (column: string) => /name|title|text|heading|slug|command|reason|topic|label|version|type|url/.test(column),
  ],
] as const)('no escape sequence of a file reaches the terminal: %s', { timeout: 240_000 }, async (_what, isChosen) => {
  const reached: string[] = []
  for (const command of COMMANDS) {
    const { out, err } = await ended(command, escaped(isChosen), archive)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for.
    const found = /[^\n]{0,60}[\x00-\x08\x0b-\x1f\x7f-\x9f]/.exec(out + err)
    if (found) reached.push(`${command}: ${JSON.stringify(found[0])}`)
  }
  expect(reached).toEqual([])
})
