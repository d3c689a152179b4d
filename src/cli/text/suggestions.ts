import { UsageError } from '../../model/errors.js'
import { typedAddress, withoutSecrets } from '../../model/urls.js'

/** The error for a name that is not in the archive. `near`: the closest ones, a line each; `what`: their kind, in the singular. */
export const unknownName = (
  name: string,
  what: string,
  near: readonly string[],
  none = `The archive holds no ${what}s yet. Run "threadkeep archive URL" first.`,
): UsageError =>
  new UsageError(
    `No ${what === 'thread' ? 'thread or reply' : what} "${name}" is in this archive.`,
    near.length === 0 ? none : `Known ${what}s, closest first:\n${near.join('\n')}`,
  )

/** The error for the address of what was never fetched into this archive: no other one is near. */
export const unknownAddress = (address: string, what: 'group' | 'thread'): UsageError =>
  new UsageError(
    `No ${what === 'thread' ? 'thread or reply' : what} "${address}" is in this archive.`,
    `Fetch it first: threadkeep archive ${withoutSecrets(typedAddress(address))}\nOr name the archive that has it: --db FILE`,
  )

/** For words where a thread was expected. */
export const SEARCH_HINT = 'To find posts by their words: threadkeep search WORDS'

const MOST = 6

/**
 * The six candidates closest to `word`, closest first, for "did you mean" lists: those that differ in at most `letters`. Memory does not
 * grow with their number.
 */
export function suggestion<T>(
  word: string,
  candidates: Iterable<T>,
  names: (candidate: T) => string[],
  letters = Number.POSITIVE_INFINITY,
): T[] {
  const best: { candidate: T; far: number }[] = []
  for (const candidate of candidates) {
    const far = Math.min(...names(candidate).map(name => (holds(name, word) ? 0 : lettersApart(word, name))))
    if (far > letters) continue
    if (best.length === MOST && far >= (best.at(-1)?.far ?? 0)) continue
    best.push({ candidate, far })
    best.sort((a, b) => a.far - b.far)
    best.length = Math.min(best.length, MOST)
  }
  return best.map(({ candidate }) => candidate)
}

/** People remember one word of a name. Digits are in many addresses. */
const holds = (name: string, word: string): boolean => /\p{L}{3}/u.test(word) && fold(name).includes(fold(word))

// The cost is the product of both lengths, and 60 characters are enough to tell names apart.
const fold = (text: string) => text.toLowerCase().slice(0, 60)

/** Letters to change, insert or leave out until both words are the same, whatever their case. */
export const lettersApart = (one: string, other: string): number => distance(fold(one), fold(other))

/** The Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
