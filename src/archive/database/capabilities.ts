import type { Statements } from './statements.js'

/** An older archive that is only read stays as it is: what it lacks must not be asked for. */
export const hasColumn = (sql: Statements, table: string, column: string): boolean =>
  sql.one<number>("SELECT count(*) FROM pragma_table_info(?, 'main') WHERE name = ?", table, column) === 1

/** Schema 4: posts that are gone or came back, other names. */
export const hasEvents = (sql: Statements): boolean => hasColumn(sql, 'events', 'id')
