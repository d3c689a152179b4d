import { lettersOf } from '../../model/markup/letters.js'
import { DAY_MS } from '../../model/time.js'
import { isMadeId } from '../../model/unknown-site.js'
import type { Statements } from '../database/statements.js'

/** A post of a thread, with what tells it from others. Names and texts are letters only (`lettersOf`). */
export interface Node {
  /** Row id. */
  id: number
  siteId: string
  parent: number | null
  text: string
  /** Its other texts: with its heading before it, and as it was before edits. */
  others: readonly string[]
  truncated: boolean
  /** Null: not known. */
  author: string | null
  /** Days since 1970, widened by one: a person who gives the day of a copy gives it in some zone. */
  from: number
  to: number
  isMade: boolean
}

/** A thread without its posts. */
export interface Head {
  /** Row id of the opening post, and its id in the site. */
  id: number
  siteId: string
  /** Row id and base URL of the site. */
  site: number
  url: string
  group: string | null
}

export interface Tree extends Head {
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
  /** JSON: its earlier texts. */
  past: string
}

const NODES = `SELECT posts.id, site_post_id AS siteId, parent_id AS parent, heading, text, truncated, members.name AS author,
    posted_from AS "from", posted_to AS "to",
    (SELECT json_group_array(revisions.text) FROM revisions WHERE revisions.post_id = posts.id) AS past
  FROM posts LEFT JOIN members ON members.id = posts.member_id
  WHERE thread_id = ? AND posts.status <> 'unread' ORDER BY posts.id <> thread_id, COALESCE(position, 0), posts.id`

const HEAD = `SELECT posts.id, posts.site_post_id AS siteId, posts.site_id AS site, sites.url, groups.name AS "group" FROM posts
  JOIN sites ON sites.id = posts.site_id LEFT JOIN groups ON groups.id = posts.group_id WHERE posts.id = ?`

/** A thread by the row id of its opening post; null: there is none. */
export function headOf(sql: Statements, thread: number): Head | null {
  const head = sql.row<Head>(HEAD, thread)
  return head ? { ...head, group: head.group === null ? null : lettersOf(head.group) } : null
}

/** The same with its posts. */
export function treeOf(sql: Statements, thread: number): Tree | null {
  const head = headOf(sql, thread)
  return head && { ...head, nodes: Array.from(sql.each<NodeRow>(NODES, thread), nodeOf) }
}

function nodeOf({ heading, author, from, to, truncated, past, ...row }: NodeRow): Node {
  const text = lettersOf(row.text)
  return {
    ...row,
    text,
    others: heading || past !== '[]' ? othersOf(heading, row.text, past) : NONE,
    truncated: truncated === 1,
    author: author === null ? null : lettersOf(author),
    from: from === null ? Number.NEGATIVE_INFINITY : Date.parse(from) / DAY_MS - 1,
    to: to === null ? Number.POSITIVE_INFINITY : Date.parse(to) / DAY_MS + 1,
    isMade: isMadeId(row.siteId),
  }
}

const NONE: readonly string[] = []

const othersOf = (heading: string | null, text: string, past: string): string[] =>
  [...(heading ? [`${heading} ${text}`] : []), ...(JSON.parse(past) as string[])].map(lettersOf)
