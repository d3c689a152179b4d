import type { Instant } from '../discussion.js'

/** A parsed search query (`parseQuery`): a condition on a single post. */
export type Query =
  | { kind: 'all' | 'any'; of: readonly Query[] }
  | { kind: 'not'; of: Query }
  | Words
  | NameFilter
  | { kind: 'after' | 'before'; at: Instant }
  | { kind: 'has'; what: Has }
  | { kind: 'is'; what: State }

/** A word, or a phrase of consecutive words; never empty. `isStart`: the last word is a prefix. */
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

/** The members and groups that a query names, so that unknown names can be reported. */
export function namesIn(query: Query): NameFilter[] {
  if (query.kind === 'all' || query.kind === 'any') return query.of.flatMap(namesIn)
  if (query.kind === 'not') return namesIn(query.of)
  return query.kind === 'from' || query.kind === 'in' ? [query] : []
}

/** The words that a post must or may contain, without negated ones: these are marked in a hit. */
export function wordsIn(query: Query): Words[] {
  if (query.kind === 'all' || query.kind === 'any') return query.of.flatMap(wordsIn)
  return query.kind === 'words' ? [query] : []
}

/** What a post of a selected thread must match: the query, and any of the members as its author. */
export function matchingOf(query: Query | null, members: readonly string[]): { matching?: Query } {
  const authors: Query = { kind: 'any', of: members.map(name => ({ kind: 'from', name })) }
  if (members.length === 0) return query === null ? {} : { matching: query }
  return { matching: query === null ? authors : { kind: 'all', of: [query, authors] } }
}
