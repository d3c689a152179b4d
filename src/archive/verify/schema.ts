import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import { migrate } from '../schema/migrations.js'
import { BACKUP, type Check, finding } from './check.js'

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof import('better-sqlite3')

/**
 * Compares tables, views, indexes and triggers with those of a new archive. Further tables and views are let be, because people add some
 * of their own; a further trigger would change what threadkeep writes.
 */
export const SCHEMA: Check = {
  name: 'schema',
  what: 'tables, views and triggers are those that threadkeep made',
  run: ({ db }) => {
    const [ours, theirs] = [freshSchema(), schemaOf(db)]
    const isTrigger = (name: string) => name.startsWith('trigger ')
    // What a trigger of the search would have done is compared by the check `words`.
    const missing = [...ours.keys()].filter(name => theirs.get(name) !== ours.get(name) && !isTrigger(name))
    const triggers = [...theirs.keys()].filter(name => isTrigger(name) && theirs.get(name) !== ours.get(name))
    return [
      ...finding('A part of the schema is missing or was changed.', BACKUP, missing),
      ...finding('There is a trigger that threadkeep did not make.', 'sqlite3 FILE "DROP TRIGGER …"', triggers),
    ]
  },
}

function freshSchema(): Map<string, string> {
  const db = new Sqlite(':memory:')
  try {
    migrate(db)
    return schemaOf(db)
  } finally {
    db.close()
  }
}

/** Type and name of each part, and its text without differences of white space. */
function schemaOf(db: Database): Map<string, string> {
  const rows = db.prepare('SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL').all()
  return new Map(
    (rows as { type: string; name: string; sql: string }[]).map(({ type, name, sql }) => [
      `${type} ${name}`,
      sql.replace(/\s+/g, ' '),
    ]),
  )
}
