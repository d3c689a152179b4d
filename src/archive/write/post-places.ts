import type { Post } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import type { KnownPost } from './known-posts.js'
import type { PageScope } from './page-scope.js'
import type { PostRefs } from './reading.js'
import { TreeMoves } from './tree-moves.js'

type Place = Pick<PostRefs, 'thread' | 'isOpening' | 'parent' | 'parentNamed'>

/** Where a post belongs: its thread, parent, group and author. What can't be is refused and reported. */
export class PostPlaces {
  private readonly moves: TreeMoves

  constructor(private readonly sql: Statements) {
    this.moves = new TreeMoves(sql)
  }

  /** `position`: null if the stream has shown the tree before, and this page only adds to it. */
  refsOf(post: Post, stored: KnownPost | undefined, scope: PageScope, position: number | null): PostRefs {
    const place = this.placeOf(post, stored, scope)
    const root = scope.known.find(post.threadId)
    const { group: groupRow, isGroupList } = scope.context
    // In a list of a group an opening post without a group of its own is in that group; a reply is in the group of its thread.
    const known = isGroupList && post.id === post.threadId ? null : root?.group_id
    const group = post.group === undefined ? (known ?? groupRow ?? undefined) : post.group && scope.group(post.group)
    const isKnown = position === null && stored !== undefined
    return {
      thread: isKnown ? stored.thread_id : place.thread,
      isOpening: place.isOpening,
      parent: isKnown ? undefined : place.parent,
      parentNamed: place.parentNamed,
      group,
      member: scope.member(post.author),
      position: position ?? undefined,
    }
  }

  private placeOf(post: Post, stored: KnownPost | undefined, scope: PageScope): Place {
    if (post.threadId === post.id) return openingPlace(post, stored, scope)
    const root = scope.known.find(post.threadId) ?? scope.posts.addUnread(post.threadId, post.url.replace(/#.*$/, ''))
    const thread = root.thread_id
    if (stored && (thread === stored.id || this.moves.isBelow(root.id, stored.id))) {
      scope.refuse(post, `the site has it as a reply in thread ${post.threadId}, which is itself a reply to it.`)
      return storedPlace(stored)
    }
    const parent = this.parentOf(post, root, scope)
    if (stored && parent.parent && this.moves.isBelow(parent.parent, stored.id)) {
      scope.refuse(post, `the site names post ${post.parentId} as its parent, which is a reply to it.`)
      return { ...storedPlace(stored), thread, parent: stored.thread_id === thread ? stored.parent_id : root.id }
    }
    return { thread, isOpening: false, ...parent }
  }

  /** A reply whose parent is not stored becomes a reply to the opening post, as in the site's own stream. */
  private parentOf(post: Post, root: KnownPost, scope: PageScope): Pick<PostRefs, 'parent' | 'parentNamed'> {
    if (post.parentId == null) return { parent: post.parentId, parentNamed: false }
    const parent = scope.known.find(post.parentId)
    if (parent?.thread_id === root.thread_id) return { parent: parent.id, parentNamed: post.parentNamed === true }
    if (parent) scope.refuse(post, `the site names post ${post.parentId} as its parent, which is in another thread.`)
    return { parent: root.id, parentNamed: false }
  }

  /** Notes moves of a stored post to another thread or group. The replies below it move along. */
  moved(post: Post, before: KnownPost, { known, posts }: PageScope): void {
    const after = known.find(post.id)
    if (!after) return
    if (after.thread_id !== before.thread_id) {
      this.moves.moveTo(after.id, before.thread_id, after.thread_id)
      known.movedThread(before.thread_id, after)
    }
    if (before.status === 'unread') return
    this.notePlace('thread', 'posts', 'site_post_id', [before.thread_id, after.thread_id], after, posts)
    if (after.group_id === before.group_id || after.id !== after.thread_id) return
    this.moves.regroup(after.id, after.group_id)
    this.notePlace('group', 'groups', 'slug', [before.group_id, after.group_id], after, posts)
  }

  private notePlace(
    field: 'thread' | 'group',
    table: 'posts' | 'groups',
    column: string,
    [from, to]: readonly [number | null, number | null],
    { id }: KnownPost,
    posts: PageScope['posts'],
  ): void {
    if (from === to) return
    const name = (row: number | null) =>
      this.sql.one<string>(`SELECT ${column} FROM ${table} WHERE id = ?`, row) ?? null
    posts.addEvent('moved', id, {
      field,
      before: name(from),
      after: name(to),
      ...(field === 'group' && { group_id: from }),
    })
  }
}

/** A list may show a reply by itself: that says nothing about its thread. */
function openingPlace(post: Post, stored: KnownPost | undefined, { posts }: PageScope): Place {
  if (stored && stored.thread_id !== stored.id && post.type === 'activity_comment') return storedPlace(stored)
  return { thread: stored?.id ?? posts.newId(), isOpening: true, parent: null, parentNamed: false }
}

const storedPlace = ({ id, thread_id }: KnownPost): Place => ({
  thread: thread_id,
  isOpening: thread_id === id,
  parent: undefined,
  parentNamed: false,
})
