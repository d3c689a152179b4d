import type { Edge, Network } from './network.js'
import type { Node } from './nodes.js'

/** The part of a network that fits into a picture. */
export interface Shown {
  nodes: readonly Node[]
  /** Ties between two of these nodes, the heaviest first; none leads from a node to itself. */
  edges: readonly Edge[]
  /** Posts of the ties that are not among them, without those to oneself. */
  otherPosts: number
  /** Posts of the ties of nodes to themselves. */
  loops: number
}

/** The most active nodes: those with most posts, then those with most ties. */
export function mostActive(network: Network, most: number): Shown {
  const edges = [...network.edges]
  const ties = new Map<Node, number>()
  for (const { source, target, weight } of edges)
    for (const node of [source, target]) ties.set(node, (ties.get(node) ?? 0) + weight)
  const tiesOf = (node: Node) => ties.get(node) ?? 0
  const nodes = network.nodes
    .filter(node => node.posts + tiesOf(node) > 0)
    .sort((a, b) => b.posts - a.posts || tiesOf(b) - tiesOf(a) || compare(a.id, b.id))
    .slice(0, most)
  const chosen = new Set(nodes)
  const between = edges.filter(({ source, target }) => source !== target)
  const shown = between.filter(({ source, target }) => chosen.has(source) && chosen.has(target))
  return {
    nodes,
    edges: shown.sort((a, b) => b.weight - a.weight || compare(keyOf(a), keyOf(b))),
    otherPosts: weightOf(between) - weightOf(shown),
    loops: weightOf(edges) - weightOf(between),
  }
}

const weightOf = (edges: readonly Edge[]): number => edges.reduce((sum, { weight }) => sum + weight, 0)

const keyOf = ({ source, target, relation }: Edge): string => `${source.id} ${target.id} ${relation}`

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
