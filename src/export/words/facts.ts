import type { StoredPost, StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import type { ShownStatus } from '../exporter.js'
import { isShown } from '../shown.js'
import { authorName, personKey } from './names.js'

/** What a document says of its posts as a whole. */
export interface Facts {
  /** Posts that are shown. */
  posts: number
  /** The names of those who wrote the shown posts, by person, in the order of their first post. */
  people: Map<string, string>
  /** Ends of the period of the shown posts; null: no date is known. */
  from: Instant | null
  to: Instant | null
  /** Numbers (`#2`) of the posts that are gone from the site, and of those shown that were edited; `MOST_NUMBERS` at most. */
  gone: Marked
  edited: Marked
  /** When a post that is gone now was last seen, the earliest of them; null: none is gone. */
  goneSince: Instant | null
}

export interface Marked {
  count: number
  numbers: number[]
}

/** As many numbers as a sentence can hold. */
const MOST_NUMBERS = 5

export const noFacts = (): Facts => ({
  ...{ posts: 0, people: new Map(), from: null, to: null, goneSince: null },
  ...{ gone: { count: 0, numbers: [] }, edited: { count: 0, numbers: [] } },
})

/** The site says so, or the archive holds an earlier version. */
export const isEdited = ({ edited, revisions }: Pick<StoredPost, 'edited' | 'revisions'>): boolean =>
  edited || revisions > 0

/** Walks the posts of the thread once. */
export function factsOf(thread: StoredThread, status: ShownStatus): Facts {
  const facts = noFacts()
  for (const { post, position } of thread.posts) {
    if (post.status === 'gone') countGone(facts, post, position + 1)
    if (isShown(post, status)) count(facts, post, position + 1)
  }
  return facts
}

function countGone(facts: Facts, post: StoredPost, number: number): void {
  mark(facts.gone, number)
  facts.goneSince = earlier(facts.goneSince, post.lastSeenAt)
}

function count(facts: Facts, post: StoredPost, number: number): void {
  const { from, to } = post.when
  const key = personKey(post)
  facts.posts++
  if (!facts.people.has(key)) facts.people.set(key, authorName(post))
  facts.from = earlier(facts.from, from ?? to)
  facts.to = later(facts.to, to ?? from)
  if (isEdited(post)) mark(facts.edited, number)
}

function mark(marked: Marked, number: number): void {
  marked.count++
  if (marked.numbers.length < MOST_NUMBERS) marked.numbers.push(number)
}

/** Adds the facts of one thread to those of several; numbers of posts mean nothing there. */
export function addFacts(sum: Facts, more: Facts): void {
  sum.posts += more.posts
  for (const [key, name] of more.people) if (!sum.people.has(key)) sum.people.set(key, name)
  sum.from = earlier(sum.from, more.from)
  sum.to = later(sum.to, more.to)
  sum.gone.count += more.gone.count
  sum.edited.count += more.edited.count
  sum.goneSince = earlier(sum.goneSince, more.goneSince)
}

// Instants compare as strings.
const earlier = (a: Instant | null, b: Instant | null) => (a === null || (b !== null && b < a) ? b : a)
const later = (a: Instant | null, b: Instant | null) => (a === null || (b !== null && b > a) ? b : a)
