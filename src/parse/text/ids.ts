import { hash } from 'node:crypto'
import type { When } from '../../model/discussion.js'
import { lettersOf } from '../../model/markup/letters.js'
import { contradict } from '../../model/time.js'
import { openingId } from '../../model/unknown-site.js'

/** The words of a post that a text shows, and its parent. */
interface Wording {
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
 * The id of an opening post ends with its day, `when`: the same words at another time begin another thread.
 */
export function idsOf(
  posts: readonly Wording[],
  known: readonly (string | null)[],
  when: When,
  taken: TakenIds,
): string[] {
  const ids: string[] = []
  for (const [at, post] of posts.entries())
    ids.push(
      known[at] ??
        (at === 0 ? taken.opening(openingParts(posts), when) : taken.reply([ids[0] ?? '', lettersOf(post.text)])),
    )
  return ids
}

function openingParts(posts: readonly Wording[]): (string | null)[] {
  const [{ author, group, text }] = posts as [Wording]
  const letters = lettersOf(text)
  const replies = letters.length < SHORT ? posts.slice(1).map(reply => lettersOf(reply.text)) : []
  return [letters, lettersOf(author ?? ''), lettersOf(group ?? ''), ...replies]
}

/** The ids that the posts of one file have: the same words in the same place at the same time get another id each time. */
export class TakenIds {
  /** Dates of opening posts by their words, and by the number that tells equal ones apart. */
  private readonly openings = new Map<string, When[][]>()
  private readonly replies = new Map<string, number>()

  opening(parts: readonly (string | null)[], when: When): string {
    const key = made(...parts)
    const numbered = this.openings.get(key) ?? []
    const free = numbered.findIndex(dates => dates.every(date => contradict(date, when)))
    const at = free < 0 ? numbered.length : free
    numbered[at] = [...(numbered[at] ?? []), when]
    this.openings.set(key, numbered)
    return openingId(at === 0 ? key : made(...parts, at + 1), when)
  }

  reply(parts: readonly string[]): string {
    const key = made(...parts)
    const count = (this.replies.get(key) ?? 0) + 1
    this.replies.set(key, count)
    return count === 1 ? key : made(...parts, count)
  }
}

/** The id of a member known only by name. */
export const memberIdOf = (name: string): string => made('member', name.normalize('NFC'))
