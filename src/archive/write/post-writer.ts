import type { PostText } from '../../model/page.js'
import type { Statements } from '../database/statements.js'
import { datesAmong, foldPasts } from '../fold/past.js'
import { type FoldedPost, foldPosts } from '../fold/post.js'
import { later } from '../fold/precedence.js'
import type { PostState, PostValues } from '../fold/state.js'
import { hasOtherAuthor, isCopy, isFull, isOneText } from '../fold/texts.js'
import type { EventRow } from '../schema/tables/history.js'
import { POSTS, type PostRow, SEEN_AT } from '../schema/tables/posts.js'
import { equalExceptGap, sameStart } from '../text/content-hash.js'
import { erasePost } from './blank-post.js'
import { type KnownPost, type KnownPosts, UNREAD } from './known-posts.js'
import { PostSightings, SEEN_COLUMNS } from './post-sightings.js'
import { isOfCopy, type Reading, seenAtOf, storedState, textValues, type WriteContext } from './reading.js'
import { keepVersion, replaceVersions, storedVersions } from './stored-versions.js'

/** `improved`: a post that an earlier run brought has a narrower date, its full text, or a better place or author, and the same words. */
export type PostWriteOutcome = 'new' | 'changed' | 'improved' | 'seen'

/** Writes posts: a new one as it was read, a known one as the fold of what is stored and what was read. */
export class PostWriter {
  private nextId = 0
  readonly sightings: PostSightings
  /** New posts, and what belongs to them, that are not written yet. */
  private added: { row: KnownPost; parts: Parts }[] = []

  constructor(
    private readonly sql: Statements,
    private readonly known: KnownPosts,
    private readonly context: WriteContext,
  ) {
    this.sightings = new PostSightings(sql, context)
  }

  /** The row id that the next new post gets: an opening post refers to itself. */
  newId(): number {
    this.nextId ||= (this.sql.one<number | null>('SELECT max(id) FROM posts') ?? 0) + 1
    return this.nextId
  }

  /** Adds a placeholder for an opening post that is known only from its replies. */
  addUnread(id: string, url: string): KnownPost {
    const { at, run, site } = this.context
    const seen = { first_seen_at: at, last_seen_at: at, first_run_id: run, last_run_id: run }
    const row = { ...UNREAD, ...seen, site_id: site, site_post_id: id, thread_id: this.newId(), url }
    this.add(row, NO_PARTS)
    // The post that names it may be stored, and is moved there next.
    this.flush()
    return row
  }

  insert({ row }: Reading, parts: Parts): void {
    this.add(row, parts)
    this.sightings.saw(row.id)
    if (this.added.length >= MOST_ADDED) this.flush()
  }

  private add(row: KnownPost, parts: Parts): void {
    row.id = this.newId()
    this.nextId++
    this.added.push({ row, parts })
    this.known.put(row)
  }

  /** Writes the posts that were added. Call it before anything else reads or changes rows of posts. */
  flush(): void {
    if (this.added.length === 0) return
    const { added } = this
    this.added = []
    this.sql.insertRows(
      POSTS,
      added.map(({ row }) => row),
    )
    for (const { row, parts } of added) {
      if (row.thread_id === row.id) this.sql.run('INSERT INTO threads (id) VALUES (?)', row.id)
      this.addParts(row.id, parts)
    }
  }

  /** Folds a reading into a known post. The replaced version becomes a revision, so that no text is lost. */
  update(stored: KnownPost, shown: Reading, parts: Parts): PostWriteOutcome {
    const reading = this.context.isImported ? shown : asNewest(shown, stored)
    const isOfText = isCopy(reading.row.parser)
    const before = storedState(asKnownFor(stored, reading, isOfText))
    const isLate = stored.status !== 'unread' && reading.natural.seenAt < before.natural.seenAt && !isOfText
    // A text does not bring a post back.
    const isGone = () => isOfText || this.context.at <= (stored.gone_at ?? '')
    const folded = foldPosts(before, reading, isGone)
    const { row, text } = folded
    const isEdit =
      isLate && !isCopy(stored.parser) ? this.addEarlier(before, reading, folded) : isNewVersion(before, reading, text)
    if (isEdit && !isLate) this.keepEarlier(stored, row)
    this.write(stored, row, text.natural.readAt)
    if (text === reading && row.content_hash + row.html !== stored.content_hash + stored.html)
      this.replaceParts(stored.id, parts)
    if (stored.status === 'gone' && row.status === 'live') this.addEvent('back', stored.id)
    this.sightings.saw(stored.id)
    if (reading.row.forgotten === 1 && row.forgotten === 1) erasePost(this.sql, stored.id)
    return stored.status === 'unread' ? 'new' : isEdit ? 'changed' : this.isImproved(stored, row) ? 'improved' : 'seen'
  }

  private isImproved(stored: KnownPost, row: PostValues): boolean {
    return stored.first_run_id !== this.context.run && IMPROVABLE.some(name => stored[name] !== row[name])
  }

  /**
   * Adds what a capture shows that is older than what is held: an earlier version, or an earlier time of a version. Returns whether
   * anything changed.
   */
  private addEarlier(before: Reading, reading: Reading, folded: FoldedPost<Reading>): boolean {
    if (reading.natural.readAt === null || reading.row.forgotten === 1) return false
    const earlier = storedVersions(this.sql, before.row.id)
    const past = foldPasts({ state: before, earlier }, { state: reading, earlier: [] }, folded)
    Object.assign(folded.row, past.dates)
    return replaceVersions(this.sql, before.row.id, past.earlier)
  }

  private keepEarlier(stored: KnownPost, row: PostValues): void {
    keepVersion(this.sql, stored, this.context)
    if (hasOtherAuthor(stored, row)) Object.assign(row, datesAmong(row, storedVersions(this.sql, stored.id)))
  }

  /** Folds a text alone: the answer to a request for the rest of a shortened one. */
  updateText(stored: KnownPost, view: PostText): PostWriteOutcome {
    const { at, capture } = this.context
    const text = textValues(view, this.context, stored)
    const before = storedState(stored)
    const natural = { ...before.natural, readAt: at, seenAt: at, order: capture }
    const reading = { row: { ...stored, ...text, status: 'live' as const, last_seen_at: at }, natural }
    return this.update(stored, reading, view)
  }

  /** A text is written together with the time when it was seen: a statement for each takes twice as long. */
  private write(stored: KnownPost, row: PostValues, read_at: string | null): void {
    const differs = (name: keyof PostValues) => row[name] !== stored[name]
    const update = ({ columns, sql }: Update) => this.sql.run(sql, ...columns.map(name => row[name]), stored.id)
    const seen = TEXT.some(differs) ? UPDATES.text : differs('position') ? UPDATES.position : null
    if (seen) {
      update(seen)
      this.sightings.drop(stored.id)
    } else if (SEEN_COLUMNS.some(differs)) this.sightings.put(stored.id, row)
    if (UPDATES.rest.columns.some(differs)) update(UPDATES.rest)
    this.known.put(copyValues(row, { ...stored, read_at }))
  }

  addEvent(
    kind: 'back' | 'moved',
    post: number,
    change: Partial<Pick<EventRow, 'field' | 'before' | 'after' | 'group_id'>> = {},
  ): void {
    const { at, run } = this.context
    this.sql.insert('events', {
      at,
      kind,
      post_id: post,
      ...{ group_id: null, field: null, before: null, after: null },
      ...change,
      run_id: run,
    })
  }

  private replaceParts(post: number, parts: Parts): void {
    this.sql.run('DELETE FROM attachments WHERE post_id = ?', post)
    this.sql.run('DELETE FROM links WHERE post_id = ?', post)
    this.addParts(post, parts)
  }

  private addParts(post: number, { attachments, links }: Parts): void {
    for (const { kind, url, name } of attachments) this.sql.insert('attachments', { post_id: post, kind, url, name })
    for (const { kind, url, text } of links) this.sql.insert('links', { post_id: post, kind, url, text })
  }

  /**
   * True if the thread's own page shows no edit. The stored text comes from the stream, which may print it differently, so the page is
   * compared with its own earlier version; the first time, with the stored text except for one gap.
   */
  matchesOwnPage(stored: KnownPost, reading: PostState): boolean {
    const before = this.sql.one<string>('SELECT content_hash FROM own_pages WHERE post_id = ?', stored.id)
    this.sql.run(OWN_PAGE, stored.id, reading.row.content_hash)
    return before === undefined ? equalExceptGap(stored.text, reading.row.text) : before === reading.row.content_hash
  }
}

/** New posts that wait at most: they are bound to statements as rows once more. */
const MOST_ADDED = 1024

type Parts = Pick<PostText, 'attachments' | 'links'>

const NO_PARTS: Parts = { attachments: [], links: [] }

const OWN_PAGE = `INSERT INTO own_pages (post_id, content_hash) VALUES (?, ?)
  ON CONFLICT DO UPDATE SET content_hash = excluded.content_hash`

/**
 * True if the stored version is kept as a revision: another author or another text. A full text that replaces a shortened one is no edit;
 * a shortened text that replaces a shortened one is an edit if it begins differently.
 */
function isNewVersion(before: PostState, reading: PostState, text: PostState): boolean {
  const { row } = reading
  if (before.row.status === 'unread' || before.row.forgotten === 1) return false
  if (hasOtherAuthor(before.row, row)) return true
  if (text === before || row.forgotten === 1 || row.content_hash === before.row.content_hash) return false
  if (isFull(before.row)) return !isOneText(before, reading)
  return row.truncated === 1 && !sameStart(before.row.text, row.text)
}

/** A page says when a post was last seen, whatever texts said before. More than the name of an author takes the place of the name. */
function asKnownFor(stored: KnownPost, { row }: Reading, isOfText: boolean): KnownPost {
  const hasAuthor = stored.has_made_author === 1 && row.member_id !== null && row.has_made_author === 0
  const isSeen = isOfCopy(stored) && !isOfText
  if (!isSeen && !hasAuthor) return stored
  return {
    ...stored,
    ...(isSeen && { last_seen_at: '' }),
    ...(hasAuthor && { member_id: null, member_seen_at: null }),
  }
}

const IMPROVABLE = ['posted_from', 'posted_to', 'truncated', 'parent_id', 'thread_id', 'group_id', 'member_id'] as const

/** The site shows now what it shows now, also to a clock that was set back since the last run. */
function asNewest(reading: Reading, stored: KnownPost): Reading {
  const before = seenAtOf(stored)
  if (reading.natural.seenAt >= before && reading.row.last_seen_at >= stored.last_seen_at) return reading
  const row = { ...reading.row }
  for (const name of SEEN_AT) {
    const [shown, held] = [row[name], stored[name]]
    if (shown !== null && held !== null) Object.assign(row, { [name]: later(shown, held) })
  }
  return { row, natural: { ...reading.natural, seenAt: later(reading.natural.seenAt, before) } }
}

const VALUES = (Object.keys(POSTS.columns) as (keyof PostRow)[]).filter(
  (name): name is keyof PostValues => !['id', 'site_id', 'site_post_id'].includes(name),
)

interface Update {
  columns: readonly (keyof PostValues)[]
  sql: string
}

const updateOf = (columns: readonly (keyof PostValues)[]): Update => ({
  columns,
  sql: `UPDATE posts SET ${columns.map(name => `${name} = ?`).join(', ')} WHERE id = ?`,
})

const TEXT = VALUES.filter(name => POSTS.columns[name].fold === 'text' && name !== 'text_seen_at')

const PLACED = ['position', ...SEEN_COLUMNS] as const

/** The columns that one statement writes: few statements, and one with the text makes SQLite write its index. */
const UPDATES = {
  text: updateOf([...TEXT, ...PLACED]),
  position: updateOf(PLACED),
  rest: updateOf(VALUES.filter(name => !TEXT.includes(name) && !PLACED.some(one => one === name))),
}

/** Assignments one by one take a fraction of the time of a spread from entries. */
function copyValues<Row extends Record<string, unknown>>(from: PostValues, into: Row): Row {
  const values: Record<string, unknown> = into
  for (const name of VALUES) values[name] = from[name]
  return into
}
