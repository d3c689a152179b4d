import type { StoredPost } from '../../model/archive.js'
import type { HeldPost, HeldVersion } from '../../model/reports/person.js'
import { nextKey } from '../database/key-order.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { WHOLE_POSTS } from '../read/post-cells.js'
import { PostReader } from '../read/post-reader.js'
import { threadTitle } from '../read/rows.js'
import { REVISIONS_OF } from '../write/blank-post.js'

/** Posts that are in memory at a time. */
const BATCH = 200

interface Placed {
  row: number
  thread: string
  title: string | null
  type: string
  author: string | null
  group: string | null
}

const PLACED = `SELECT posts.id AS row, root.site_post_id AS thread, root.title, root.type, members.name AS author, groups.name AS "group" FROM posts
  JOIN posts AS root ON root.id = posts.thread_id LEFT JOIN members ON members.id = root.member_id
  LEFT JOIN groups ON groups.id = posts.group_id`

/** Posts of these members. */
export function* postsOf(sql: Statements, members: readonly number[]): Generator<HeldPost> {
  const list = JSON.stringify(members)
  const query = `${PLACED} WHERE posts.member_id ${IN_LIST} AND posts.id > ? ORDER BY posts.id LIMIT ${BATCH}`
  yield* inBatches(sql, after => sql.rows<Placed>(query, list, after), false)
}

/** These posts, with their authors. */
export function* postsAt(sql: Statements, rows: readonly number[]): Generator<HeldPost> {
  const query = `${PLACED} WHERE posts.id ${IN_LIST} AND posts.id > ? ORDER BY posts.id LIMIT ${BATCH}`
  yield* inBatches(sql, after => sql.rows<Placed>(query, JSON.stringify(rows), after), true)
}

function* inBatches(sql: Statements, batch: (after: number) => Placed[], isByOthers: boolean): Generator<HeldPost> {
  const posts = new PostReader(sql, WHOLE_POSTS)
  let after = 0
  for (let list = batch(after); list.length > 0; list = batch(after)) {
    after = nextKey(after, list.at(-1)?.row)
    const read = posts.inRows(list.map(({ row }) => row))
    for (const [at, placed] of list.entries()) {
      const post = read[at]
      if (post) yield heldPost(post, placed, isByOthers)
    }
  }
}

const heldPost = (post: StoredPost, { thread, title, type, author, group }: Placed, isByOthers: boolean): HeldPost => ({
  ...{ id: post.id, url: post.url, thread, threadTitle: threadTitle(title, type, author), group },
  ...(isByOthers && { author: post.author?.name ?? post.author?.slug ?? null }),
  ...{ type: post.type, parent: post.parentId, when: post.when, status: post.status, heading: post.heading },
  ...{ text: post.text, html: post.html, attachments: post.attachments, links: post.links },
  ...{ firstSeenAt: post.firstSeenAt, lastSeenAt: post.lastSeenAt },
})

const VERSIONS = `SELECT revisions.id AS row, posts.site_post_id AS post, revisions.heading, revisions.text, revisions.html, replaced_at AS replacedAt
  FROM revisions JOIN posts ON posts.id = revisions.post_id
  WHERE revisions.id > ? AND revisions.id IN (SELECT id FROM revisions WHERE ${REVISIONS_OF}) ORDER BY revisions.id LIMIT ${BATCH}`

/** Earlier texts that these members wrote. */
export function* versionsOf(sql: Statements, members: readonly number[]): Generator<HeldVersion> {
  const list = JSON.stringify(members)
  const batch = (after: number) => sql.rows<HeldVersion & { row: number }>(VERSIONS, after, list, list)
  let last = 0
  for (let rows = batch(last); rows.length > 0; rows = batch(last)) {
    last = nextKey(last, rows.at(-1)?.row)
    for (const { row: _, ...version } of rows) yield version
  }
}
