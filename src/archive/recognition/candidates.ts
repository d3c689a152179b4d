import { idsWithWordsOf } from '../../model/unknown-site.js'
import type { Statements } from '../database/statements.js'
import type { Head } from './trees.js'

/** Words of a text that are looked for, and the fewest with which a reply is. */
const WORDS = 8
const FEWEST = 4
/** Threads that are compared. */
const MOST = 60
/** Replies that are looked for. */
const REPLIES = 6

const THREADS = `SELECT posts.thread_id AS id, min(posts.id <> posts.thread_id) AS isReply FROM posts_fts
  JOIN posts ON posts.id = posts_fts.rowid
  WHERE posts_fts MATCH ? AND posts.thread_id <> ? AND posts.status <> 'unread' AND posts.forgotten = 0 GROUP BY posts.thread_id LIMIT ${MOST}`

/** Threads whose opening post was edited since. */
const EDITED = `SELECT posts.thread_id AS id FROM revisions JOIN posts ON posts.id = revisions.post_id
  WHERE posts.id = posts.thread_id AND instr(revisions.text, ?) > 0 AND posts.id <> ? LIMIT ${MOST}`

const TEXTS = 'SELECT text FROM posts WHERE thread_id = ? ORDER BY id <> thread_id, length(text) DESC LIMIT 7'

/** Row ids of threads that hold the first words of the opening post of a text, or of one of its longest replies. */
export function candidatesFor(sql: Statements, made: Head): number[] {
  const [opening = '', ...replies] = sql.rows<{ text: string }>(TEXTS, made.id).map(({ text }) => text)
  const found = new Set<number>()
  const search = (text: string, fewest: number, which: (isReply: number) => boolean) => {
    for (const phrase of phrasesOf(text, fewest))
      for (const { id, isReply } of sql.rows<{ id: number; isReply: number }>(THREADS, phrase, made.id))
        if (which(isReply)) found.add(id)
  }
  search(opening, 1, isReply => isReply === 0)
  for (const { id } of sql.rows<{ id: number }>(EDITED, startOf(opening), made.id)) found.add(id)
  for (const reply of replies.slice(0, REPLIES)) search(reply, FEWEST, () => true)
  return [...found].sort((a, b) => a - b)
}

const SAME_WORDS = `SELECT posts.id FROM sites CROSS JOIN posts ON posts.site_id = sites.id
  WHERE site_post_id BETWEEN ? AND ? AND posts.id = thread_id AND status <> 'unread' AND posts.id <> ?
  UNION SELECT posts.id FROM made_ids JOIN posts ON posts.id = made_ids.post_id
  WHERE made_id BETWEEN ? AND ? AND posts.id = posts.thread_id AND posts.id <> ?`

/** Row ids of threads of which a text with the same opening words was read, by their ids. */
export function threadsWithWordsOf(sql: Statements, { id, siteId }: Head): number[] {
  const [least, greatest] = idsWithWordsOf(siteId)
  return sql.rows<{ id: number }>(SAME_WORDS, least, greatest, id, least, greatest, id).map(row => row.id)
}

/** Some words from the beginning, without an end that may be wrapped elsewhere. */
const startOf = (text: string): string => /^\s*((?:\S+ ){0,5}\S+)/.exec(text)?.[1] ?? text

/** Emoji and other signs, of which converters lose some. */
const SIGNS = /[^\p{L}\p{N}\p{M}\p{P}\s]+|\ufe0f/u

/** The first words between signs, and the most words, as phrases of FTS5. */
function phrasesOf(text: string, fewest: number): string[] {
  const runs = text
    .slice(0, SEARCHED)
    .split(SIGNS)
    .map(part => part.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, WORDS) ?? [])
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), [])
  const first = runs.find(run => run.length >= FEWEST) ?? longest
  return [...new Set([first, longest])].filter(run => run.length >= fewest).map(run => `text : "${run.join(' ')}"`)
}

/** Characters of a text from which the phrases are taken. */
const SEARCHED = 4000
