import type { When } from '../../model/discussion.js'
import { NumberList } from '../../model/reports/number-list.js'
import { instant, seconds } from '../../model/time.js'
import type { Edge } from './network.js'
import type { Node } from './nodes.js'
import { RELATIONS, type Relation } from './options.js'

/** Where a post is: id of its thread, and slug of the group. */
export interface InThread {
  thread: string
  group: string | null
}

/** Packs two numbers below it into one without loss. */
const RADIX = 2 ** 26

/** Edges of one post each. They are kept as numbers, column by column, which takes 40 bytes an edge; an object is made when it is walked. */
export class EdgeList implements Iterable<Edge> {
  private readonly nodes: Node[] = []
  private readonly numbers = new Map<Node, number>()
  private readonly places: InThread[] = []
  /** Numbers of source and target. */
  private readonly ends = new NumberList()
  /** Numbers of the place and of the relation. */
  private readonly kinds = new NumberList()
  /** Ids of posts; NaN: it is among `words`. */
  private readonly posts = new NumberList()
  /** Ids that are no plain numbers, by the number of the edge. */
  private readonly words = new Map<number, string>()
  /** Unix seconds; NaN: not known. */
  private readonly from = new NumberList()
  private readonly to = new NumberList()

  push(
    relation: Relation,
    source: Node,
    target: Node,
    { id, when }: { id: string; when: When },
    place: InThread,
  ): void {
    // The edges of a thread come one after the other.
    if (this.places.at(-1) !== place) this.places.push(place)
    const isPlain = String(Number(id)) === id
    if (!isPlain) this.words.set(this.posts.length, id)
    this.posts.push(isPlain ? Number(id) : Number.NaN)
    this.ends.push(this.numberOf(source) * RADIX + this.numberOf(target))
    this.kinds.push((this.places.length - 1) * RADIX + RELATIONS.indexOf(relation))
    this.from.push(when.from === null ? Number.NaN : seconds(when.from))
    this.to.push(when.to === null ? Number.NaN : seconds(when.to))
  }

  private numberOf(node: Node): number {
    const known = this.numbers.get(node)
    if (known !== undefined) return known
    this.numbers.set(node, this.nodes.length)
    return this.nodes.push(node) - 1
  }

  *[Symbol.iterator](): Generator<Edge> {
    for (let at = 0; at < this.posts.length; at++) {
      const [source, target] = parts(this.ends.at(at))
      const [place, relation] = parts(this.kinds.at(at))
      yield {
        source: this.nodes[source] as Node,
        target: this.nodes[target] as Node,
        relation: RELATIONS[relation] as Relation,
        weight: 1,
        when: { from: instant(this.from.at(at)), to: instant(this.to.at(at)) },
        post: { id: this.words.get(at) ?? String(this.posts.at(at)), ...(this.places[place] as InThread) },
      }
    }
  }
}

const parts = (packed: number): [number, number] => [Math.floor(packed / RADIX), packed % RADIX]
