import type { When } from '../../model/discussion.js'
import { isExact, narrow } from '../../model/time.js'

/**
 * Intervals narrow to what they share, and an exact date replaces an interval. Of two exact dates the earlier is kept, of intervals
 * that share nothing the later, whichever was read first.
 */
export function foldDates(a: When, b: When): When {
  const [earlier, later] = sortKey(a) <= sortKey(b) ? [a, b] : [b, a]
  return isExact(earlier) ? narrow(earlier, later) : narrow(later, earlier)
}

const sortKey = ({ from, to }: When) => `${from ?? ''} ${to ?? '~'}`
