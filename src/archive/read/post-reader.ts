import type { StoredAuthor } from '../../model/archive.js'
import type { Attachment, Link } from '../../model/discussion.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import {
  NO_DETAILS,
  type PlaceCells,
  type PlacedPost,
  type PostDetails,
  type PostShape,
  postsQuery,
} from './post-cells.js'
import { MEMBER_COLUMNS, type MemberColumns, storedAuthor } from './rows.js'

/** Reads posts with their authors, attachments, links and readers. Members are read once: make a reader for each walk of an archive. */
export class PostReader<Post> {
  private readonly authors = new Map<number, StoredAuthor | null>()
  /** Readers are shown after a merge only: other archives usually have one reader. */
  private readonly wasMerged: boolean

  private readonly query: string

  constructor(
    private readonly sql: Statements,
    private readonly shape: PostShape<Post>,
  ) {
    this.query = postsQuery(sql, shape)
    this.wasMerged = sql.one<number>('SELECT count(*) FROM archives') !== 0
  }

  /** The posts in these rows, in this order. */
  inRows(rows: readonly number[]): Post[] {
    const posts = new Map(this.read(IN_ROWS, rows).map(({ id, post }) => [id, post]))
    return rows.map(row => posts.get(row) as Post)
  }

  /** The posts of these threads that were read, thread by thread, in order of row ids. */
  ofThreads(threads: readonly number[]): PlacedPost<Post>[] {
    return this.read(OF_THREADS, threads)
  }

  private read(condition: string, ids: readonly number[]): PlacedPost<Post>[] {
    const rows = this.sql.cells<PlaceCells>(this.query + condition, JSON.stringify(ids))
    const details = this.detailsOf(rows.map(([id]) => id))
    this.learnAuthors(rows)
    return rows.map(row => {
      const [id, thread, member, parentId, shownAt, siteId, , from, to] = row
      const post = this.shape.postOf(row, this.authors.get(member ?? 0) ?? null, details.get(id) ?? NO_DETAILS)
      return { id, thread, parentId, shownAt, siteId, from, to, post }
    })
  }

  /** A table join would read the name of a member again for each post. */
  private learnAuthors(rows: readonly PlaceCells[]): void {
    if (this.authors.size > MOST_AUTHORS) this.authors.clear()
    const members = new Set(rows.map(row => row[MEMBER]))
    const unknown = [...members].filter(row => row !== null && !this.authors.has(row))
    if (unknown.length === 0) return
    for (const row of this.sql.rows<MemberColumns>(MEMBERS, JSON.stringify(unknown)))
      if (row.member_row !== null) this.authors.set(row.member_row, storedAuthor(row))
  }

  private detailsOf(ids: readonly number[]): Map<number, PostDetails> {
    const { among, values } = amongIds(ids)
    const details = new Map<number, PostDetails>()
    const of = (id: number): PostDetails => {
      const found = details.get(id) ?? { ...NO_DETAILS, attachments: [], links: [] }
      details.set(id, found)
      return found
    }
    for (const { post_id, ...attachment } of this.sql.rows<OfPost<Attachment>>(ATTACHMENTS + among + BY_ID, ...values))
      of(post_id).attachments.push(attachment)
    for (const { post_id, ...link } of this.sql.rows<OfPost<Link>>(LINKS + among + BY_ID, ...values))
      of(post_id).links.push(link)
    for (const { post_id, ...revised } of this.sql.rows<OfPost<Revised>>(REVISIONS + among + BY_POST, ...values))
      Object.assign(of(post_id), revised)
    const sightings = this.wasMerged
      ? this.sql.rows<OfPost<{ reader: string }>>(SIGHTINGS + among + BY_READER, ...values)
      : []
    for (const { post_id, reader } of sightings) {
      const post = of(post_id)
      post.seenBy = [...(post.seenBy ?? []), reader]
    }
    return details
  }
}

type Revised = Pick<PostDetails, 'revisions' | 'editedBy'>

type OfPost<Detail> = Detail & { post_id: number }

/** Members in memory at once. */
const MOST_AUTHORS = 5000

/** Place of the member's row id in `PlaceCells`. */
const MEMBER = 2

const IN_ROWS = ` WHERE posts.id ${IN_LIST}`

const OF_THREADS = ` WHERE posts.thread_id ${IN_LIST} AND posts.status <> 'unread' ORDER BY posts.thread_id, posts.id`

const MEMBERS = `SELECT ${MEMBER_COLUMNS} FROM members WHERE id ${IN_LIST}`

const ATTACHMENTS = 'SELECT post_id, kind, url, name FROM attachments WHERE post_id '

const LINKS = 'SELECT post_id, kind, url, text FROM links WHERE post_id '

const REVISIONS = 'SELECT post_id, count(*) AS revisions, max(replaced_at) AS editedBy FROM revisions WHERE post_id '

const SIGHTINGS = 'SELECT post_id, reader FROM sightings WHERE post_id '

const [BY_ID, BY_POST, BY_READER] = [' ORDER BY id', ' GROUP BY post_id', ' ORDER BY post_id, reader']

/**
 * An SQL condition for rows of these posts, and perhaps of some others. The posts of a thread mostly have row ids close to each other, and
 * most have no rows in these tables: a range takes one look-up, a list one for each post.
 */
function amongIds(ids: readonly number[]): { among: string; values: (number | string)[] } {
  const [least, most] = ids.reduce(([a, b], id) => [Math.min(a, id), Math.max(b, id)], [Infinity, -Infinity])
  return most - least < MOST_OTHERS * ids.length
    ? { among: 'BETWEEN ? AND ?', values: [least, most] }
    : { among: IN_LIST, values: [JSON.stringify(ids)] }
}

/** Row ids of a range for each that is wanted. */
const MOST_OTHERS = 4
