import type { Member, Post } from '../../model/discussion.js'
import type { Page, ThreadView } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { PostRow } from '../schema/post-columns.js'
import type { FrontierStore, Pass } from '../sync/frontier.js'
import type { EntityStore } from './entity-writer.js'
import { type Change, PostStore, type Reading, type Ties } from './post-writer.js'

/** What a page brought. */
export interface PageResult {
  newPosts: number
  changedPosts: number
  posts: number
  /**
   * Items of the list that this pass had not seen in a list before, and those that it had seen in any way: repeats tell that
   * posts arrived meanwhile. What only its thread's own page has shown is both.
   */
  fresh: number
  repeated: number
  /** Replies that only a permalink page shows: spam (reference 11.1, 6). */
  leftOut: number
  /** Row id of the group that the page is of, or was asked for. */
  group: number | null
  /** The read-more answer does not begin as the shortened text does: a message of the site came instead. */
  textRefused: boolean
  /** What is known of it: a login form in the place of a public group is no answer. */
  groupStatus: string | null
}

export const NOTHING: PageResult = {
  newPosts: 0,
  changedPosts: 0,
  posts: 0,
  fresh: 0,
  repeated: 0,
  leftOut: 0,
  group: null,
  groupStatus: null,
  textRefused: false,
}

/**
 * What a page may decide. A `stream` says which replies belong to a thread and where they hang; a `permalink` page also
 * prints spam replies, so that it only adds texts once a stream has shown the whole thread.
 */
export type Authority = 'stream' | 'permalink'

export class PageStore {
  private readonly posts: PostStore

  constructor(
    private readonly sql: Statements,
    private readonly entities: EntityStore,
    private readonly frontier: FrontierStore,
  ) {
    this.posts = new PostStore(sql)
  }

  /** Call inside a transaction. The pass tells repeated items from fresh ones. */
  save(page: Page, reading: Reading, authority: Authority, pass: Pass): PageResult {
    const result: PageResult = { ...NOTHING }
    if (page.group) result.group = this.entities.group(reading.site, page.group, reading)
    for (const group of page.groups) this.entities.group(reading.site, group, reading)
    for (const member of page.members ?? []) this.entities.member(reading.site, member, reading)
    if (page.text) this.saveText(page.text, reading, result)
    const known = new Known(this.entities, reading, this.asTold(page.threads, reading))
    for (const [place, post] of page.posts.entries()) {
      const change = this.savePost(post, place, known, reading, authority, pass, result)
      if (change === 'new') result.newPosts++
      if (change === 'changed') result.changedPosts++
    }
    for (const view of page.threads) this.saveView(view, reading, authority, pass)
    return result
  }

  /** Threads whose view shows as many replies as a feed has told since the last one: no spam is among them. */
  private asTold(views: readonly ThreadView[], reading: Reading): ReadonlySet<string> {
    const fits = ({ id, shown }: ThreadView) => {
      const root = this.posts.find(reading.site, id)
      return root?.told_replies === shown - 1 && (root.told_capture_id ?? 0) > (root.view_capture_id ?? 0)
    }
    return new Set(views.filter(fits).map(({ id }) => id))
  }

  private saveText(text: NonNullable<Page['text']>, reading: Reading, result: PageResult): void {
    const row = this.posts.find(reading.site, text.id)
    result.textRefused = row?.truncated === 1 && !goesOnFrom(row.text, text.text)
    if (row && !result.textRefused && text.text + text.html !== '')
      result.changedPosts += this.posts.updateText(row, text, reading) === 'changed' ? 1 : 0
  }

  private savePost(
    post: Post,
    place: number,
    known: Known,
    reading: Reading,
    authority: Authority,
    pass: Pass,
    result: PageResult,
  ): Change | null {
    const row = this.posts.find(reading.site, post.id)
    const root = post.threadId === post.id ? row : known.root(post.threadId, id => this.posts.find(reading.site, id))
    const treeIsKnown = authority === 'permalink' && root?.whole_view_in === 'stream'
    if (!row && treeIsKnown && !mayBeNewer(post, root, pass) && !known.asTold.has(post.threadId)) {
      result.leftOut++
      return null
    }
    result.posts++
    // In a member's stream replies are items, too: their parent is not told.
    if (post.parentId == null) this.countItem(row, pass, reading.byRest, result)
    const ties = this.tiesOf(post, place, root, known, reading)
    const keepText = treeIsKnown && !reading.texts.includes(post.id)
    if (row) return this.posts.update(row, post, treeIsKnown ? { ...ties, ...AS_IT_HANGS, keepText } : ties, reading)
    this.posts.insert(post, treeIsKnown ? { ...ties, place: LAST + place } : ties, reading)
    return 'new'
  }

  /** By this pass and no other: another target may have shown the same post meanwhile. */
  private countItem(row: PostRow | undefined, pass: Pass, byRest: boolean, result: PageResult): void {
    const mayBeKnown = row && row.status !== 'unread' && row.last_seen_at >= pass.startedAt
    const seenIn = mayBeKnown ? this.frontier.askedFor(pass, row.last_capture_id, byRest) : null
    if (seenIn !== null) result.repeated++
    if (seenIn === null || seenIn === 'thread') result.fresh++
  }

  private tiesOf(post: Post, place: number, root: PostRow | undefined, known: Known, reading: Reading): Ties {
    const isRoot = post.threadId === post.id
    const parent = post.parentId == null ? undefined : this.posts.idIn(root?.thread_id, reading.site, post.parentId)
    const rootUrl = post.url.replace(/#.*$/, '')
    return {
      thread: isRoot ? null : (root?.id ?? this.posts.addUnread(post.threadId, rootUrl, reading)),
      // What hangs on a post that is left out hangs on the opening post, as in the site's own stream.
      parent: post.parentId == null ? post.parentId : (parent ?? root?.id ?? null),
      parentNamed: post.parentNamed === true && parent !== undefined,
      // A reply lies where its thread lies.
      group:
        post.group === undefined
          ? (root?.group_id ?? reading.group)
          : post.group === null
            ? null
            : known.group(post.group),
      member: known.member(post.author),
      place,
    }
  }

  private saveView(view: ThreadView, reading: Reading, authority: Authority, pass: Pass): void {
    const root = this.posts.find(reading.site, view.id)
    if (!root || !view.whole) return
    const knowsBetter = authority === 'permalink' && root.whole_view_in === 'stream'
    // This pass' own stream has told it.
    if (knowsBetter && (root.view_capture_id ?? 0) > pass.after) return
    this.sql.update('posts', root.id, {
      claimed: knowsBetter ? this.seenIn(root, reading) : Math.max(view.shown, view.claimed ?? 0),
      whole_view_at: reading.at,
      whole_view_in: knowsBetter ? 'stream' : authority,
      view_capture_id: reading.capture,
    })
  }

  /** A permalink page shows all that belongs to the thread, and spam: what counts is what was known or is new. */
  private seenIn(root: PostRow, { capture }: Reading): number {
    const sql = "SELECT count(*) FROM posts WHERE thread_id = ? AND last_capture_id = ? AND status = 'live'"
    return this.sql.one<number>(sql, root.id, capture) ?? 0
  }
}

/**
 * Is the one the beginning of the other? Words only: pages drop shortcodes that the read-more answer keeps, and BuddyPress
 * cuts at 358 characters and adds "…".
 */
function goesOnFrom(shortened: string, whole: string): boolean {
  const words = (text: string) => text.replace(/\[\/?[a-z][^\]]*\]/gi, '').replace(/[^\p{L}\p{N}]/gu, '')
  const start = words(shortened)
  return words(whole).startsWith(start.slice(0, Math.max(0, start.length - 8)))
}

/** What the stream has told of a reply's place. */
const AS_IT_HANGS = { parent: undefined, place: undefined }

/** Behind all that a stream has shown: no page holds so many posts. */
const LAST = 1_000_000

/**
 * A reply that was written after the last stream view is no spam for being missing there. Within one pass the stream has
 * just been read, and knows better.
 */
const mayBeNewer = (post: Post, root: PostRow, pass: Pass): boolean =>
  root.whole_view_at !== null && root.whole_view_at < pass.startedAt && (post.when.to ?? '9999') >= root.whole_view_at

/** What is known while a page is saved: its groups and members, looked up once each, and threads that show what was told of them. */
class Known {
  private readonly ids = new Map<string, number | null>()
  private readonly roots = new Map<string, PostRow>()

  constructor(
    private readonly entities: EntityStore,
    private readonly reading: Reading,
    readonly asTold: ReadonlySet<string>,
  ) {}

  /** Opening posts come before their replies: what it holds of one does not change while these are saved. */
  root(id: string, find: (id: string) => PostRow | undefined): PostRow | undefined {
    const known = this.roots.get(id) ?? find(id)
    if (known) this.roots.set(id, known)
    return known
  }

  group(group: NonNullable<Post['group']>): number {
    return this.once(`g ${group.url}`, () => this.entities.group(this.reading.site, group, this.reading)) as number
  }

  member(member: Member | null): number | null {
    if (!member) return null
    return this.once(`m ${member.id} ${member.slug}`, () =>
      this.entities.member(this.reading.site, member, this.reading),
    )
  }

  private once(key: string, make: () => number | null): number | null {
    const known = this.ids.get(key)
    if (known !== undefined) return known
    const id = make()
    this.ids.set(key, id)
    return id
  }
}
