import type { Post } from '../../model/discussion.js'
import type { Page, ThreadView } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import type { PostValues } from '../fold/state.js'
import { hasOtherAuthor } from '../fold/texts.js'
import { foldViews, type WholeView } from '../fold/threads.js'
import type { FrontierStore, Pass } from '../sync/frontier.js'
import { equalExceptGap } from '../text/content-hash.js'
import type { EntityWriter } from './entity-writer.js'
import { noteTopics, noteTopicView } from './forum-topics.js'
import type { KnownPost } from './known-posts.js'
import { takeMirroredDates } from './mirrored-dates.js'
import { type Authority, emptyResult, type PageResult } from './page-result.js'
import { PageScope } from './page-scope.js'
import { PostPlaces } from './post-places.js'
import type { PostWriteOutcome } from './post-writer.js'
import {
  isMade,
  isOfAnotherPost,
  isOfCopy,
  type Reading,
  readingOf,
  type WriteContext,
  withoutText,
} from './reading.js'

/** Writes what a page says about threads and their posts. */
export class ThreadWriter {
  private readonly places: PostPlaces

  constructor(
    private readonly sql: Statements,
    private readonly entities: EntityWriter,
    private readonly frontier: FrontierStore,
  ) {
    this.places = new PostPlaces(sql)
  }

  /** Call inside a transaction. `pass` decides which items count as repeated. */
  save(page: Page, context: WriteContext, authority: Authority, pass: Pass): PageResult {
    const result = emptyResult()
    this.entities.load(context.site, [...page.posts.flatMap(({ author }) => author ?? []), ...(page.members ?? [])])
    if (page.group) result.group = this.entities.group(context.site, page.group, context)
    for (const group of page.groups) this.entities.group(context.site, group, context)
    for (const member of page.members ?? []) this.entities.member(context.site, member, context)
    const scope = new PageScope(this.sql, this.entities, page, context, authority, pass, result)
    if (page.text) saveText(page.text, scope)
    for (const { first, posts } of scope.blocks()) this.savePosts(posts, first, scope)
    this.places.settle(scope)
    for (const view of page.threads) this.saveView(view, scope)
    if (page.forum) noteTopicView(this.sql, page, scope)
    if (page.forum) Object.assign(result, noteTopics(this.sql, page.forum.topics, result.group, context))
    scope.posts.sightings.addReader()
    this.entities.sawMembers(context)
    result.group = this.entities.mergeDuplicates()(result.group)
    return result
  }

  private savePosts(posts: readonly Post[], first: number, scope: PageScope): void {
    const { result } = scope
    for (const [at, post] of posts.entries()) {
      const outcome = this.savePost(post, first + at, scope)
      if (outcome === 'new') result.newPosts++
      if (outcome === 'changed') result.changedPosts++
      if (outcome === 'improved') result.improvedPosts++
    }
    scope.posts.flush()
    scope.posts.sightings.flush()
    takeMirroredDates(this.sql, posts, scope.known)
  }

  private savePost(post: Post, position: number, scope: PageScope): PostWriteOutcome | null {
    const { context, authority, pass, result } = scope
    const stored = scope.known.find(post.id)
    if (stored) scope.posts.flush()
    const root = scope.known.find(post.threadId)
    const treeIsKnown = isTreeKnown(root, authority, context)
    if (!stored && treeIsKnown && !mayBeNewer(post, root, pass) && !scope.matchingFeed.has(post.threadId)) {
      result.leftOut++
      return null
    }
    if (stored && treeIsKnown && hasLeftStream(stored, root, pass)) {
      result.leftOut++
      return null
    }
    result.posts++
    countFirst(stored, scope)
    // The items of a member's stream include replies without a known parent.
    if (post.parentId == null) this.countItem(stored, scope)
    const isKnownPlace = treeIsKnown || (context.isOfText && stored !== undefined && !isOfCopy(stored))
    const shown = context.isOfText && hasBetterAuthor(stored, post) ? { ...post, author: null } : post
    const refs = this.places.refsOf(shown, stored, scope, isKnownPlace ? null : position)
    const reading = readingOf(shown, refs, context, stored)
    if (!stored) {
      if (treeIsKnown) reading.row.position = AFTER_STREAM + position
      scope.posts.insert(reading, post)
      return 'new'
    }
    if (isOfAnotherPost(reading, stored) && !post.forgotten && !stored.forgotten) {
      const isLate = context.isImported === true && context.at < (stored.member_seen_at ?? '')
      const [before, after] = isLate ? [reading.row, stored] : [stored, reading.row]
      result.reusedIds.push(this.reusedId(post, before, after))
    }
    const isRead = stored.status !== 'unread'
    const isOneText = treeIsKnown && isRead && isPrintedAgain(stored, reading, context)
    const isUnchanged =
      context.byOwnPage && !post.forgotten && isWhole(stored) && scope.posts.matchesOwnPage(stored, reading)
    const outcome = scope.posts.update(
      stored,
      isOneText ? withoutText(reading, stored, false) : isUnchanged ? withoutText(reading, stored, true) : reading,
      post,
    )
    this.places.moved(post, stored, refs, scope)
    return outcome
  }

  private reusedId({ id, url }: Post, before: PostValues, after: PostValues): string {
    const name = 'SELECT COALESCE(name, slug, site_member_id) FROM members WHERE id = ?'
    const [was, is] = [before, after].map(
      ({ member_id, posted_from, posted_to }) =>
        `${this.sql.one<string>(name, member_id) ?? 'an unknown author'} (${(posted_from ?? posted_to ?? '').slice(0, 10)})`,
    )
    return `Post ${id} (${url}) was by ${was} and is by ${is}, with another text: the site gave its id to another post. The earlier post is kept in its history.`
  }

  /** Looks at captures of this pass only: a pass over another target may have shown the same post in the meantime. */
  private countItem(row: KnownPost | undefined, { pass, context, result }: PageScope): void {
    const mayBeSeen = row && row.status !== 'unread' && row.last_seen_at >= pass.startedAt
    const seenBy = mayBeSeen ? this.frontier.askedFor(pass, row.last_capture_id, context.byRest) : null
    if (seenBy !== null) result.repeated++
    if (seenBy === null || seenBy === 'thread') result.fresh++
  }

  private saveView(view: ThreadView, { known, context, authority, pass, matchingFeed }: PageScope): void {
    const root = known.find(view.id)
    if (!root || !view.whole || view.shown - 1 < (context.lacking?.held ?? 0)) return
    const treeIsKnown = isTreeKnown(root, authority, context)
    // The stream of this pass has already set the claim.
    if (treeIsKnown && (root.view_capture_id ?? 0) > pass.after && !matchingFeed.has(view.id)) return
    const seen: WholeView = {
      claimed: treeIsKnown ? this.countShown(root, context) : Math.max(view.shown, view.claimed ?? 0),
      whole_view_at: context.at,
      whole_view_in: treeIsKnown ? 'stream' : authority,
      view_capture_id: context.capture,
    }
    const isLate = context.isImported === true && context.at < (root.whole_view_at ?? '')
    this.sql.update('threads', root.thread_id, isLate ? withEarlier(root, seen) : { ...seen })
  }

  /** Posts of the thread that this capture showed and that are not spam: spam replies of a permalink page were left out before. */
  private countShown(root: KnownPost, { capture }: WriteContext): number {
    const sql = "SELECT count(*) FROM posts WHERE thread_id = ? AND last_capture_id = ? AND status = 'live'"
    return this.sql.one<number>(sql, root.id, capture) ?? 0
  }
}

/** The last whole view stays, and adds to what an earlier view in a stream has shown: as if both had been read in the order of their times. */
const withEarlier = (last: WholeView, seen: WholeView): WholeView => ({
  ...foldViews(last, { ...seen, whole_view_in: last.whole_view_in }),
  whole_view_in: seen.whole_view_in === 'stream' ? 'stream' : last.whole_view_in,
})

/** The stream has shown the tree before, and a thread's own page only adds to it. */
const isTreeKnown = (root: KnownPost | undefined, authority: Authority, { at }: WriteContext): root is KnownPost =>
  authority === 'permalink' && root?.whole_view_in === 'stream' && (root.whole_view_at ?? '') <= at

/** A name alone, as a text gives it, is no better than the author that is known. */
const hasBetterAuthor = (stored: KnownPost | undefined, { author }: Post): boolean =>
  stored?.member_id != null && (stored.has_made_author === 0 || author === null || isMade(author))

function saveText(text: NonNullable<Page['text']>, { known, posts, result }: PageScope): void {
  const stored = known.find(text.id)
  result.textRefused = stored?.truncated === 1 && !continues(stored.text, text.text)
  if (stored && !result.textRefused && text.text + text.html !== '')
    result.changedPosts += posts.updateText(stored, text) === 'changed' ? 1 : 0
  posts.sightings.flush()
}

/**
 * True if `whole` begins as `shortened` does. Compares letters and digits only: pages drop shortcodes that the read-more response
 * keeps, and BuddyPress cuts a text at 358 characters and adds "…", so that the last characters may differ.
 */
function continues(shortened: string, whole: string): boolean {
  const words = (text: string) => text.replace(/\[\/?[a-z][^\][]*\]/gi, '').replace(/[^\p{L}\p{N}]/gu, '')
  const start = words(shortened)
  return words(whole).startsWith(start.slice(0, Math.max(0, start.length - 8)))
}

/**
 * True if the text on a thread's own page is no version of its own. In a live pass the stream says what a text is, and the page adds what the stream
 * shortened. An imported page may be years younger than the stream: it is the same text only if it is printed in another way.
 */
function isPrintedAgain(stored: KnownPost, { row }: Reading, { texts, isImported }: WriteContext): boolean {
  // A text must not stay under the name of another author.
  if (texts.includes(row.site_post_id) || hasOtherAuthor(stored, row)) return false
  return !isImported || (isWhole(stored) && equalExceptGap(stored.text, row.text))
}

const isWhole = ({ truncated, status }: KnownPost): boolean => truncated === 0 && status !== 'unread'

/** True if the stream of this pass has shown the whole thread without this reply: it has become spam, and only the permalink page has it. */
const hasLeftStream = (stored: KnownPost, root: KnownPost, pass: Pass): boolean =>
  stored.id !== root.id && (root.view_capture_id ?? 0) > pass.after && (stored.last_capture_id ?? 0) <= pass.after

/** Sorts replies that only a permalink page shows after all replies of the stream: no page holds this many posts. */
const AFTER_STREAM = 1_000_000

/**
 * True if the reply may be newer than the last stream view, and so need not be spam. False within one pass: the stream that was just
 * read would have shown the reply.
 */
const mayBeNewer = (post: Post, root: KnownPost, pass: Pass): boolean =>
  root.whole_view_at !== null && root.whole_view_at < pass.startedAt && (post.when.to ?? '9999') >= root.whole_view_at

/** One post may be on many pages: in a list, on its thread's page, in the answer with its full text. */
function countFirst(stored: KnownPost | undefined, { context, pass, result }: PageScope): void {
  const isSeen = stored !== undefined && stored.status !== 'unread' && stored.last_run_id === context.run
  if (!isSeen) result.firstInRun++
  if (!isSeen || (stored.last_capture_id ?? 0) <= pass.after) result.firstInPass++
}
