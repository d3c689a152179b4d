import { schemaDifferences } from '../schema/fresh-schema.js'
import { BACKUP, type Check, finding } from './check.js'

/** Compares tables, views, indexes and triggers with those of a new archive of the same schema. */
export const SCHEMA: Check = {
  name: 'schema',
  what: 'tables, views and triggers are those that threadkeep made',
  fatal: true,
  run: ({ db }) => {
    const { missing, triggers } = schemaDifferences(db)
    return [
      ...finding('A part of the schema is missing or was changed.', BACKUP, missing),
      ...finding('There is a trigger that threadkeep did not make.', 'sqlite3 FILE "DROP TRIGGER …"', triggers),
    ]
  },
}

export const FURTHER: Check = {
  name: 'further',
  what: 'tables and views of other programs',
  harmless: true,
  run: ({ db }) =>
    finding(
      'Another program has added a table or a view. threadkeep neither reads nor changes it.',
      'Nothing to do if it is yours; else: sqlite3 FILE "DROP …"',
      schemaDifferences(db).further,
    ),
}
