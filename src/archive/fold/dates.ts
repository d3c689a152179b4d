import type { When } from '../../model/discussion.js'
import { narrow } from '../../model/time.js'

/**
 * Intervals narrow to what they share, and an exact date replaces an interval. Of dates that contradict each other, the one that was
 * read first is kept (`a` if `isOrdered`), or the earlier date if that is not known.
 */
export const foldDates = (a: When, b: When, isOrdered: boolean): When =>
  isOrdered || sortKey(a) <= sortKey(b) ? narrow(a, b) : narrow(b, a)

const sortKey = ({ from, to }: When) => `${from ?? ''} ${to ?? '~'}`

/** True if no time fits both. */
export function contradict(a: When, b: When): boolean {
  const before = (one: string | null, other: string | null) => one !== null && other !== null && one < other
  return before(a.to, b.from) || before(b.to, a.from)
}
