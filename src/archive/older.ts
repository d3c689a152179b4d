import type { Statements } from './statements.js'

/** What an archive of an earlier schema, which is only read, may lack. */

/** Schema 4: posts that are gone or came back, other names. */
export const hasEvents = (sql: Statements): boolean =>
  sql.one<number>("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'events'") === 1

/** Schema 3: the titles of earlier texts. */
export const hasEarlierHeadings = (sql: Statements): boolean =>
  sql.one<number>("SELECT count(*) FROM pragma_table_info('revisions') WHERE name = 'heading'") === 1
