import type { When } from '../../model/discussion.js'
import type { Node } from './nodes.js'
import type { Relation } from './options.js'

/** A tie from one node to another. */
export interface Edge {
  source: Node
  target: Node
  relation: Relation
  /** Number of posts that it is made of. */
  weight: number
  /** Date of the post; of several: the interval that they are in. */
  when: When
  /** The post that it is made of, with the id of its thread and the slug of its group; null: it is made of several. */
  post: { id: string; thread: string; group: string | null } | null
}

/** What became no edge, and what became a special one. Numbers of posts; of `names`, of @names. */
export interface NetworkCounts {
  replies: number
  /** Replies to oneself: edges from a node to itself. */
  loops: number
  mentions: number
  /** Replies to a post that is not held. */
  withoutParent: number
  /** Replies and mentions of or to an author who is not known. */
  unknown: number
  /** The same for authors who were erased from the archive. */
  erased: number
  /** @names without a link that are the slug of no node. */
  names: number
}

/** Members, groups and their ties in some threads. */
export interface Network {
  relations: readonly Relation[]
  nodes: readonly Node[]
  /** Made while they are walked; as often as wanted. */
  edges: Iterable<Edge>
  counts: NetworkCounts
}
