import type { PostNode, StoredGroup, StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { ShownStatus } from '../exporter.js'
import { singleDate } from '../record.js'
import { isPlaceShown } from '../shown.js'

/** A post, its thread and the address of its parent; null: the parent is not held, or there is none. */
export interface FeedPost {
  node: PostNode
  thread: StoredThread
  parentUrl: string | null
  date: Instant
}

/** The newest posts of many threads, and what these threads have in common. No more than twice as many posts are in memory. */
export class NewestPosts {
  private posts: FeedPost[] = []
  /** Older posts are not among the newest any more. */
  private oldest: Instant = ''
  readonly sites = new Set<string>()
  /** By site and slug; no more than two, because only one group can give the feed its name. */
  readonly groups = new Map<string, StoredGroup | null>()

  constructor(
    private readonly limit: number,
    private readonly status: ShownStatus,
  ) {}

  add(thread: StoredThread): void {
    this.sites.add(thread.site)
    if (this.groups.size < 2) this.groups.set(`${thread.site} ${thread.group?.slug ?? ''}`, thread.group)
    const path: string[] = []
    for (const node of thread.posts) {
      const { post, depth } = node
      const date = singleDate(post)
      path[depth] = post.url
      if (date < this.oldest || !isPlaceShown(node, this.status)) continue
      this.posts.push({ node, thread, date, parentUrl: path[depth - 1] ?? null })
      if (this.posts.length >= 2 * this.limit) this.forgetOld()
    }
  }

  /** Newest first. */
  sorted(): readonly FeedPost[] {
    this.forgetOld()
    return this.posts
  }

  private forgetOld(): void {
    this.posts = this.posts.sort(byDate).slice(0, this.limit)
    if (this.posts.length === this.limit) this.oldest = this.posts.at(-1)?.date ?? ''
  }
}

/** Posts of one second in an order of their own, so that the same archive gives the same feed. */
const byDate = (a: FeedPost, b: FeedPost): number =>
  compare(b.date, a.date) ||
  compare(a.thread.site, b.thread.site) ||
  compare(b.node.post.id.padStart(20, '0'), a.node.post.id.padStart(20, '0'))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
