import type { StoredPost, StoredThread } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import type { ExportContext } from '../exporter.js'
import { EdgeList, type InThread } from './edge-list.js'
import { namedIn } from './mentions.js'
import type { Edge, Network, NetworkCounts } from './network.js'
import { type Node, Nodes, spanning } from './nodes.js'
import { isWeighted, type Relation, relationsOf } from './options.js'
import { isMember, type Placed, placedPosts, type Writer } from './placed-posts.js'

/** Walks the threads once. Nodes and edges are in memory; posts are not. */
export function networkOf(threads: Iterable<StoredThread>, about: Pick<ExportContext, 'status' | 'options'>): Network {
  const builder = new NetworkBuilder(relationsOf(about.options), isWeighted(about.options))
  for (const thread of threads) {
    const place = { thread: thread.id, group: thread.group?.slug ?? null }
    for (const placed of placedPosts(thread, about.status)) builder.add(placed, thread, place)
  }
  return builder.network()
}

class NetworkBuilder {
  private readonly nodes = new Nodes()
  private readonly edges = new EdgeList()
  /** Edges that stand for several posts. */
  private readonly pairs = new Map<string, Edge>()
  private readonly counts: NetworkCounts = {
    ...{ replies: 0, loops: 0, mentions: 0, withoutParent: 0, unknown: 0, erased: 0, names: 0 },
  }

  constructor(
    private readonly relations: readonly Relation[],
    private readonly weighted: boolean,
  ) {}

  add(placed: Placed, { site, group }: StoredThread, place: InThread): void {
    const { post, writer, above } = placed
    const source = isMember(writer) ? this.nodes.member(site, writer) : null
    const inGroup = group && this.has('membership') ? this.nodes.group(site, group) : null
    for (const node of [source, inGroup]) if (node) wrote(node, post.when, above === 'opening')
    const tie = (relation: Relation, target: Node) => this.addEdge(relation, source, target, post, place)
    if (this.has('reply') && above !== 'opening') this.addReply(placed, site, tie)
    if (this.has('mention')) this.addMentions(placed, site, tie)
    if (inGroup && source) this.addPair('membership', source, inGroup, post, null)
  }

  private has(relation: Relation): boolean {
    return this.relations.includes(relation)
  }

  private addReply({ writer, above }: Placed, site: string, tie: Tie): void {
    if (above === 'missing' || above === 'opening') this.counts.withoutParent++
    else if (!isMember(writer) || !isMember(above)) this.leaveOut(writer, above)
    else {
      const target = this.nodes.member(site, above)
      this.counts.replies++
      if (target === this.nodes.member(site, writer)) this.counts.loops++
      tie('reply', target)
    }
  }

  /** A link shows that the member exists. An @name alone may be a member that a later post shows. */
  private addMentions({ post, writer }: Placed, site: string, tie: Tie): void {
    const { linked, bare } = namedIn(post)
    if (linked.size + bare.size === 0) return
    if (isMember(writer)) {
      for (const [slug, url] of linked) tie('mention', this.nodes.member(site, { id: null, slug, name: null, url }))
      for (const slug of bare) tie('mention', this.nodes.candidate(site, slug))
    } else this.leaveOut(writer)
  }

  private leaveOut(...writers: Writer[]): void {
    this.counts[writers.includes('erased') ? 'erased' : 'unknown']++
  }

  private addEdge(relation: Relation, source: Node | null, target: Node, post: StoredPost, place: InThread): void {
    if (!source) return
    if (this.weighted) this.addPair(relation, source, target, post, place)
    else this.edges.push(relation, source, target, post, place)
  }

  private addPair(
    relation: Relation,
    source: Node,
    target: Node,
    { id, when }: StoredPost,
    place: InThread | null,
  ): void {
    const key = `${relation} ${source.id} ${target.id}`
    const known = this.pairs.get(key)
    if (known) Object.assign(known, { weight: known.weight + 1, when: spanning(known.when, when), post: null })
    else this.pairs.set(key, { relation, source, target, weight: 1, when, post: place && { id, ...place } })
  }

  network(): Network {
    const { nodes, counts, relations } = this
    const all = { [Symbol.iterator]: () => this.all() }
    for (const { relation, weight } of all) if (relation === 'mention') counts.mentions += weight
    for (const { relation, weight } of this.unchecked()) if (relation === 'mention') counts.names += weight
    counts.names -= counts.mentions
    return { relations, nodes: [...nodes.all()], edges: all, counts }
  }

  /** Without those to an @name that turned out to be no member. */
  private *all(): Generator<Edge> {
    for (const edge of this.unchecked()) {
      const target = this.nodes.known(edge.target)
      if (target) yield { ...edge, target }
    }
  }

  private *unchecked(): Generator<Edge> {
    yield* this.edges
    yield* this.pairs.values()
  }
}

/** Adds an edge from the author of the post that is looked at. */
type Tie = (relation: Relation, target: Node) => void

function wrote(node: Node, when: When, isOpening: boolean): void {
  node.posts++
  if (isOpening) node.threads++
  node.when = spanning(node.when, when)
}
