import type { StoredThread } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { type ExportContext, type Exporter, NOTICES } from '../exporter.js'
import { type Column, tableOf } from '../table/column.js'
import { CSV, tableText } from '../table/delimited.js'
import { FORMULAS, isGuarded } from '../table/options.js'
import { EDGE_COLUMNS, NODE_COLUMNS } from './columns.js'
import type { Network } from './network.js'
import { NETWORK_OPTIONS } from './options.js'
import { networkOf } from './read-network.js'
import { networkWords } from './words.js'

const TABLE = {
  scope: 'archive',
  leavesOut: NOTICES,
  options: { ...NETWORK_OPTIONS, ...FORMULAS },
} as const

const csvOf = <Row>(columns: readonly Column<Row>[], rows: Iterable<Row>, about: ExportContext) =>
  tableText(tableOf(columns, rows), CSV, isGuarded(about))

/** One row a node. */
export const nodes: Exporter = {
  ...TABLE,
  name: 'nodes',
  summary: 'the network of members as a table: one row a member',
  extension: 'nodes.csv',
  delivery: 'stdout',
  render: (threads, about) => csvOf(NODE_COLUMNS, networkOf(threads, about).nodes, about),
}

/** One row an edge. */
export const edges: Exporter = {
  ...TABLE,
  name: 'edges',
  summary: 'who answers whom as a table: one row a reply',
  extension: 'edges.csv',
  delivery: 'stdout',
  render: (threads, about) => csvOf(EDGE_COLUMNS, networkOf(threads, about).edges, about),
}

/** Both tables. */
export const network: Exporter = {
  ...TABLE,
  name: 'network',
  summary: 'nodes.csv and edges.csv in a folder',
  extension: 'network',
  delivery: 'folder',
  render() {
    throw new UsageError('network is a folder of two tables.', 'Name a folder: -o NAME/ or one of them: -f edges')
  },
  *files(threads: Iterable<StoredThread>, about) {
    const whole: Network = networkOf(threads, about)
    yield { name: 'nodes.csv', body: csvOf(NODE_COLUMNS, whole.nodes, about) }
    yield { name: 'edges.csv', body: csvOf(EDGE_COLUMNS, whole.edges, about) }
    yield { name: 'README.txt', body: [`${networkWords(whole)}\n`] }
  },
}
