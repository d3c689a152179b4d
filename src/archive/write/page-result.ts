import type { HeldReplies, ShortThread } from '../sync/reply-counts.js'
import type { ThreadRow } from '../sync/thread-refs.js'

/** What saving a page changed, and what the plan needs to know about it. */
export interface PageResult {
  newPosts: number
  changedPosts: number
  /** Posts of earlier runs of which more is known now, such as a narrower date. */
  improvedPosts: number
  /** Posts of the page, without those in `leftOut`. */
  posts: number
  /** Those of them that this run, and that this run has not seen for this target before. */
  firstInRun: number
  firstInPass: number
  /** Opening posts and stream items that no earlier list page of this pass has shown. */
  fresh: number
  /**
   * Opening posts and stream items that an earlier page of this pass has shown. Repeats mean that new posts have moved items to
   * later pages. An item that only its own thread page has shown counts as fresh and as repeated.
   */
  repeated: number
  /** Replies that only a permalink page shows: spam (reference 11.1, 6). */
  leftOut: number
  /** Row id of the group that the page shows, or that the task belongs to; null: none. */
  group: number | null
  /** True if the archive holds live posts of the group that this reader must have seen, so that a group that was closed is reported. */
  groupSeen: boolean
  /** True if a read-more response does not continue the shortened text: the site sent a message instead. */
  textRefused: boolean
  /** Stored name of the group; null: no group, or not known. */
  groupName: string | null
  /** Stored status of the group (`public`, `private`, `hidden`), so that a login form in place of a public group counts as a failure. */
  groupStatus: string | null
  /** Sentences about what the page says and what can't be, such as a parent in another thread: none of it was stored. */
  contradictions: string[]
  /** Sentences about ids that the site has given to another post: author, date and text all differ. */
  reusedIds: string[]
  /** Threads of which this page counts more replies than are held; absent: it counts none. */
  short?: ShortThread[]
  /** A feed to compare posts with: ids of those that the archive does not hold. */
  absent?: string[]
  /** A feed to compare posts with: threads that are on no list, and that it does not have any more. */
  dropped?: ThreadRow[]
  /** A feed whose posts are stored: ids of the threads whose own pages are to be read. */
  unviewed?: string[]
  /** A list of topics: ids of those that the archive does not hold as the list shows them. */
  changedTopics?: string[]
  /** Number of live topics of its group that the archive holds; absent: it is in no group. */
  heldTopics?: number
  /** Set if the thread was requested because the site counts more replies of it than were held: what is held now. */
  replies?: HeldReplies | null
}

export const emptyResult = (): PageResult => ({
  ...{
    newPosts: 0,
    changedPosts: 0,
    improvedPosts: 0,
    posts: 0,
    firstInRun: 0,
    firstInPass: 0,
    fresh: 0,
    repeated: 0,
    leftOut: 0,
  },
  ...{
    group: null,
    groupName: null,
    groupStatus: null,
    groupSeen: false,
    textRefused: false,
    contradictions: [],
    reusedIds: [],
  },
})

/** The result of a page that was saved as several: numbers add up, lists are joined, and the rest is that of the first. */
export function joinedResults([first, ...others]: readonly PageResult[]): PageResult {
  if (first && others.length === 0) return first
  const joined = { ...emptyResult(), ...first }
  for (const one of others) {
    for (const name of COUNTS) joined[name] += one[name]
    joined.contradictions = [...joined.contradictions, ...one.contradictions]
    joined.reusedIds = [...joined.reusedIds, ...one.reusedIds]
    if (joined.group === null) joined.groupName = one.groupName
    joined.group ??= one.group
  }
  return joined
}

const COUNTS = [
  'newPosts',
  'changedPosts',
  'improvedPosts',
  'posts',
  'firstInRun',
  'firstInPass',
  'fresh',
  'repeated',
  'leftOut',
] as const

/**
 * How far a page is trusted. A `stream` decides which replies belong to a thread and who their parents are. A `permalink` page also
 * shows spam replies: once a stream has shown the whole thread, a permalink page only adds texts and newer replies.
 */
export type Authority = 'stream' | 'permalink'
