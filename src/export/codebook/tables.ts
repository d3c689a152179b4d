import { EDGE_COLUMNS, NODE_COLUMNS } from '../graph/columns.js'
import { MEMBER_VARIABLES, THREAD_VARIABLES } from '../qda/variables.js'
import { ANNOTATION_COLUMNS } from '../table/annotation-columns.js'
import type { ColumnFacts } from '../table/column.js'
import { FOUR_CAT } from '../table/four-cat.js'
import { POST_COLUMNS } from '../table/post-columns.js'

/** A kind of table that exports write: what codebooks and packages say of it. */
export interface TableFacts {
  /** As `codebook --format-of` takes it, and as the resource of a package is called. */
  name: string
  /** What a row is, in one line. */
  summary: string
  columns: readonly ColumnFacts[]
  /** Formats that write it, by name; empty: none writes it alone. */
  formats: readonly string[]
  /** Columns whose values together identify a row; absent: none do. */
  key?: readonly string[]
  /** The schema of records whose fields lie within each other, which a table schema cannot describe; absent: a flat table. */
  records?: string
}

/** All tables of exports. Add a table here; its columns are then in `codebook`, docs/codebook.md and the metadata of packages. */
export const TABLES: readonly TableFacts[] = [
  {
    name: 'posts',
    summary: 'one row a post or reply: threads in their order, posts of a thread from top to bottom',
    columns: POST_COLUMNS,
    formats: ['csv', 'tsv', 'parquet'],
    key: ['site', 'id'],
  },
  {
    name: 'posts-4cat',
    summary: 'the same rows with the columns that 4CAT imports',
    columns: FOUR_CAT,
    formats: ['4cat'],
    key: ['site', 'id'],
  },
  {
    name: 'annotations',
    summary: 'columns that these tables have besides, in an export with `--annotations`',
    columns: ANNOTATION_COLUMNS,
    formats: [],
  },
  {
    name: 'qdpx-sources',
    summary: 'variables of a source of `qdpx`, which is a thread',
    columns: THREAD_VARIABLES,
    formats: ['qdpx'],
  },
  {
    name: 'qdpx-cases',
    summary: 'variables of a case of `qdpx`, which is a member',
    columns: MEMBER_VARIABLES,
    formats: ['qdpx'],
  },
  {
    name: 'nodes',
    summary: 'one row a member of the network; with memberships, also one a group',
    columns: NODE_COLUMNS,
    formats: ['nodes', 'network', 'graphml', 'gexf'],
    key: ['id'],
  },
  {
    name: 'edges',
    summary: 'one row a reply, mention or membership; of weighted edges one a pair',
    columns: EDGE_COLUMNS,
    formats: ['edges', 'network', 'graphml', 'gexf'],
  },
]
