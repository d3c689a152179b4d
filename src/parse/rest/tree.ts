import { type Activity, activityOf, commentsOf } from './activity.js'

/** One reply with its position in the nesting of the response. */
interface NestedReply {
  activity: Activity
  /** Id of the post that contains it in the response. */
  nestedIn: string
  /** Id of the parent in the site's database, if the response holds the parent; else `nestedIn`. */
  parent: string
  /** The response holds the parent of the database. */
  named: boolean
}

/** A thread: its opening post and all replies, parents before their replies. */
export interface ActivityTree {
  root: Activity
  replies: NestedReply[]
  /** Why the response cannot hold all replies; undefined if nothing shows this. */
  doubt?: string
  /** Ids of parents that replies name and the response does not hold. */
  missing: string[]
  /** Number of replies without a valid id, which nothing can refer to. */
  unread: number
}

/**
 * Reads the nested replies of a thread, without recursion because of their depth. A repeated id is read once, so that no post can be
 * below itself. The replies of an invalid one count as replies to the post above it, unless they name another parent. The lists of
 * comments are emptied on the way: the objects of 100,000 replies need as much memory as what is read of them.
 */
export function activityTree(root: Activity): ActivityTree {
  const replies: NestedReply[] = []
  const seen = new Set([root.id])
  const stack: NestedObject[] = []
  let unread = 0
  pushComments(root.id, root.comments, stack)
  for (let next = stack.pop(); next; next = stack.pop()) {
    const activity = activityOf(next.value)
    if (!activity) unread++
    pushComments(activity?.id ?? next.parent, activity ? activity.comments : commentsOf(next.value), stack)
    if (activity && !seen.has(activity.id))
      replies.push({ activity, nestedIn: next.parent, parent: next.parent, named: false })
    if (activity) seen.add(activity.id)
  }
  nameParents(replies, seen)
  const doubt = doubtOf(root, replies)
  const isUnseen = (id: string) => id !== '0' && !seen.has(id)
  const missing = [...new Set(replies.map(reply => reply.activity.secondary_item_id).filter(isUnseen))]
  return { root, replies: parentsFirst(root.id, replies), missing, unread, ...(doubt ? { doubt } : {}) }
}

interface NestedObject {
  value: unknown
  parent: string
}

/** Moves the last child first, so that the stack returns the children in order. */
function pushComments(parent: string, comments: unknown[], stack: NestedObject[]): void {
  while (comments.length > 0) stack.push({ value: comments.pop(), parent })
}

/**
 * Sets the parents by `secondary_item_id`, not by the nesting: BuddyPress nests a reply below the opening post if its parent has a
 * later date or position (class-bp-activity-activity.php, get_activity_comments). If the parent is spam or deleted, the nesting
 * decides.
 */
function nameParents(replies: NestedReply[], seen: ReadonlySet<string>): void {
  for (const reply of replies) {
    const named = reply.activity.secondary_item_id
    reply.named = seen.has(named) && named !== reply.activity.id
    if (reply.named) reply.parent = named
  }
}

/** BuddyPress counts direct replies, BuddyBoss all replies. In both cases a count above the number of replies shows that some are missing. */
const doubtOf = (
  { comment_count: counted = 0 }: Activity,
  { length: shown }: readonly NestedReply[],
): string | undefined => (counted > shown ? `${counted} replies are counted, ${shown} are shown` : undefined)

/** Sorts parents before their replies. Replies that form a cycle get the parent that contains them in the response. */
function parentsFirst(root: string, replies: readonly NestedReply[]): NestedReply[] {
  const below = new Map<string, NestedReply[]>()
  for (const reply of replies) {
    const siblings = below.get(reply.parent)
    if (siblings) siblings.push(reply)
    else below.set(reply.parent, [reply])
  }
  const ordered = walk(root, below)
  const reached = new Set(ordered)
  const cyclic = replies.filter(reply => !reached.has(reply))
  for (const reply of cyclic) Object.assign(reply, { parent: reply.nestedIn, named: false })
  return [...ordered, ...cyclic]
}

function walk(root: string, below: ReadonlyMap<string, NestedReply[]>): NestedReply[] {
  const ordered: NestedReply[] = []
  const stack = below.get(root)?.toReversed() ?? []
  for (let next = stack.pop(); next; next = stack.pop()) {
    ordered.push(next)
    for (const reply of below.get(next.activity.id)?.toReversed() ?? []) stack.push(reply)
  }
  return ordered
}

/** The replies of a tree, which lets go of each. */
export function* taken({ replies }: ActivityTree): Generator<NestedReply> {
  replies.reverse()
  for (let next = replies.pop(); next; next = replies.pop()) yield next
}

/** Sorts a flat list, which is in the order of dates: parents before their replies, otherwise in the given order. */
export function sortedParentsFirst<Row extends { id: string; parentId: string | null | undefined }>(
  rows: readonly Row[],
): Row[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const ordered = new Set<Row>()
  for (const row of rows) {
    const path = new Set<Row>()
    for (let at: Row | undefined = row; at && !ordered.has(at) && !path.has(at); at = byId.get(at.parentId ?? ''))
      path.add(at)
    for (const one of [...path].reverse()) ordered.add(one)
  }
  return [...ordered]
}
