import type { Instant, Post, When } from '../../model/discussion.js'
import type { PostText } from '../../model/page.js'
import { knownDate, narrow } from '../../model/time.js'
import type { Statements } from '../database/statements.js'
import { FIND, type PostColumnsRow } from '../schema/post-columns.js'
import { contentKey, equalExceptGap, equalExceptShortcodes, titleOf } from '../text/content-hash.js'
import { erasePost } from './blank-post.js'

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
  thread: number | null
  parent: number | null | undefined
  /** True if the site named this parent (REST); false: it was derived from the nesting of a page. */
  parentNamed: boolean
  group: number | null | undefined
  member: number | null
  /** Position on the page, which orders siblings without exact dates. `undefined`: keep the position that the stream has shown. */
  position: number | undefined
  /** Ignore the text of this view: permalink pages keep shortcodes, so that a different text is no edit. */
  keepText?: boolean
}

export type PostWriteOutcome = 'new' | 'changed' | 'seen'

export class PostWriter {
  constructor(private readonly sql: Statements) {}

  find(site: number, activityId: string): PostColumnsRow | undefined {
    return this.sql.row<PostColumnsRow>(FIND, site, activityId)
  }

  /** Row id of a post of this thread. A site may name a parent in another thread: such a parent is not used. */
  idIn(thread: number | undefined, site: number, activityId: string): number | undefined {
    const sql = 'SELECT id FROM posts WHERE site_id = ? AND activity_id = ? AND thread_id = ?'
    return thread === undefined ? undefined : this.sql.one<number>(sql, site, activityId, thread)
  }

  /** Adds a placeholder for an opening post that is known only from its replies. Returns its row id. */
  addUnread(activityId: string, url: string, context: WriteContext): number {
    const { site, at, run } = context
    const id = this.sql.insert('posts', {
      site_id: site,
      activity_id: activityId,
      thread_id: 0,
      type: 'activity_update',
      url,
      status: 'unread',
      first_seen_at: at,
      last_seen_at: at,
      first_run_id: run,
      last_run_id: run,
    })
    this.sql.update('posts', id, { thread_id: id })
    return id
  }

  insert(post: Post, refs: PostRefs, context: WriteContext): number {
    const { site, at, run, capture, parser } = context
    const id = this.sql.insert('posts', {
      site_id: site,
      activity_id: post.id,
      thread_id: refs.thread ?? 0,
      parent_id: refs.parent ?? null,
      parent_named: Number(refs.parentNamed),
      parent_seen_at: refs.parent === undefined ? null : at,
      group_id: refs.group ?? null,
      member_id: refs.member,
      type: post.type,
      title: post.parentId === null && !post.forgotten ? titleOf(post) : null,
      ...dates(post.when),
      html: post.html,
      text: post.text,
      content_key: contentKey(post, context.siteUrl),
      url: post.url,
      shown_at: refs.position ?? null,
      truncated: Number(post.truncated),
      edited: Number(post.edited),
      privacy: post.privacy ?? null,
      heading: post.heading ?? null,
      topic: post.topic ?? null,
      first_seen_at: at,
      last_seen_at: at,
      first_run_id: run,
      last_run_id: run,
      capture_id: capture,
      last_capture_id: capture,
      text_seen_at: at,
      parser,
      forgotten: Number(post.forgotten === true),
    })
    if (refs.thread === null) this.sql.update('posts', id, { thread_id: id })
    this.addAttachmentsAndLinks(id, post)
    this.addSighting(id, context)
    return id
  }

  /** Updates a known post. The replaced text becomes a revision, so that no text is lost. */
  update(row: PostColumnsRow, post: Post, refs: PostRefs, context: WriteContext): PostWriteOutcome {
    this.sql.update('posts', row.id, {
      thread_id: refs.thread ?? row.thread_id,
      ...(mayMove(row, refs) ? parentColumns(refs, context.at) : {}),
      group_id: refs.group === undefined ? row.group_id : refs.group,
      member_id: refs.member ?? row.member_id,
      type: post.type,
      ...dates(narrow({ from: row.posted_from, to: row.posted_to }, post.when)),
      url: row.url.includes('/p/') ? row.url : post.url,
      ...(refs.position === undefined ? {} : { shown_at: refs.position }),
      edited: Math.max(row.edited, Number(post.edited)),
      ...(post.privacy === undefined ? {} : { privacy: post.privacy }),
      ...(post.topic === undefined ? {} : { topic: post.topic }),
      ...LIVE,
      // Until now it was only known from its replies.
      ...(row.status === 'unread' ? { first_seen_at: context.at, first_run_id: context.run } : {}),
      last_seen_at: later(row.last_seen_at, context.at),
      last_run_id: context.run,
      last_capture_id: context.capture,
    })
    if (row.status === 'gone') this.addBackEvent(row, context)
    this.addSighting(row.id, context)
    if (post.forgotten) erasePost(this.sql, row.id)
    const change = refs.keepText || post.forgotten ? 'seen' : this.updateText(row, post, context)
    return row.status === 'unread' ? 'new' : change
  }

  /**
   * Updates the text of a post. A shortened text never replaces a full text. A full text that replaces a shortened one is no edit.
   * A shortened text that replaces a shortened one is an edit if it begins differently.
   */
  updateText(row: PostColumnsRow, view: PostText, context: WriteContext): PostWriteOutcome {
    // A view that does not show the title keeps the stored one.
    const seen = { ...view, heading: view.heading === undefined ? row.heading : view.heading }
    const key = contentKey(seen, context.siteUrl)
    const wasFull = row.truncated === 0 && row.status !== 'unread'
    if (context.byOwnPage && wasFull && this.matchesOwnPage(row, seen, key)) return this.sameText(row, context)
    if (key === row.content_key && Number(seen.truncated) === row.truncated) return this.sameText(row, context)
    if (seen.truncated && wasFull) return 'seen'
    // The same text from two routes: the longer one is kept.
    const isSame = wasFull && isSameByOtherRoute(row, seen, context.parser)
    if (isSame && seen.text.length <= row.text.length) return 'seen'
    const startChanged = row.truncated === 1 && seen.truncated && !sameStart(row.text, seen.text)
    const edited = key !== row.content_key && (wasFull || startChanged) && !isSame
    if (edited) this.keepRevision(row, context)
    this.replaceText(row, seen, key, context)
    return edited ? 'changed' : 'seen'
  }

  private replaceText(row: PostColumnsRow, seen: PostText, key: string, context: WriteContext): void {
    this.sql.update('posts', row.id, {
      html: seen.html,
      text: seen.text,
      heading: seen.heading,
      content_key: key,
      truncated: Number(seen.truncated),
      capture_id: context.capture,
      text_seen_at: context.at,
      parser: context.parser,
      last_seen_at: later(row.last_seen_at, context.at),
      ...(row.id === row.thread_id ? { title: titleOf(seen) } : {}),
    })
    this.sql.run('DELETE FROM attachments WHERE post_id = ?', row.id)
    this.sql.run('DELETE FROM links WHERE post_id = ?', row.id)
    this.addAttachmentsAndLinks(row.id, seen)
  }

  /** Notes when the text was last seen unchanged: an edit that is found later was made after this time. */
  private sameText(row: PostColumnsRow, { at }: WriteContext): 'seen' {
    this.sql.update('posts', row.id, { text_seen_at: later(row.text_seen_at ?? '', at) })
    return 'seen'
  }

  /**
   * True if the thread's own page shows no edit. The stored text comes from the stream, which may print it differently, so the page is
   * compared with its own earlier version; the first time, with the stored text except for one gap.
   */
  private matchesOwnPage(row: PostColumnsRow, seen: PostText, key: string): boolean {
    this.sql.update('posts', row.id, { own_page_key: key })
    return row.own_page_key === null ? equalExceptGap(row.text, seen.text) : row.own_page_key === key
  }

  private addSighting(post: number, { reader, at }: WriteContext): void {
    this.sql.run(
      `INSERT INTO sightings (post_id, reader, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
      post,
      reader,
      at,
      at,
    )
  }

  private addBackEvent(row: PostColumnsRow, { at, run }: WriteContext): void {
    this.sql.insert('events', { at, kind: 'back', post_id: row.id, run_id: run })
  }

  private keepRevision(row: PostColumnsRow, context: WriteContext): void {
    this.sql.insert('revisions', {
      post_id: row.id,
      html: row.html,
      text: row.text,
      heading: row.heading,
      content_key: row.content_key,
      capture_id: row.capture_id,
      replaced_at: context.at,
      replaced_by_id: context.capture,
      last_seen_at: row.text_seen_at,
    })
  }

  private addAttachmentsAndLinks(id: number, content: Pick<PostText, 'attachments' | 'links'>): void {
    for (const part of content.attachments) this.sql.insert('attachments', { post_id: id, ...part })
    for (const link of content.links) this.sql.insert('links', { post_id: id, ...link })
  }
}

/** A parent that the site named is not replaced by one derived from the nesting of a page, which may differ from it. */
const mayMove = (row: PostColumnsRow, refs: PostRefs): boolean =>
  refs.parent !== undefined && (refs.parentNamed || row.parent_named === 0)

const parentColumns = (refs: PostRefs, at: Instant) => ({
  parent_id: refs.parent,
  parent_named: Number(refs.parentNamed),
  parent_seen_at: at,
})

const isRest = (parser: string): boolean => parser.startsWith('rest ')

const isSameByOtherRoute = (row: PostColumnsRow, seen: PostText, parser: string): boolean =>
  isRest(row.parser) !== isRest(parser) && seen.heading === row.heading && equalExceptShortcodes(row.text, seen.text)

/** True if one excerpt is the beginning of the other. */
function sameStart(a: string, b: string): boolean {
  const [one, other] = [a, b].map(text => text.replace(/[\s.…]+$/, '').replace(/\s+/g, ' ')) as [string, string]
  return one.startsWith(other) || other.startsWith(one)
}

/** The later of two times: a clock that was set back must not move `last_seen_at` back. */
const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)

/** Columns of a post that was seen: a tombstone or a mark as missed is removed. */
const LIVE = { status: 'live', missed_at: null, gone_at: null, gone_reason: null }

const dates = (when: When) => ({ posted_at: knownDate(when), posted_from: when.from, posted_to: when.to })
