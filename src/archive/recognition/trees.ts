import { lettersOf } from '../../model/markup/letters.js'
import { isMadeId } from '../../model/unknown-site.js'
import type { Statements } from '../database/statements.js'

/** A post of a thread, with what tells it from others. Names and texts are letters only (`lettersOf`). */
export interface Node {
  /** Row id. */
  id: number
  siteId: string
  parent: number | null
  text: string
  /** The text with its heading before it; the same if it has none. */
  whole: string
  truncated: boolean
  /** Null: not known. */
  author: string | null
  /** Days since 1970, widened by one: a person who gives the day of a copy gives it in some zone. */
  from: number
  to: number
  isMade: boolean
}

export interface Tree {
  /** Row id of the opening post, and its id in the site. */
  id: number
  siteId: string
  /** Row id and base URL of the site. */
  site: number
  url: string
  group: string | null
  /** In the order of the thread, the opening post first. */
  nodes: readonly Node[]
}

interface NodeRow {
  id: number
  siteId: string
  parent: number | null
  heading: string | null
  text: string
  truncated: 0 | 1
  author: string | null
  from: string | null
  to: string | null
}

const NODES = `SELECT posts.id, site_post_id AS siteId, parent_id AS parent, heading, text, truncated, members.name AS author,
    posted_from AS "from", posted_to AS "to"
  FROM posts LEFT JOIN members ON members.id = posts.member_id
  WHERE thread_id = ? AND posts.status <> 'unread' ORDER BY posts.id <> thread_id, COALESCE(position, 0), posts.id`

const HEAD = `SELECT posts.id, posts.site_post_id AS siteId, posts.site_id AS site, sites.url, groups.name AS "group" FROM posts
  JOIN sites ON sites.id = posts.site_id LEFT JOIN groups ON groups.id = posts.group_id WHERE posts.id = ?`

/** A thread by the row id of its opening post; null: there is none. */
export function treeOf(sql: Statements, thread: number): Tree | null {
  const head = sql.row<Omit<Tree, 'nodes'>>(HEAD, thread)
  if (!head) return null
  const group = head.group === null ? null : lettersOf(head.group)
  return { ...head, group, nodes: sql.rows<NodeRow>(NODES, thread).map(nodeOf) }
}

function nodeOf({ heading, author, from, to, truncated, ...row }: NodeRow): Node {
  const text = lettersOf(row.text)
  return {
    ...row,
    text,
    whole: heading ? lettersOf(`${heading} ${row.text}`) : text,
    truncated: truncated === 1,
    author: author === null ? null : lettersOf(author),
    from: from === null ? Number.NEGATIVE_INFINITY : Date.parse(from) / DAY - 1,
    to: to === null ? Number.POSITIVE_INFINITY : Date.parse(to) / DAY + 1,
    isMade: isMadeId(row.siteId),
  }
}

const DAY = 86_400_000
