import { VERSION } from '../../model/version.js'
import { type Exporter, NOTICES } from '../exporter.js'
import type { Column } from '../table/column.js'
import { element, textElement } from '../xml.js'
import { EDGE_COLUMNS, NODE_COLUMNS } from './columns.js'
import type { Edge, Network } from './network.js'
import type { Node } from './nodes.js'
import { NETWORK_OPTIONS } from './options.js'
import { networkOf } from './read-network.js'
import { networkWords, relationWords } from './words.js'

/** The attributes that GEXF has itself. */
const ITS_OWN = ['id', 'label', 'source', 'target', 'weight']

const NODE_ATTRIBUTES = NODE_COLUMNS.filter(({ name }) => !ITS_OWN.includes(name))
const EDGE_ATTRIBUTES = EDGE_COLUMNS.filter(({ name }) => !ITS_OWN.includes(name))

/** The same with dates, in the version 1.2draft: NetworkX refuses 1.3, and knows no other time format than `date`. */
export const gexf: Exporter = {
  name: 'gexf',
  summary: 'the same with dated edges, for the timeline of Gephi',
  extension: 'gexf',
  scope: 'archive',
  delivery: 'stdout',
  leavesOut: NOTICES,
  options: NETWORK_OPTIONS,
  render: (threads, about) => documentOf(networkOf(threads, about)),
}

function* documentOf(network: Network): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
  yield `${element('meta', {}, ...metaOf(network))}\n`
  yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
  yield attributesOf('node', NODE_ATTRIBUTES)
  yield attributesOf('edge', EDGE_ATTRIBUTES)
  yield '<nodes>\n'
  for (const node of network.nodes) yield nodeOf(node)
  yield '</nodes>\n<edges>\n'
  let number = 0
  for (const edge of network.edges) yield edgeOf(edge, ++number)
  yield '</edges>\n</graph>\n</gexf>\n'
}

const metaOf = (network: Network): string[] => [
  textElement('creator', `threadkeep ${VERSION}`),
  textElement('keywords', relationWords(network.relations)),
  textElement('description', networkWords(network)),
]

const attributesOf = <Row>(kind: 'node' | 'edge', columns: readonly Column<Row>[]): string => {
  const declared = columns.map(({ name, type }, at) =>
    element('attribute', { id: String(at), title: name, type: type === 'number' ? 'integer' : 'string' }),
  )
  return `${element('attributes', { class: kind, mode: 'static' }, ...declared)}\n`
}

const nodeOf = (node: Node): string =>
  `${element('node', { id: node.id, label: node.label }, valuesOf(node, NODE_ATTRIBUTES))}\n`

/** It exists from the date of its post on: of an interval from its beginning. Without a date it exists always. */
function edgeOf(edge: Edge, number: number): string {
  const { source, target, weight, when } = edge
  const ends = { id: `e${number}`, source: source.id, target: target.id, weight: String(weight) }
  return `${element('edge', { ...ends, start: when.from ?? when.to }, valuesOf(edge, EDGE_ATTRIBUTES))}\n`
}

function valuesOf<Row>(row: Row, columns: readonly Column<Row>[]): string {
  const values = columns.map(({ value }, at) => {
    const given = value(row)
    return given === null ? '' : element('attvalue', { for: String(at), value: String(given) })
  })
  return element('attvalues', {}, ...values)
}
