import type { Post } from '../../model/discussion.js'
import type { Statements } from '../database/statements.js'
import { addEarlierValue } from './earlier-values.js'
import type { KnownPost } from './known-posts.js'
import type { PageScope } from './page-scope.js'
import type { PostRefs, WriteContext } from './reading.js'
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
    const { group, groupSeenAt } = groupOf(post, stored, place, scope)
    // Field by field: spreading two objects into one takes as long as all else that a post's place needs.
    return {
      thread: place.thread,
      isOpening: place.isOpening,
      parent: place.parent,
      parentNamed: place.parentNamed,
      isStandIn: place.isStandIn === true,
      group,
      groupSeenAt,
      member: scope.member(post.author),
      position: place.parent === undefined ? undefined : (position ?? undefined),
    }
  }

  private placeOf(post: Post, stored: KnownPost | undefined, scope: PageScope): Place {
    if (post.threadId === post.id) return openingPlace(post, stored, scope)
    const root = scope.known.find(post.threadId) ?? scope.posts.addUnread(post.threadId, post.url.replace(/#.*$/, ''))
    const thread = root.thread_id
    if (stored && thread === stored.id) {
      refuse(
        post,
        stored,
        scope,
        `the site has it as a reply in thread ${post.threadId}, which is itself a reply to it.`,
      )
      return storedPlace(stored)
    }
    const parent = this.parentOf(post, root, stored, scope)
    if (stored && parent.parent !== stored.parent_id && this.moves.isBelow(parent.parent, stored.id)) {
      refuse(post, stored, scope, `the site names post ${post.parentId} as its parent, which is a reply to it.`)
      return stored.thread_id === thread ? storedPlace(stored) : { thread, isOpening: false, ...standIn(root) }
    }
    return { thread, isOpening: false, ...parent }
  }

  /** A reply whose parent is not stored becomes a reply to the opening post, as in the site's own stream. */
  private parentOf(
    post: Post,
    root: KnownPost,
    stored: KnownPost | undefined,
    scope: PageScope,
  ): Omit<Place, 'thread' | 'isOpening'> {
    if (post.parentId == null) return { parent: post.parentId, parentNamed: false }
    const parent = scope.known.find(post.parentId)
    if (parent?.thread_id === root.thread_id) return { parent: parent.id, parentNamed: post.parentNamed === true }
    if (parent && !isOlder(parent, scope))
      refuse(post, stored, scope, `the site names post ${post.parentId} as its parent, which is in another thread.`)
    return standIn(root)
  }

  /** Notes moves of a stored post to another thread or group. The replies below it move along. */
  moved(post: Post, before: KnownPost, refs: PostRefs, { known, posts, context }: PageScope): void {
    const after = known.find(post.id)
    if (!after) return
    if (after.thread_id !== before.thread_id) {
      posts.sightings.flush()
      this.moves.moveTo(after.id, before.thread_id, after.thread_id)
      known.movedThread(before.thread_id, after)
    }
    if (after.group_id !== before.group_id && after.id === after.thread_id) this.moves.regrouped(after.id)
    if (before.status === 'unread') return
    if (refs.parent !== undefined && context.at < (before.thread_seen_at ?? ''))
      this.noteEarlier('thread', [refs.thread, after.thread_id], before.thread_seen_at, before, context)
    if (refs.isOpening && refs.groupSeenAt !== null && context.at < (before.group_seen_at ?? ''))
      this.noteEarlier('group', [refs.group, after.group_id], before.group_seen_at, before, context)
    this.notePlace('thread', [before.thread_id, after.thread_id], after, posts)
    if (after.id !== after.thread_id || before.group_seen_at === null) return
    this.notePlace('group', [before.group_id, after.group_id], after, posts)
  }

  /** Call it after the last post of a page. */
  settle(scope: PageScope): void {
    for (const id of this.moves.settle()) {
      const post = this.placed.get(id)
      if (post) scope.refuse(post, `the site has it in thread ${post.threadId}, but its parent in another thread.`)
    }
    this.placed.clear()
  }

  /** Notes a place that is older than the one that is held. */
  private noteEarlier(
    field: 'thread' | 'group',
    [seen, held]: readonly [number | null, number | null],
    lastSeenAt: string | null,
    { id, first_seen_at: firstSeenAt }: KnownPost,
    { at, run }: WriteContext,
  ): void {
    const [value, present] = [this.nameOf(field, seen), this.nameOf(field, held)]
    const place = { value: present, firstSeenAt, lastSeenAt: lastSeenAt ?? at }
    const event = { kind: 'moved', of: 'post_id', id, field } as const
    const isLeft = field === 'group' ? { group_id: seen } : {}
    addEarlierValue(this.sql, event, place, { value, at, run }, undefined, ({ before }) =>
      before === value ? isLeft : {},
    )
  }

  private nameOf(field: 'thread' | 'group', row: number | null): string | null {
    const [table, column] = field === 'thread' ? ['posts', 'site_post_id'] : ['groups', 'slug']
    return this.sql.one<string>(`SELECT ${column} FROM ${table} WHERE id = ?`, row) ?? null
  }

  private notePlace(
    field: 'thread' | 'group',
    [from, to]: readonly [number | null, number | null],
    { id }: KnownPost,
    posts: PageScope['posts'],
  ): void {
    if (from === to) return
    posts.addEvent('moved', id, {
      field,
      before: this.nameOf(field, from),
      after: this.nameOf(field, to),
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

/** True if the place of the post was read later than this page: the page contradicts nothing. */
const isOlder = (stored: KnownPost | undefined, { context }: PageScope): boolean =>
  context.at < (stored?.thread_seen_at ?? '')

function refuse(post: Post, stored: KnownPost | undefined, scope: PageScope, what: string): void {
  if (!isOlder(stored, scope)) scope.refuse(post, what)
}

/** The opening post, which is never below another post. */
const standIn = (root: KnownPost) => ({ parent: root.thread_id, parentNamed: false, isStandIn: true }) as const

const storedPlace = ({ id, thread_id }: KnownPost): Place => ({
  thread: thread_id,
  isOpening: thread_id === id,
  parent: undefined,
  parentNamed: false,
})
