import type { Instant } from '../../model/discussion.js'
import { monthOf } from './calendar.js'
import { type CountedPost, inPeriod } from './threads.js'

/** The interval that the first post of a person is in; null: no such end is known. */
interface First {
  from: Instant | null
  to: Instant | null
}

/** Finds when people wrote their first post. Without posts of the time before the period, all would be new in it. */
export class NewcomerTally {
  private readonly firsts = new Map<number, First>()

  /** Any post of the selection, whether it is in the period or not. */
  see({ member, from, to }: CountedPost): void {
    if (member === null) return
    const first = this.firsts.get(member)
    if (!first) this.firsts.set(member, { from, to })
    else {
      // The first post is not later than any post certainly is, and not earlier than all can be.
      if (from === null || (first.from !== null && from < first.from)) first.from = from
      if (to !== null && (first.to === null || to < first.to)) first.to = to
    }
  }

  figures(period: Parameters<typeof inPeriod>[1]): {
    newcomers: number
    newcomersUnsure: number
    byMonth: Map<number, number>
  } {
    const byMonth = new Map<number, number>()
    let [newcomers, newcomersUnsure] = [0, 0]
    for (const first of this.firsts.values()) {
      const result = inPeriod(first, period)
      if (result === 'unsure') newcomersUnsure++
      if (result !== 'in') continue
      newcomers++
      const month = monthOf(first.from)
      if (month !== null && month === monthOf(first.to)) byMonth.set(month, (byMonth.get(month) ?? 0) + 1)
    }
    return { newcomers, newcomersUnsure, byMonth }
  }
}
