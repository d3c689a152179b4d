import type { PostNode, StoredPost } from './archive.js'

/**
 * Nests posts by `parentId`, with siblings in `compare` order. A post whose parent is absent becomes a root, and so does one post of
 * each cycle of parents: each post appears exactly once. Without recursion, so that any depth works.
 */
export function replyTree(posts: readonly StoredPost[], compare: (a: StoredPost, b: StoredPost) => number): PostNode[] {
  const nodes = new Map(posts.map(post => [post.id, { post, depth: 0, position: 0, replies: [] } as PostNode]))
  const cut = cycleCuts(nodes)
  const roots: PostNode[] = []
  for (const node of [...nodes.values()].sort((a, b) => compare(a.post, b.post))) {
    const parent = cut.has(node) ? undefined : nodes.get(node.post.parentId ?? '')
    ;(parent ? parent.replies : roots).push(node)
  }
  for (const [position, node] of [...preOrder(roots)].entries()) {
    node.position = position
    for (const reply of node.replies) reply.depth = node.depth + 1
  }
  return roots
}

/** One post of each cycle of parents. Visits each post once, so that chains of thousands stay fast. */
function cycleCuts(nodes: ReadonlyMap<string, PostNode>): Set<PostNode> {
  const cuts = new Set<PostNode>()
  const safe = new Set<PostNode>()
  for (const start of nodes.values()) {
    const path = new Set<PostNode>()
    let node: PostNode | undefined = start
    while (node && !safe.has(node) && !path.has(node)) {
      path.add(node)
      node = nodes.get(node.post.parentId ?? '')
    }
    if (node && path.has(node)) cuts.add(node)
    for (const walked of path) safe.add(walked)
  }
  return cuts
}

/** All posts: parents before their replies, siblings in order. */
export function* preOrder(roots: readonly PostNode[]): Generator<PostNode> {
  const stack = [...roots].reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node
    for (let at = node.replies.length - 1; at >= 0; at--) stack.push(node.replies[at] as PostNode)
  }
}
