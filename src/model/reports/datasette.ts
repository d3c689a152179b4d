/** Metadata of a table, with Datasette's keys: https://docs.datasette.io/en/stable/metadata.html */
export interface TableMetadata {
  description?: string
  columns?: Record<string, string>
  label_column?: string
  sort_desc?: string
  facets?: string[]
  fts_table?: string
  fts_pk?: string
  hidden?: true
}

export interface ArchiveMetadata {
  /** Names of the sites. */
  sites: string[]
  tables: Record<string, TableMetadata>
  queries: Record<string, { title: string; sql: string }>
}
