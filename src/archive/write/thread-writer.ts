import type { Member, Post } from '../../model/discussion.js'
import type { Page, ThreadView } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { PostColumnsRow } from '../schema/post-columns.js'
import type { FrontierStore, Pass } from '../sync/frontier.js'
import type { EntityWriter } from './entity-writer.js'
import { type PostRefs, type PostWriteOutcome, PostWriter, type WriteContext } from './post-writer.js'

/** What saving a page changed, and what the plan needs to know about it. */
export interface PageResult {
  newPosts: number
  changedPosts: number
  /** Posts of the page, without those in `leftOut`. */
  posts: number
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
  /** True if a read-more response does not continue the shortened text: the site sent a message instead. */
  textRefused: boolean
  /** Stored status of the group (`public`, `private`, `hidden`), so that a login form in place of a public group counts as a failure. */
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
 * How far a page is trusted. A `stream` decides which replies belong to a thread and who their parents are. A `permalink` page also
 * shows spam replies: once a stream has shown the whole thread, a permalink page only adds texts and newer replies.
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

  /** Call inside a transaction. `pass` decides which items count as repeated. */
  save(page: Page, context: WriteContext, authority: Authority, pass: Pass): PageResult {
    const result: PageResult = { ...EMPTY_RESULT }
    if (page.group) result.group = this.entities.group(context.site, page.group, context)
    for (const group of page.groups) this.entities.group(context.site, group, context)
    for (const member of page.members ?? []) this.entities.member(context.site, member, context)
    if (page.text) this.saveText(page.text, context, result)
    const scope = new PageScope(
      this.entities,
      context,
      authority,
      pass,
      result,
      this.matchingFeed(page.threads, context),
    )
    for (const [position, post] of page.posts.entries()) {
      const outcome = this.savePost(post, position, scope)
      if (outcome === 'new') result.newPosts++
      if (outcome === 'changed') result.changedPosts++
    }
    for (const view of page.threads) this.saveView(view, scope)
    return result
  }

  /** Ids of threads whose view shows exactly the number of replies that a newer feed gives: these views include no spam. */
  private matchingFeed(views: readonly ThreadView[], context: WriteContext): ReadonlySet<string> {
    const matches = ({ id, shown }: ThreadView) => {
      const root = this.posts.find(context.site, id)
      return root?.told_replies === shown - 1 && (root.told_capture_id ?? 0) > (root.view_capture_id ?? 0)
    }
    return new Set(views.filter(matches).map(({ id }) => id))
  }

  private saveText(text: NonNullable<Page['text']>, context: WriteContext, result: PageResult): void {
    const row = this.posts.find(context.site, text.id)
    result.textRefused = row?.truncated === 1 && !continues(row.text, text.text)
    if (row && !result.textRefused && text.text + text.html !== '')
      result.changedPosts += this.posts.updateText(row, text, context) === 'changed' ? 1 : 0
  }

  private savePost(post: Post, position: number, scope: PageScope): PostWriteOutcome | null {
    const { context, authority, pass, result } = scope
    const row = this.posts.find(context.site, post.id)
    const root = post.threadId === post.id ? row : scope.root(post.threadId, id => this.posts.find(context.site, id))
    const treeIsKnown = authority === 'permalink' && root?.whole_view_in === 'stream'
    if (!row && treeIsKnown && !mayBeNewer(post, root, pass) && !scope.matchingFeed.has(post.threadId)) {
      result.leftOut++
      return null
    }
    result.posts++
    // The items of a member's stream include replies without a known parent.
    if (post.parentId == null) this.countItem(row, scope)
    const refs = this.refsOf(post, position, root, scope)
    const keepText = treeIsKnown && !context.texts.includes(post.id)
    if (row) return this.posts.update(row, post, treeIsKnown ? { ...refs, ...KEEP_POSITION, keepText } : refs, context)
    this.posts.insert(post, treeIsKnown ? { ...refs, position: AFTER_STREAM + position } : refs, context)
    return 'new'
  }

  /** Looks at captures of this pass only: a pass over another target may have shown the same post in the meantime. */
  private countItem(row: PostColumnsRow | undefined, { pass, context, result }: PageScope): void {
    const mayBeSeen = row && row.status !== 'unread' && row.last_seen_at >= pass.startedAt
    const seenBy = mayBeSeen ? this.frontier.askedFor(pass, row.last_capture_id, context.byRest) : null
    if (seenBy !== null) result.repeated++
    if (seenBy === null || seenBy === 'thread') result.fresh++
  }

  private refsOf(post: Post, position: number, root: PostColumnsRow | undefined, scope: PageScope): PostRefs {
    const { context } = scope
    const isRoot = post.threadId === post.id
    const parent = post.parentId == null ? undefined : this.posts.idIn(root?.thread_id, context.site, post.parentId)
    const rootUrl = post.url.replace(/#.*$/, '')
    return {
      thread: isRoot ? null : (root?.id ?? this.posts.addUnread(post.threadId, rootUrl, context)),
      // A reply whose parent is not stored becomes a reply to the opening post, as in the site's own stream.
      parent: post.parentId == null ? post.parentId : (parent ?? root?.id ?? null),
      parentNamed: post.parentNamed === true && parent !== undefined,
      // A reply without a group of its own belongs to the group of its thread.
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

  private saveView(view: ThreadView, { context, authority, pass }: PageScope): void {
    const root = this.posts.find(context.site, view.id)
    if (!root || !view.whole) return
    const treeIsKnown = authority === 'permalink' && root.whole_view_in === 'stream'
    // The stream of this pass has already set the claim.
    if (treeIsKnown && (root.view_capture_id ?? 0) > pass.after) return
    this.sql.update('posts', root.id, {
      claimed: treeIsKnown ? this.countShown(root, context) : Math.max(view.shown, view.claimed ?? 0),
      whole_view_at: context.at,
      whole_view_in: treeIsKnown ? 'stream' : authority,
      view_capture_id: context.capture,
    })
  }

  /** Posts of the thread that this capture showed and that are not spam: spam replies of a permalink page were left out before. */
  private countShown(root: PostColumnsRow, { capture }: WriteContext): number {
    const sql = "SELECT count(*) FROM posts WHERE thread_id = ? AND last_capture_id = ? AND status = 'live'"
    return this.sql.one<number>(sql, root.id, capture) ?? 0
  }
}

/**
 * True if `whole` begins as `shortened` does. Compares letters and digits only: pages drop shortcodes that the read-more response
 * keeps, and BuddyPress cuts a text at 358 characters and adds "…", so that the last characters may differ.
 */
function continues(shortened: string, whole: string): boolean {
  const words = (text: string) => text.replace(/\[\/?[a-z][^\]]*\]/gi, '').replace(/[^\p{L}\p{N}]/gu, '')
  const start = words(shortened)
  return words(whole).startsWith(start.slice(0, Math.max(0, start.length - 8)))
}

/** Leaves the parent and the position that the stream has shown. */
const KEEP_POSITION = { parent: undefined, position: undefined }

/** Sorts replies that only a permalink page shows after all replies of the stream: no page holds this many posts. */
const AFTER_STREAM = 1_000_000

/**
 * True if the reply may be newer than the last stream view, and so need not be spam. False within one pass: the stream that was just
 * read would have shown the reply.
 */
const mayBeNewer = (post: Post, root: PostColumnsRow, pass: Pass): boolean =>
  root.whole_view_at !== null && root.whole_view_at < pass.startedAt && (post.when.to ?? '9999') >= root.whole_view_at

/** State while one page is saved. It looks up each group, member and opening post once. */
class PageScope {
  private readonly ids = new Map<string, number | null>()
  private readonly roots = new Map<string, PostColumnsRow>()

  constructor(
    private readonly entities: EntityWriter,
    readonly context: WriteContext,
    readonly authority: Authority,
    readonly pass: Pass,
    readonly result: PageResult,
    readonly matchingFeed: ReadonlySet<string>,
  ) {}

  /** The row of an opening post. Pages list opening posts before their replies, so the row does not change once it was found. */
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
