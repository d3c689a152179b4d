import type { PostNode } from './archive.js'

/** What places a post in its thread. */
interface Placeable {
  id: string | number
  parentId: string | number | null
}

interface TreeNode<Post> {
  post: Post
  depth: number
  /** Null: none, which most of 100,000 posts have. */
  replies: TreeNode<Post>[] | null
  isLast: boolean
  /** Number of the walk that came by first; 0: none. */
  walk: number
}

/**
 * The posts of the thread with this id in pre-order: the opening post first, parents before their replies, siblings in `compare` order.
 * A post whose parent is absent becomes a root, and so does one post of each cycle of parents: each post appears exactly once.
 */
export function replyOrder<Post extends Placeable>(
  posts: readonly Post[],
  compare: (a: Post, b: Post) => number,
  thread: Post['id'],
): PostNode<Post>[] {
  const ordered: PostNode<Post>[] = []
  // A stack instead of recursion, so that any depth works.
  const stack = reversed(rootsOf(posts, compare, thread), 0)
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { post, depth, replies, isLast } = node
    ordered.push({ post, depth, position: ordered.length, replies: replies?.length ?? 0, isLast })
    if (replies) for (const reply of reversed(replies, depth + 1)) stack.push(reply)
  }
  return ordered
}

/** Siblings with their depth, the last one first. */
function reversed<Post>(siblings: readonly TreeNode<Post>[], depth: number): TreeNode<Post>[] {
  for (const node of siblings) node.depth = depth
  const last = siblings.at(-1)
  if (last) last.isLast = true
  return siblings.toReversed()
}

function rootsOf<Post extends Placeable>(
  posts: readonly Post[],
  compare: (a: Post, b: Post) => number,
  thread: Post['id'],
): TreeNode<Post>[] {
  const nodes = new Map<Post['id'], TreeNode<Post>>()
  for (const post of posts) nodes.set(post.id, { post, depth: 0, replies: null, isLast: false, walk: 0 })
  const cuts = cycleCuts(nodes)
  const roots: TreeNode<Post>[] = []
  for (const node of [...nodes.values()].sort((a, b) => compare(a.post, b.post))) {
    const parent = cuts.has(node) ? undefined : nodes.get(node.post.parentId ?? '')
    if (parent) parent.replies ??= []
    ;(parent?.replies ?? roots).push(node)
  }
  const opening = roots.find(({ post }) => post.id === thread) ?? roots.find(({ post }) => post.parentId === null)
  return opening ? [opening, ...roots.filter(root => root !== opening)] : roots
}

/** One post of each cycle of parents. Visits each post once, so that chains of thousands stay fast. */
function cycleCuts<Post extends Placeable>(nodes: ReadonlyMap<Post['id'], TreeNode<Post>>): Set<TreeNode<Post>> {
  const cuts = new Set<TreeNode<Post>>()
  let walk = 0
  for (const start of nodes.values()) {
    walk++
    let node: TreeNode<Post> | undefined = start
    for (; node?.walk === 0; node = nodes.get(node.post.parentId ?? '')) node.walk = walk
    if (node?.walk === walk) cuts.add(node)
  }
  return cuts
}
