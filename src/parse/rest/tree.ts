import { ACTIVITY, type Activity, checked } from './objects.js'

/** One reply with the place where the answer nests it. */
export interface NestedReply {
  activity: Activity
  /** Id of the reply or post above it in the answer. */
  nestedIn: string
  /** As the site's database says, where that reply is in this answer too; else where it is nested. */
  parent: string
  /** The database's parent is in this answer. */
  named: boolean
}

/** A thread: its opening post and all replies, parents before their replies. */
export interface Tree {
  root: Activity
  replies: NestedReply[]
  /** Why it can't be all there is; undefined: nothing speaks against it. */
  doubt?: string
  /** Parents that are named and not in the answer. */
  missing: string[]
}

/** Any depth: a stack, no recursion. An id that comes again is read once, so that no post can hang on itself. */
export function treeOf(root: Activity, where: string): Tree {
  const replies: NestedReply[] = []
  const seen = new Set([root.id])
  const stack = childrenOf(root, where)
  for (let next = stack.pop(); next; next = stack.pop()) {
    const activity = checked(ACTIVITY, next.value, next.where)
    if (!seen.has(activity.id)) replies.push({ activity, nestedIn: next.above, parent: next.above, named: false })
    seen.add(activity.id)
    stack.push(...childrenOf(activity, next.where))
  }
  nameParents(replies, seen)
  const doubt = doubtOf(root, replies)
  const missing = [...new Set(replies.map(reply => reply.activity.secondary_item_id).filter(id => !seen.has(id)))]
  return { root, replies: parentsFirst(root.id, replies), missing, ...(doubt ? { doubt } : {}) }
}

/** Last first, so that a stack gives them back in order. */
const childrenOf = (above: Activity, where: string) =>
  (above.comments ?? []).map((value, at) => ({ value, above: above.id, where: `${where}.comments.${at}` })).reverse()

/**
 * `secondary_item_id` is the parent, whatever the nesting says: a reply whose parent is dated later, or comes later, stands
 * at the root (class-bp-activity-activity.php, get_activity_comments). Where the parent is spam or deleted, the nesting is all there is.
 */
function nameParents(replies: NestedReply[], seen: ReadonlySet<string>): void {
  for (const reply of replies) {
    const named = reply.activity.secondary_item_id
    reply.named = seen.has(named) && named !== reply.activity.id
    if (reply.named) reply.parent = named
  }
}

/** BuddyPress counts the direct replies, BuddyBoss all of them. A count above the number of replies shown is a hole in either case. */
const doubtOf = (
  { comment_count: counted = 0 }: Activity,
  { length: shown }: readonly NestedReply[],
): string | undefined => (counted > shown ? `${counted} replies are counted, ${shown} are shown` : undefined)

/** Parents before their replies. What only hangs on itself, in a circle, is put where the answer nests it. */
function parentsFirst(root: string, replies: readonly NestedReply[]): NestedReply[] {
  const below = new Map<string, NestedReply[]>()
  for (const reply of replies) below.set(reply.parent, [...(below.get(reply.parent) ?? []), reply])
  const ordered = walk(root, below)
  const reached = new Set(ordered)
  const circling = replies.filter(reply => !reached.has(reply))
  for (const reply of circling) Object.assign(reply, { parent: reply.nestedIn, named: false })
  return [...ordered, ...circling]
}

function walk(root: string, below: ReadonlyMap<string, NestedReply[]>): NestedReply[] {
  const ordered: NestedReply[] = []
  const stack = [...(below.get(root) ?? [])].reverse()
  for (let next = stack.pop(); next; next = stack.pop()) {
    ordered.push(next)
    stack.push(...[...(below.get(next.activity.id) ?? [])].reverse())
  }
  return ordered
}

/** Rows of a flat list, which stand in the order of their dates: parents before their replies, else as they stand. */
export function sortedParentsFirst<Row extends { id: string; parentId: string | null | undefined }>(
  rows: readonly Row[],
): Row[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const ordered = new Set<Row>()
  for (const row of rows) {
    const path: Row[] = []
    for (let at: Row | undefined = row; at && !ordered.has(at) && !path.includes(at); at = byId.get(at.parentId ?? ''))
      path.push(at)
    for (const one of path.reverse()) ordered.add(one)
  }
  return [...ordered]
}
