import type { StoredAuthor, StoredPost } from '../../model/archive.js'
import type { Attachment, Link } from '../../model/discussion.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { type PlacedPost, POSTS, type PostCells, type PostDetails, placedPost } from './post-cells.js'
import { MEMBER_COLUMNS, type MemberColumns, storedAuthor } from './rows.js'

/** Reads posts with their authors, attachments, links and readers. Members are read once: make a reader for each walk of an archive. */
export class PostReader {
  private readonly authors = new Map<number, StoredAuthor | null>()
  /** Readers are shown after a merge only: other archives usually have one reader. */
  private readonly wasMerged: boolean

  constructor(private readonly sql: Statements) {
    this.wasMerged = sql.one<number>('SELECT count(*) FROM archives') !== 0
  }

  /** The posts in these rows, in this order. */
  inRows(rows: readonly number[]): StoredPost[] {
    const posts = new Map(this.read(IN_ROWS, rows).map(({ id, post }) => [id, post]))
    return rows.map(row => posts.get(row) as StoredPost)
  }

  /** The posts of these threads that were read, thread by thread, in order of row ids. */
  ofThreads(threads: readonly number[]): PlacedPost[] {
    return this.read(OF_THREADS, threads)
  }

  private read(sql: string, ids: readonly number[]): PlacedPost[] {
    const cells = this.sql.cells<PostCells>(sql, JSON.stringify(ids))
    const details = this.detailsOf(JSON.stringify(cells.map(([id]) => id)))
    this.learnAuthors(cells)
    return cells.map(one => placedPost(one, this.authors.get(one[MEMBER] ?? 0) ?? null, details.get(one[0])))
  }

  /** A table join would read the name of a member again for each post. */
  private learnAuthors(cells: readonly PostCells[]): void {
    if (this.authors.size > MOST_AUTHORS) this.authors.clear()
    const rows = new Set(cells.map(one => one[MEMBER]))
    const unknown = [...rows].filter(row => row !== null && !this.authors.has(row))
    if (unknown.length === 0) return
    for (const row of this.sql.rows<MemberColumns>(MEMBERS, JSON.stringify(unknown)))
      if (row.member_row !== null) this.authors.set(row.member_row, storedAuthor(row))
  }

  private detailsOf(ids: string): Map<number, PostDetails> {
    const details = new Map<number, PostDetails>()
    const of = (id: number): PostDetails => {
      const found = details.get(id) ?? { attachments: [], links: [] }
      details.set(id, found)
      return found
    }
    for (const { post_id, ...attachment } of this.sql.rows<OfPost<Attachment>>(ATTACHMENTS, ids))
      of(post_id).attachments.push(attachment)
    for (const { post_id, ...link } of this.sql.rows<OfPost<Link>>(LINKS, ids)) of(post_id).links.push(link)
    const sightings = this.wasMerged ? this.sql.rows<OfPost<{ reader: string }>>(SIGHTINGS, ids) : []
    for (const { post_id, reader } of sightings) {
      const post = of(post_id)
      post.seenBy = [...(post.seenBy ?? []), reader]
    }
    return details
  }
}

type OfPost<Detail> = Detail & { post_id: number }

/** Members in memory at once. */
const MOST_AUTHORS = 5000

/** Place of the member's row id in `PostCells`. */
const MEMBER = 2

const IN_ROWS = `${POSTS} WHERE posts.id ${IN_LIST}`

const OF_THREADS = `${POSTS} WHERE posts.thread_id ${IN_LIST} AND posts.status <> 'unread' ORDER BY posts.thread_id, posts.id`

const MEMBERS = `SELECT ${MEMBER_COLUMNS} FROM members WHERE id ${IN_LIST}`

const ATTACHMENTS = `SELECT post_id, kind, url, name FROM attachments WHERE post_id ${IN_LIST} ORDER BY id`

const LINKS = `SELECT post_id, kind, url, text FROM links WHERE post_id ${IN_LIST} ORDER BY id`

const SIGHTINGS = `SELECT post_id, reader FROM sightings WHERE post_id ${IN_LIST} ORDER BY post_id, reader`
