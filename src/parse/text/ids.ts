import { hash } from 'node:crypto'
import { lettersOf } from '../../model/markup/letters.js'

/** The words of a post that a text shows, and its parent. */
export interface Wording {
  parent: number | null
  author: string | null
  group: string | null
  text: string
}

const made = (...parts: (string | number | null)[]): string => `x${hash('sha256', JSON.stringify(parts)).slice(0, 16)}`

/** Most letters of an opening post whose words may be those of another thread, too. */
const SHORT = 60

/**
 * Ids for posts of which a text gives none, made from their words, their thread and their order: the same text gives the same ids, also by
 * another converter, which may have lost the indentation. A short opening post takes the words of its replies to tell it from another one.
 * `taken`: ids of other threads of the file.
 */
export function idsOf(posts: readonly Wording[], known: readonly (string | null)[], taken: Set<string>): string[] {
  const ids: string[] = []
  for (const [at, post] of posts.entries())
    ids.push(known[at] ?? free(at === 0 ? openingParts(posts) : [ids[0] ?? '', lettersOf(post.text)], taken))
  return ids
}

function openingParts(posts: readonly Wording[]): (string | null)[] {
  const [{ author, group, text }] = posts as [Wording]
  const letters = lettersOf(text)
  const replies = letters.length < SHORT ? posts.slice(1).map(reply => lettersOf(reply.text)) : []
  return [letters, lettersOf(author ?? ''), lettersOf(group ?? ''), ...replies]
}

/** The same words in the same place get another id each time. */
function free(parts: readonly (string | null)[], taken: Set<string>): string {
  let id = made(...parts)
  for (let count = 2; taken.has(id); count++) id = made(...parts, count)
  taken.add(id)
  return id
}

/** The id of a member of whom only the name is known. */
export const memberIdOf = (name: string): string => made('member', name.normalize('NFC'))
