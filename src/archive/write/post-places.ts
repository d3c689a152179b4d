import type { Post } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import type { KnownPost } from './known-posts.js'
import type { PageScope } from './page-scope.js'
import type { PostRefs } from './reading.js'
import { TreeMoves } from './tree-moves.js'

type Place = Pick<PostRefs, 'thread' | 'isOpening' | 'parent' | 'parentNamed' | 'isStandIn'>

/** Where a post belongs: its thread, parent, group and author. What can't be is refused and reported. */
export class PostPlaces {
  private readonly moves: TreeMoves
  /** Posts of the page with their places, by row id. */
  private readonly placed = new Map<number, Post>()

  constructor(private readonly sql: Statements) {
    this.moves = new TreeMoves(sql)
  }

  /** `position`: null if the stream has shown the tree before, and this page only adds to it. */
  refsOf(post: Post, stored: KnownPost | undefined, scope: PageScope, position: number | null): PostRefs {
    const said = this.placeOf(post, stored, scope)
    const place = position === null && stored ? storedPlace(stored) : said
    if (place.parent !== undefined) this.placed.set(stored?.id ?? scope.posts.newId(), post)
    return {
      ...place,
      ...groupOf(post, stored, place, scope),
      member: scope.member(post.author),
      position: place.parent === undefined ? undefined : (position ?? undefined),
    }
  }

  private placeOf(post: Post, stored: KnownPost | undefined, scope: PageScope): Place {
    if (post.threadId === post.id) return openingPlace(post, stored, scope)
    const root = scope.known.find(post.threadId) ?? scope.posts.addUnread(post.threadId, post.url.replace(/#.*$/, ''))
    const thread = root.thread_id
    if (stored && thread === stored.id) {
      scope.refuse(post, `the site has it as a reply in thread ${post.threadId}, which is itself a reply to it.`)
      return storedPlace(stored)
    }
    const parent = this.parentOf(post, root, scope)
    if (stored && parent.parent !== stored.parent_id && this.moves.isBelow(parent.parent, stored.id)) {
      scope.refuse(post, `the site names post ${post.parentId} as its parent, which is a reply to it.`)
      return stored.thread_id === thread ? storedPlace(stored) : { thread, isOpening: false, ...standIn(root) }
    }
    return { thread, isOpening: false, ...parent }
  }

  /** A reply whose parent is not stored becomes a reply to the opening post, as in the site's own stream. */
  private parentOf(post: Post, root: KnownPost, scope: PageScope): Omit<Place, 'thread' | 'isOpening'> {
    if (post.parentId == null) return { parent: post.parentId, parentNamed: false }
    const parent = scope.known.find(post.parentId)
    if (parent?.thread_id === root.thread_id) return { parent: parent.id, parentNamed: post.parentNamed === true }
    if (parent) scope.refuse(post, `the site names post ${post.parentId} as its parent, which is in another thread.`)
    return standIn(root)
  }

  /** Notes moves of a stored post to another thread or group. The replies below it move along. */
  moved(post: Post, before: KnownPost, { known, posts }: PageScope): void {
    const after = known.find(post.id)
    if (!after) return
    if (after.thread_id !== before.thread_id) {
      this.moves.moveTo(after.id, before.thread_id, after.thread_id)
      known.movedThread(before.thread_id, after)
    }
    if (after.group_id !== before.group_id && after.id === after.thread_id) this.moves.regrouped(after.id)
    if (before.status === 'unread') return
    this.notePlace('thread', 'posts', 'site_post_id', [before.thread_id, after.thread_id], after, posts)
    if (after.id !== after.thread_id) return
    this.notePlace('group', 'groups', 'slug', [before.group_id, after.group_id], after, posts)
  }

  /** Call it after the last post of a page. */
  settle(scope: PageScope): void {
    for (const id of this.moves.settle()) {
      const post = this.placed.get(id)
      if (post) scope.refuse(post, `the site has it in thread ${post.threadId}, but its parent in another thread.`)
    }
    this.placed.clear()
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

/**
 * A reply is in the group of its thread, whatever it names itself. The group of the task is only a guess, for items that name none: it
 * replaces no group that a reading has shown.
 */
function groupOf(
  post: Post,
  stored: KnownPost | undefined,
  place: Place,
  scope: PageScope,
): Pick<PostRefs, 'group' | 'groupSeenAt'> {
  const named = post.group === undefined ? undefined : post.group && scope.group(post.group)
  const root = place.isOpening ? undefined : post.threadId === post.id ? stored : scope.known.find(post.threadId)
  if (root && (root.group_id !== null || root.group_seen_at !== null))
    return { group: root.group_id, groupSeenAt: root.group_seen_at }
  const { group, at, isGroupList } = scope.context
  if (named !== undefined) return { group: named, groupSeenAt: at }
  // In the list of a group, an opening post that names no group is in that group.
  return { group, groupSeenAt: place.isOpening && isGroupList && group !== null ? at : null }
}

/** A list may show a reply by itself: that says nothing about its thread. */
function openingPlace(post: Post, stored: KnownPost | undefined, { posts }: PageScope): Place {
  if (stored && stored.thread_id !== stored.id && post.type === 'activity_comment') return storedPlace(stored)
  return { thread: stored?.id ?? posts.newId(), isOpening: true, parent: null, parentNamed: false }
}

/** The opening post, which is never below another post. */
const standIn = (root: KnownPost) => ({ parent: root.thread_id, parentNamed: false, isStandIn: true }) as const

const storedPlace = ({ id, thread_id }: KnownPost): Place => ({
  thread: thread_id,
  isOpening: thread_id === id,
  parent: undefined,
  parentNamed: false,
})
