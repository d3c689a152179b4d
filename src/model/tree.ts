import type { KeptPost, PostNode } from './archive.js'

/**
 * Nests flat posts by `parentId`, siblings in `compare` order. A post whose parent is absent (or whose ancestors form a
 * circle, which no site should send) becomes a root, so that each post appears exactly once. No recursion: any depth works.
 */
export function replyTree(posts: readonly KeptPost[], compare: (a: KeptPost, b: KeptPost) => number): PostNode[] {
  const nodes = new Map(posts.map(post => [post.id, { post, depth: 0, position: 0, replies: [] } as PostNode]))
  const roots: PostNode[] = []
  for (const node of [...nodes.values()].sort((a, b) => compare(a.post, b.post))) {
    const parent = parentOf(node, nodes)
    ;(parent ? parent.replies : roots).push(node)
  }
  for (const [position, node] of [...preOrder(roots)].entries()) {
    node.position = position
    for (const reply of node.replies) reply.depth = node.depth + 1
  }
  return roots
}

function parentOf(node: PostNode, nodes: ReadonlyMap<string, PostNode>): PostNode | undefined {
  const direct = nodes.get(node.post.parentId ?? '')
  const seen = new Set([node.post.id])
  for (let up = direct; up; up = nodes.get(up.post.parentId ?? '')) {
    if (seen.has(up.post.id)) return undefined
    seen.add(up.post.id)
  }
  return direct
}

/** Parents before their replies, siblings in their order. */
export function* preOrder(roots: readonly PostNode[]): Generator<PostNode> {
  const stack = [...roots].reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node
    for (let at = node.replies.length - 1; at >= 0; at--) stack.push(node.replies[at] as PostNode)
  }
}
