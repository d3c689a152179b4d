import type { Instant, Post } from '../../model/discussion.js'
import type { PostText } from '../../model/page.js'
import { knownDate } from '../../model/time.js'
import type { PostState, PostValues } from '../fold/state.js'
import { hasOtherAuthor, isAnotherPost } from '../fold/texts.js'
import { contentHash, titleOf } from '../text/content-hash.js'
import type { KnownPost } from './known-posts.js'

/** Where, when and by whom a page was read: what each row that it changes records. */
export interface WriteContext {
  run: number
  capture: number
  at: Instant
  site: number
  siteUrl: string
  /** Row id of the group that the task belongs to, for items that name no group. */
  group: number | null
  parser: string
  /** Ids of the posts whose full texts the task requested, because the stream shortened them. */
  texts: readonly string[]
  byRest: boolean
  /** The reader who made the request: `visitor`, `session` or `password`. */
  reader: string
  /** True for the thread's own page in a turn of the rotation: it may print the same text differently than the stream. */
  byOwnPage: boolean
}

/** Row ids that a post refers to. `undefined`: this view does not show it. `null`: there is none. */
export interface PostRefs {
  thread: number
  isOpening: boolean
  parent: number | null | undefined
  /** True if the site named this parent (REST); false: it was derived from the nesting of a page. */
  parentNamed: boolean
  /** The opening post stands in for a parent that the archive does not have, or that can't be. */
  isStandIn?: true
  group: number | null
  /** When a reading showed the group; null: it is only a guess. */
  groupSeenAt: Instant | null
  member: number | null
  /** Position on the page, which orders siblings without exact dates. `undefined`: this view does not show the post in its thread. */
  position: number | undefined
}

/** A post as a page shows it. `known`: the stored post, which completes what this view does not show. */
export function readingOf(post: Post, refs: PostRefs, context: WriteContext, known: KnownPost | undefined): PostState {
  const { at, run, capture } = context
  const seenAt = (value: unknown) => (value === undefined || value === null ? null : at)
  const row: PostValues = {
    thread_id: refs.thread,
    thread_seen_at: refs.parent === undefined ? null : at,
    position: refs.position ?? null,
    parent_id: refs.parent ?? null,
    parent_named: refs.parentNamed ? 1 : 0,
    parent_seen_at: refs.parent === undefined || refs.isStandIn ? null : at,
    group_id: refs.group,
    group_seen_at: refs.groupSeenAt,
    member_id: refs.member,
    member_seen_at: seenAt(refs.member),
    type: post.type,
    ...textValues(post, refs.isOpening, context, known),
    ...{ posted_at: knownDate(post.when), posted_from: post.when.from, posted_to: post.when.to },
    ...{ url: post.url, url_seen_at: at },
    topic: post.topic === undefined ? (known?.topic ?? null) : post.topic,
    privacy: post.privacy === undefined ? (known?.privacy ?? null) : post.privacy,
    labels_seen_at: post.topic === undefined && post.privacy === undefined ? null : at,
    edited: post.edited ? 1 : 0,
    forgotten: post.forgotten ? 1 : 0,
    ...{ status: 'live', missed_at: null, gone_at: null, gone_reason: null },
    ...{ first_seen_at: at, last_seen_at: at, first_run_id: run, last_run_id: run, last_capture_id: capture },
  }
  const natural = { ...naturalOf(row), isOpening: refs.isOpening, readAt: at, seenAt: at, order: capture }
  const isReused = known && hasOtherAuthor(known, row) && isAnotherPost(storedState(known), { row, natural })
  // Nothing of the post that had the id before completes it.
  return isReused ? readingOf(post, refs, context, undefined) : { row, natural }
}

/** The text columns of a view. A view that does not show the heading keeps the stored one. */
export function textValues(
  view: PostText,
  isOpening: boolean,
  { at, capture, parser, siteUrl }: WriteContext,
  known: KnownPost | undefined,
) {
  const heading = view.heading === undefined ? (known?.heading ?? null) : view.heading
  const { html, text } = view
  return {
    title: isOpening ? titleOf({ heading, text }) : null,
    ...{ heading, html, text, content_hash: contentHash({ ...view, heading }, siteUrl) },
    truncated: view.truncated ? 1 : 0,
    ...{ text_capture_id: capture, text_seen_at: at, parser },
  } as const
}

/** A stored post as a state to fold with a reading. Within one archive, row ids serve as natural keys. */
export const storedState = (known: KnownPost): PostState => ({
  row: known,
  natural: {
    ...naturalOf(known),
    isOpening: known.thread_id === known.id,
    readAt: known.status === 'unread' ? null : (known.read_at ?? known.first_seen_at),
    seenAt: known.text_seen_at ?? known.last_seen_at,
    order: known.last_capture_id ?? 0,
  },
})

const naturalOf = ({ thread_id, parent_id, group_id, member_id }: PostValues) => ({
  thread: String(thread_id),
  parent: idOf(parent_id),
  group: idOf(group_id),
  member: idOf(member_id),
})

const idOf = (id: number | null): string | null => (id === null ? null : String(id))

/** The reading without its text. `confirms`: it has shown that the stored text has not changed. */
export const withoutText = (reading: PostState, known: KnownPost, confirms: boolean): PostState => {
  const { title, heading, html, text, content_hash, truncated, text_capture_id, parser } = known
  const row = { ...reading.row, title, heading, html, text, content_hash, truncated, text_capture_id, parser }
  return confirms ? { ...reading, row } : { row, natural: { ...reading.natural, readAt: null } }
}
