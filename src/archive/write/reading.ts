import { byLabel, LABEL_NAMES } from '../../model/columns/post-labels.js'
import type { Instant, Post } from '../../model/discussion.js'
import type { PostText } from '../../model/page.js'
import type { ThreadTask } from '../../model/task.js'
import { knownDate } from '../../model/time.js'
import { isMadeId } from '../../model/unknown-site.js'
import type { NaturalKeys, PostState, PostValues } from '../fold/state.js'
import { isAnotherPost, isCopy } from '../fold/texts.js'
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
  /** True for a list of the posts of this group. */
  isGroupList: boolean
  parser: string
  /** Ids of the posts whose full texts the task requested, because the stream shortened them. */
  texts: readonly string[]
  /** Set if the task requested a thread because the site counts more replies of it than are held. */
  lacking: ThreadTask['lacking']
  byRest: boolean
  /** The reader who made the request: `visitor`, `session` or `password`. */
  reader: string
  /** True for the thread's own page in a turn of the rotation: it may print the same text differently than the stream. */
  byOwnPage: boolean
  /** True for a text dump. */
  isOfText: boolean
  /** Its capture was imported: it says nothing about how far a live reading has come. */
  isImported?: boolean
}

/** Row ids that a post refers to. `undefined`: this view does not show it. `null`: there is none. */
export interface PostRefs {
  thread: number
  isOpening: boolean
  parent: number | null | undefined
  /** True if the site named this parent (REST); false: it was derived from the nesting of a page. */
  parentNamed: boolean
  /** The opening post stands in for a parent that the archive does not have, or that can't be. */
  isStandIn?: boolean
  group: number | null
  /** When a reading showed the group; null: it is only a guess. */
  groupSeenAt: Instant | null
  member: number | null
  /** Position on the page, which orders siblings without exact dates. `undefined`: this view does not show the post in its thread. */
  position: number | undefined
}

/** A post as a page shows it. `known`: the stored post, which completes what this view does not show. */
export function readingOf(post: Post, refs: PostRefs, context: WriteContext, known: KnownPost | undefined): Reading {
  const { at, run, capture, parser, site } = context
  const { forgotten = false } = post
  const heading = forgotten ? null : post.heading === undefined ? (known?.heading ?? null) : post.heading
  // A copy shows none of what a page shows.
  const shownAt = isCopy(parser) ? null : at
  const pages = isCopy(parser) && known && !isOfCopy(known) ? known : undefined
  // One literal with all fields: objects that grow field by field are several times slower.
  const row: KnownPost = {
    id: 0,
    site_id: site,
    site_post_id: post.id,
    thread_id: refs.thread,
    thread_seen_at: refs.parent === undefined ? null : shownAt,
    position: refs.position ?? null,
    parent_id: refs.parent ?? null,
    parent_named: refs.parentNamed ? 1 : 0,
    parent_seen_at: refs.parent === undefined || refs.isStandIn ? null : shownAt,
    group_id: refs.group,
    group_seen_at: shownAt && refs.groupSeenAt,
    member_id: refs.member,
    member_seen_at: refs.member === null && !forgotten ? null : shownAt,
    type: pages?.type ?? post.type,
    title: refs.isOpening && !forgotten ? titleOf({ heading, text: post.text }) : null,
    heading,
    html: post.html,
    text: post.text,
    content_hash: forgotten ? '' : hashOf(post, heading, context.siteUrl),
    truncated: post.truncated ? 1 : 0,
    text_capture_id: capture,
    text_seen_at: at,
    parser,
    posted_at: knownDate(post.when),
    posted_from: post.when.from,
    posted_to: post.when.to,
    url: post.url,
    url_seen_at: shownAt,
    ...byLabel(name => (post[name] === undefined ? (known?.[name] ?? null) : post[name])),
    labels_seen_at: LABEL_NAMES.some(name => post[name] !== undefined) ? at : null,
    edited: post.edited ? 1 : 0,
    forgotten: forgotten ? 1 : 0,
    status: 'live',
    missed_at: null,
    gone_at: null,
    gone_reason: null,
    first_seen_at: at,
    last_seen_at: pages?.last_seen_at ?? at,
    first_run_id: run,
    last_run_id: pages?.last_run_id ?? run,
    last_capture_id: pages?.last_capture_id ?? capture,
    claimed: null,
    whole_view_at: null,
    whole_view_in: null,
    view_capture_id: null,
    told_replies: null,
    told_capture_id: null,
    has_made_author: isMade(post.author) ? 1 : 0,
    read_at: at,
  }
  const natural = naturalOf(row, refs.isOpening, at, at, capture)
  // Nothing of the post that had the id before completes it.
  const isReused = known && isOfAnotherPost({ row, natural }, known)
  return isReused ? readingOf(post, refs, context, undefined) : { row, natural }
}

/** True for an author known only by name, from a text. */
export const isMade = (author: Post['author']): boolean => author?.id != null && isMadeId(author.id)

/** True for a post that only copies have shown so far. */
export const isOfCopy = ({ parser, thread_seen_at }: Pick<PostValues, 'parser' | 'thread_seen_at'>): boolean =>
  isCopy(parser) && thread_seen_at === null

/** A reading has the shape of a stored post: a new post is stored as it was read. */
export interface Reading extends PostState {
  row: KnownPost
}

/** The text columns of a view of a post that is stored already. */
export function textValues(view: PostText, { at, capture, parser, siteUrl }: WriteContext, known: KnownPost) {
  const heading = view.heading === undefined ? known.heading : view.heading
  const { html, text } = view
  return {
    title: known.id === known.thread_id ? titleOf({ heading, text }) : null,
    ...{ heading, html, text, content_hash: hashOf(view, heading, siteUrl) },
    truncated: view.truncated ? 1 : 0,
    ...{ text_capture_id: capture, text_seen_at: at, parser },
  } as const
}

/** A heading that the view does not show counts as part of its text. */
const hashOf = (view: PostText, heading: string | null, site: string): string =>
  contentHash((view.heading ?? null) === heading ? view : { ...view, heading }, site)

/** A stored post as a state to fold with a reading. */
export const storedState = (known: KnownPost): Reading => ({
  row: known,
  natural: naturalOf(
    known,
    known.thread_id === known.id,
    known.status === 'unread' ? null : (known.read_at ?? known.first_seen_at),
    seenAtOf(known),
    known.last_capture_id ?? 0,
  ),
})

/** True if the site has given the id of the stored post to another one. Nearly all readings have the same text. */
export const isOfAnotherPost = (reading: Reading, known: KnownPost): boolean =>
  known.content_hash !== reading.row.content_hash && isAnotherPost(storedState(known), reading)

/** When the text of a stored post was last seen. */
export const seenAtOf = ({ text_seen_at, last_seen_at }: KnownPost): string => text_seen_at ?? last_seen_at

/** Within one archive, row ids serve as natural keys. */
const naturalOf = (
  { thread_id, parent_id, group_id, member_id }: PostValues,
  isOpening: boolean,
  readAt: string | null,
  seenAt: string,
  order: number,
): NaturalKeys => ({
  thread: String(thread_id),
  parent: idOf(parent_id),
  group: idOf(group_id),
  member: idOf(member_id),
  isOpening,
  readAt,
  seenAt,
  order,
})

const idOf = (id: number | null): string | null => (id === null ? null : String(id))

/** The reading without its text. `confirms`: it has shown that the stored text has not changed. */
export const withoutText = (reading: Reading, known: KnownPost, confirms: boolean): Reading => {
  const { title, heading, html, text, content_hash, truncated, text_capture_id, parser } = known
  const row = { ...reading.row, title, heading, html, text, content_hash, truncated, text_capture_id, parser }
  return confirms ? { ...reading, row } : { row, natural: { ...reading.natural, readAt: null } }
}
