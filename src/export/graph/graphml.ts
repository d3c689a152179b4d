import { type Exporter, NOTICES } from '../exporter.js'
import type { Column } from '../table/column.js'
import { element, textElement } from '../xml.js'
import { EDGE_COLUMNS, NODE_COLUMNS } from './columns.js'
import type { Network } from './network.js'
import { NETWORK_OPTIONS } from './options.js'
import { networkOf } from './read-network.js'
import { networkWords } from './words.js'

/** The attributes that GraphML has itself. */
const ITS_OWN = ['id', 'source', 'target']

const NODE_KEYS = NODE_COLUMNS.filter(({ name }) => !ITS_OWN.includes(name))
const EDGE_KEYS = EDGE_COLUMNS.filter(({ name }) => !ITS_OWN.includes(name))

/** A directed graph for igraph, NetworkX, Gephi and Cytoscape. */
export const graphml: Exporter = {
  name: 'graphml',
  summary: 'the network of members for igraph, NetworkX and Gephi',
  extension: 'graphml',
  scope: 'archive',
  delivery: 'stdout',
  leavesOut: NOTICES,
  options: NETWORK_OPTIONS,
  render: (threads, about) => documentOf(networkOf(threads, about)),
}

function* documentOf(network: Network): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
  for (const column of NODE_KEYS) yield keyOf(column, 'node')
  for (const column of EDGE_KEYS) yield keyOf(column, 'edge')
  yield '<graph id="network" edgedefault="directed">\n'
  yield `${textElement('desc', networkWords(network))}\n`
  for (const node of network.nodes) yield `${element('node', { id: node.id }, ...dataOf(node, NODE_KEYS, 'node'))}\n`
  let number = 0
  for (const edge of network.edges) {
    const ends = { id: `e${++number}`, source: edge.source.id, target: edge.target.id }
    yield `${element('edge', ends, ...dataOf(edge, EDGE_KEYS, 'edge'))}\n`
  }
  yield '</graph>\n</graphml>\n'
}

type Domain = 'node' | 'edge'

/** The declaration of an attribute, with its meaning. */
function keyOf<Row>({ name, type, meaning }: Column<Row>, domain: Domain): string {
  const kind = type === 'number' ? 'long' : 'string'
  const attributes = { id: `${domain}_${name}`, for: domain, 'attr.name': name, 'attr.type': kind }
  return `${element('key', attributes, textElement('desc', meaning))}\n`
}

function* dataOf<Row>(row: Row, columns: readonly Column<Row>[], domain: Domain): Generator<string> {
  for (const { name, value } of columns) {
    const given = value(row)
    if (given !== null) yield textElement('data', String(given), { key: `${domain}_${name}` })
  }
}
