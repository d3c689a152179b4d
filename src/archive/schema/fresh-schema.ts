import type { Database } from 'better-sqlite3'
import { Sqlite } from '../native/sqlite.js'
import { MIGRATIONS, versionOf } from './migrations.js'

/** Type and name of each part of a schema (`trigger posts_fts_insert`), and its text without differences of white space. */
type SchemaParts = ReadonlyMap<string, string>

interface SchemaDifferences {
  /** Tables, views and indexes that are absent or were changed. */
  missing: string[]
  /** Triggers that threadkeep did not make: they change what it writes. */
  triggers: string[]
  /** Tables and views of other programs. They harm nothing. */
  further: string[]
}

/** Compares a file with a new archive of the same schema. */
export function schemaDifferences(db: Database): SchemaDifferences {
  const [ours, theirs] = [freshSchema(versionOf(db)), partsOf(db)]
  const isTrigger = (name: string) => name.startsWith('trigger ')
  const changed = (name: string) => theirs.get(name) !== ours.get(name)
  return {
    // What a trigger of the search would have done is compared by the check `words`.
    missing: [...ours.keys()].filter(name => changed(name) && !isTrigger(name)),
    triggers: [...theirs.keys()].filter(name => changed(name) && isTrigger(name)),
    further: [...theirs.keys()].filter(name => /^(?:table|view) (?!sqlite_)/.test(name) && !ours.has(name)),
  }
}

function freshSchema(version: number): SchemaParts {
  const db = new Sqlite(':memory:')
  try {
    for (const step of MIGRATIONS.slice(0, version)) db.exec(step)
    return partsOf(db)
  } finally {
    db.close()
  }
}

function partsOf(db: Database): SchemaParts {
  const rows = db.prepare('SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL').all()
  return new Map(
    (rows as { type: string; name: string; sql: string }[]).map(({ type, name, sql }) => [
      `${type} ${name}`,
      onOneLine(sql),
    ]),
  )
}

/** A statement of a schema, to compare with another. */
export const onOneLine = (sql: string): string => sql.replace(/\s+/g, ' ')
