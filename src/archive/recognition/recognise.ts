import { isMadeId, isUnknownAddress } from '../../model/unknown-site.js'
import type { Statements } from '../database/statements.js'
import { candidatesFor, threadsWithWordsOf } from './candidates.js'
import { type Match, matchKept, matchThreads, saysEnough } from './match.js'
import { TakeOver } from './take-over.js'
import { type Head, headOf, type Tree, treeOf } from './trees.js'

/** Condition of the index `posts_made`. */
const MADE = "site_post_id GLOB 'x*'"

/** Posts of texts; or an author known only by the name that a text or a feed gave. */
const ANY = `SELECT 1 FROM (SELECT 1 FROM posts WHERE ${MADE} UNION ALL SELECT 1 FROM made_ids
  UNION ALL SELECT 1 FROM members WHERE site_member_id GLOB 'x*') LIMIT 1`

const OPENINGS = `SELECT id FROM posts WHERE ${MADE} AND id = thread_id AND status <> 'unread' ORDER BY site_post_id`

const KEPT_IN = `SELECT DISTINCT thread_id AS id FROM posts WHERE ${MADE} AND id <> thread_id ORDER BY thread_id`

const TAKEN = 'SELECT post_id AS id FROM made_ids JOIN posts ON posts.id = post_id WHERE thread_id = ?'

export interface Recognised {
  /** Number of posts that became others. */
  posts: number
  /** Number of posts of earlier runs of which a text says more: a narrower date, the full text, a name. */
  improved: number
  /** Number of members, groups and sites that nothing refers to any more. */
  removed: number
}

/**
 * Finds the posts of texts among those of sites, whichever came first: they become the same rows. A text by another converter is found
 * among the texts. Call it in a transaction at the end of a run that brought posts. `run`: that run; absent: it is no run.
 */
export function recognise(sql: Statements, run?: number): Recognised {
  if (sql.one(ANY) === undefined) return { posts: 0, improved: 0, removed: 0 }
  const takeOver = new TakeOver(sql, run)
  for (const { id } of sql.rows<{ id: number }>(OPENINGS)) recogniseThread(sql, id, takeOver)
  for (const { id } of sql.rows<{ id: number }>(KEPT_IN)) recogniseKept(sql, id, takeOver)
  const removed = takeOver.cleanUp()
  return { posts: takeOver.count, improved: takeOver.improved, removed }
}

function recogniseThread(sql: Statements, thread: number, takeOver: TakeOver): void {
  const head = headOf(sql, thread)
  if (!head) return
  const known = knownAs(sql, head)
  const candidates = known === undefined ? candidatesOf(sql, head) : null
  // Most texts are of no thread that is held: nothing but the opening post of these is read.
  if (candidates?.all.length === 0) return
  const made = treeOf(sql, thread)
  const best = made && (candidates ? bestOf(sql, made, candidates) : matchOf(made, treeOf(sql, known ?? 0)))
  if (made && best) takeOver.thread(made, best.real, best.match.pairs)
}

const matchOf = (made: Tree, real: Tree | null): Found | null =>
  real && { real, match: { pairs: matchThreads(made, real)?.pairs ?? new Map(), replies: 0 } }

/** Row ids of threads that may be the one of a text; `withWords`: texts with the same opening words. */
interface Candidates {
  all: readonly number[]
  withWords: ReadonlySet<number>
}

function candidatesOf(sql: Statements, head: Head): Candidates {
  const withWords = new Set(threadsWithWordsOf(sql, head))
  return { all: [...new Set([...withWords, ...candidatesFor(sql, head)])], withWords }
}

/** Row id of the thread that this text was found to be before, as another archive or an earlier import says. */
function knownAs(sql: Statements, { id, siteId }: Head): number | undefined {
  const query = 'SELECT thread_id FROM made_ids JOIN posts ON posts.id = post_id WHERE made_id = ? AND thread_id <> ?'
  return sql.one<number>(query, siteId, id)
}

interface Found {
  real: Tree
  match: Match
}

/** Of several threads the one with most replies in common; of equal ones, those of sites first, then the first. */
function bestOf(sql: Statements, made: Tree, { all, withWords }: Candidates): Found | null {
  const found: Found[] = []
  const candidates = saysEnough(made) ? all : all.filter(id => withWords.has(id))
  for (const id of candidates) {
    const real = treeOf(sql, id)
    if (!real || !mayBe(made, real)) continue
    const match = matchThreads(made, real, withWords.has(id))
    if (match) found.push({ real, match })
  }
  return found.sort((a, b) => b.match.replies - a.match.replies || order(a.real, b.real))[0] ?? null
}

/** A text of a community that is known belongs to that community. Of two texts the one with the lesser id stays. */
function mayBe(made: Tree, real: Tree): boolean {
  if (!isUnknownAddress(made.url) && made.site !== real.site) return false
  return !isMadeId(real.siteId) || order(made, real) > 0
}

const rank = ({ siteId, url }: Tree): string =>
  `${Number(isMadeId(siteId))}${Number(isUnknownAddress(url))} ${isMadeId(siteId) ? siteId : siteId.padStart(20, '0')}`

const order = (a: Tree, b: Tree): number => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0)

/** Replies that were kept under the ids of a text until the site showed them. */
function recogniseKept(sql: Statements, thread: number, takeOver: TakeOver): void {
  const tree = treeOf(sql, thread)
  if (!tree || isMadeId(tree.siteId)) return
  const taken = new Set(sql.rows<{ id: number }>(TAKEN, thread).map(({ id }) => id))
  for (const [made, real] of matchKept(tree, taken)) takeOver.post(made, real)
}
