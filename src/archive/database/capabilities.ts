import type { Statements } from './statements.js'

/** True if the archive has the column. An archive with an older schema is not migrated when it is only read. */
export const hasColumn = (sql: Statements, table: string, column: string): boolean =>
  sql.one<number>("SELECT count(*) FROM pragma_table_info(?, 'main') WHERE name = ?", table, column) === 1

/** True from schema 4 on: the archive records tombstones, returns and renames. */
export const hasEvents = (sql: Statements): boolean => hasColumn(sql, 'events', 'id')
