import type { Member, Post } from '../../model/discussion.js'
import type { Page, ThreadView } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { PostColumnsRow } from '../schema/post-columns.js'
import type { FrontierStore, Pass } from '../sync/frontier.js'
import type { EntityWriter } from './entity-writer.js'
import { type PostRefs, type PostWriteOutcome, PostWriter, type WriteContext } from './post-writer.js'

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
  /** What is known of it: a login form in the position of a public group is no answer. */
  groupStatus: string | null
}

export const EMPTY_RESULT: PageResult = {
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

export class ThreadWriter {
  private readonly posts: PostWriter

  constructor(
    private readonly sql: Statements,
    private readonly entities: EntityWriter,
    private readonly frontier: FrontierStore,
  ) {
    this.posts = new PostWriter(sql)
  }

  /** Call inside a transaction. The pass tells repeated items from fresh ones. */
  save(page: Page, context: WriteContext, authority: Authority, pass: Pass): PageResult {
    const result: PageResult = { ...EMPTY_RESULT }
    if (page.group) result.group = this.entities.group(context.site, page.group, context)
    for (const group of page.groups) this.entities.group(context.site, group, context)
    for (const member of page.members ?? []) this.entities.member(context.site, member, context)
    if (page.text) this.saveText(page.text, context, result)
    const views = new Map(page.threads.map(view => [view.id, view]))
    const scope = new PageScope(this.entities, context, this.matchesFeed(page.threads, context))
    for (const [position, post] of page.posts.entries()) {
      const change = this.savePost(post, position, scope, context, authority, pass, result)
      if (change === 'new') result.newPosts++
      if (change === 'changed') result.changedPosts++
    }
    for (const view of views.values()) this.saveView(view, context, authority, pass)
    return result
  }

  /** Threads whose view shows as many replies as a feed has told since the last one: no spam is among them. */
  private matchesFeed(views: readonly ThreadView[], context: WriteContext): ReadonlySet<string> {
    const fits = ({ id, shown }: ThreadView) => {
      const root = this.posts.find(context.site, id)
      return root?.told_replies === shown - 1 && (root.told_capture_id ?? 0) > (root.view_capture_id ?? 0)
    }
    return new Set(views.filter(fits).map(({ id }) => id))
  }

  private saveText(text: NonNullable<Page['text']>, context: WriteContext, result: PageResult): void {
    const row = this.posts.find(context.site, text.id)
    result.textRefused = row?.truncated === 1 && !continues(row.text, text.text)
    if (row && !result.textRefused && text.text + text.html !== '')
      result.changedPosts += this.posts.updateText(row, text, context) === 'changed' ? 1 : 0
  }

  private savePost(
    post: Post,
    position: number,
    scope: PageScope,
    context: WriteContext,
    authority: Authority,
    pass: Pass,
    result: PageResult,
  ): PostWriteOutcome | null {
    const row = this.posts.find(context.site, post.id)
    const root = post.threadId === post.id ? row : scope.root(post.threadId, id => this.posts.find(context.site, id))
    const treeIsKnown = authority === 'permalink' && root?.whole_view_in === 'stream'
    if (!row && treeIsKnown && !mayBeNewer(post, root, pass) && !scope.matchesFeed.has(post.threadId)) {
      result.leftOut++
      return null
    }
    result.posts++
    // In a member's stream replies are items, too: their parent is not told.
    if (post.parentId == null) this.countItem(row, pass, context.byRest, result)
    const refs = this.refsOf(post, position, root, scope, context)
    const keepText = treeIsKnown && !context.texts.includes(post.id)
    if (row) return this.posts.update(row, post, treeIsKnown ? { ...refs, ...KEEP_POSITION, keepText } : refs, context)
    this.posts.insert(post, treeIsKnown ? { ...refs, position: AFTER_STREAM + position } : refs, context)
    return 'new'
  }

  /** By this pass and no other: another target may have shown the same post meanwhile. */
  private countItem(row: PostColumnsRow | undefined, pass: Pass, byRest: boolean, result: PageResult): void {
    const mayBeKnown = row && row.status !== 'unread' && row.last_seen_at >= pass.startedAt
    const seenBy = mayBeKnown ? this.frontier.askedFor(pass, row.last_capture_id, byRest) : null
    if (seenBy !== null) result.repeated++
    if (seenBy === null || seenBy === 'thread') result.fresh++
  }

  private refsOf(
    post: Post,
    position: number,
    root: PostColumnsRow | undefined,
    scope: PageScope,
    context: WriteContext,
  ): PostRefs {
    const isRoot = post.threadId === post.id
    const parent = post.parentId == null ? undefined : this.posts.idIn(root?.thread_id, context.site, post.parentId)
    const rootUrl = post.url.replace(/#.*$/, '')
    return {
      thread: isRoot ? null : (root?.id ?? this.posts.addUnread(post.threadId, rootUrl, context)),
      // What hangs on a post that is left out hangs on the opening post, as in the site's own stream.
      parent: post.parentId == null ? post.parentId : (parent ?? root?.id ?? null),
      parentNamed: post.parentNamed === true && parent !== undefined,
      // A reply lies where its thread lies.
      group:
        post.group === undefined
          ? (root?.group_id ?? context.group)
          : post.group === null
            ? null
            : scope.group(post.group),
      member: scope.member(post.author),
      position,
    }
  }

  private saveView(view: ThreadView, context: WriteContext, authority: Authority, pass: Pass): void {
    const root = this.posts.find(context.site, view.id)
    if (!root || !view.whole) return
    const streamKnowsBetter = authority === 'permalink' && root.whole_view_in === 'stream'
    // This pass' own stream has told it.
    if (streamKnowsBetter && (root.view_capture_id ?? 0) > pass.after) return
    this.sql.update('posts', root.id, {
      claimed: streamKnowsBetter ? this.countShown(root, context) : Math.max(view.shown, view.claimed ?? 0),
      whole_view_at: context.at,
      whole_view_in: streamKnowsBetter ? 'stream' : authority,
      view_capture_id: context.capture,
    })
  }

  /** A permalink page shows all that belongs to the thread, and spam: what counts is what was known or is new. */
  private countShown(root: PostColumnsRow, { capture }: WriteContext): number {
    const sql = "SELECT count(*) FROM posts WHERE thread_id = ? AND last_capture_id = ? AND status = 'live'"
    return this.sql.one<number>(sql, root.id, capture) ?? 0
  }
}

/**
 * Is the one the beginning of the other? Words only: pages drop shortcodes that the read-more answer keeps, and BuddyPress
 * cuts at 358 characters and adds "…".
 */
function continues(shortened: string, whole: string): boolean {
  const words = (text: string) => text.replace(/\[\/?[a-z][^\]]*\]/gi, '').replace(/[^\p{L}\p{N}]/gu, '')
  const start = words(shortened)
  return words(whole).startsWith(start.slice(0, Math.max(0, start.length - 8)))
}

/** What the stream has told of a reply's position. */
const KEEP_POSITION = { parent: undefined, position: undefined }

/** Behind all that a stream has shown: no page holds so many posts. */
const AFTER_STREAM = 1_000_000

/**
 * A reply that was written after the last stream view is no spam for being missing there. Within one pass the stream has
 * just been read, and knows better.
 */
const mayBeNewer = (post: Post, root: PostColumnsRow, pass: Pass): boolean =>
  root.whole_view_at !== null && root.whole_view_at < pass.startedAt && (post.when.to ?? '9999') >= root.whole_view_at

/** What is known while a page is saved: its groups and members, looked up once each, and threads that show what was told of them. */
class PageScope {
  private readonly ids = new Map<string, number | null>()
  private readonly roots = new Map<string, PostColumnsRow>()

  constructor(
    private readonly entities: EntityWriter,
    private readonly context: WriteContext,
    readonly matchesFeed: ReadonlySet<string>,
  ) {}

  /** Opening posts come before their replies: what it holds of one does not change while these are saved. */
  root(id: string, find: (id: string) => PostColumnsRow | undefined): PostColumnsRow | undefined {
    const known = this.roots.get(id) ?? find(id)
    if (known) this.roots.set(id, known)
    return known
  }

  group(group: NonNullable<Post['group']>): number {
    return this.once(`g ${group.url}`, () => this.entities.group(this.context.site, group, this.context)) as number
  }

  member(member: Member | null): number | null {
    if (!member) return null
    return this.once(`m ${member.id} ${member.slug}`, () =>
      this.entities.member(this.context.site, member, this.context),
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
