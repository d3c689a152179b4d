import type { Instant } from '../discussion.js'

/** A question to the archive, as the search language writes it (`parseQuery`). It is asked of single posts. */
export type Query =
  | { kind: 'all' | 'any'; of: readonly Query[] }
  | { kind: 'not'; of: Query }
  | Words
  | NameFilter
  | { kind: 'after' | 'before'; at: Instant }
  | { kind: 'has'; what: Has }
  | { kind: 'is'; what: State }

/** A word, or words that stand one after another; `isStart`: the last one may go on. Never empty. */
export interface Words {
  kind: 'words'
  text: string
  isStart: boolean
}

/** Slug, id, name or URL of a member or a group. */
export interface NameFilter {
  kind: 'from' | 'in'
  name: string
}

export const HAS = ['link', 'image', 'video', 'audio', 'document', 'embed', 'attachment', 'replies'] as const
export type Has = (typeof HAS)[number]

export const STATES = ['live', 'gone', 'edited', 'thread', 'reply'] as const
export type State = (typeof STATES)[number]

/** The names that a query asks for, so that unknown ones can be told. */
export function namesIn(query: Query): NameFilter[] {
  if (query.kind === 'all' || query.kind === 'any') return query.of.flatMap(namesIn)
  if (query.kind === 'not') return namesIn(query.of)
  return query.kind === 'from' || query.kind === 'in' ? [query] : []
}

/** The words that a post must or may hold: what is marked in it. */
export function wordsIn(query: Query): Words[] {
  if (query.kind === 'all' || query.kind === 'any') return query.of.flatMap(wordsIn)
  return query.kind === 'words' ? [query] : []
}
