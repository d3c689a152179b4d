import type { When } from '../../model/discussion.js'
import { instant, seconds } from '../../model/time.js'
import type { Edge } from './network.js'
import type { Node } from './nodes.js'
import type { Relation } from './options.js'

/** Where a post is: id of its thread, and slug of the group. */
export interface InThread {
  thread: string
  group: string | null
}

/** Edges of one post each. They are kept column by column, which takes some 80 bytes an edge; an object is made when it is walked. */
export class EdgeList implements Iterable<Edge> {
  private readonly sources: Node[] = []
  private readonly targets: Node[] = []
  private readonly relations: Relation[] = []
  private readonly posts: string[] = []
  private readonly places: InThread[] = []
  /** Unix seconds; NaN: not known. */
  private readonly from: number[] = []
  private readonly to: number[] = []

  push(
    relation: Relation,
    source: Node,
    target: Node,
    { id, when }: { id: string; when: When },
    place: InThread,
  ): void {
    this.relations.push(relation)
    this.sources.push(source)
    this.targets.push(target)
    this.posts.push(id)
    this.places.push(place)
    this.from.push(when.from === null ? Number.NaN : seconds(when.from))
    this.to.push(when.to === null ? Number.NaN : seconds(when.to))
  }

  *[Symbol.iterator](): Generator<Edge> {
    for (const [at, source] of this.sources.entries()) {
      const when = { from: instant(this.from[at] as number), to: instant(this.to[at] as number) }
      const post = { id: this.posts[at] as string, ...(this.places[at] as InThread) }
      yield {
        source,
        target: this.targets[at] as Node,
        relation: this.relations[at] as Relation,
        weight: 1,
        when,
        post,
      }
    }
  }
}
