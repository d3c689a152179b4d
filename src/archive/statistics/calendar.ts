import type { Instant } from '../../model/discussion.js'
import { NumberList } from '../../model/reports/number-list.js'
import type { DateFigures, MonthFigures, Statistics } from '../../model/reports/statistics.js'
import type { CountedPost } from './threads.js'

type Figures = Pick<Statistics, 'months' | 'weekdays' | 'hours'> & { dates: Omit<DateFigures, 'unsure'> }

/** Packs a month and a member's row id into one number without loss. */
const RADIX = 2 ** 32

/** Counts posts by month, weekday and hour (UTC). A month is its number since January of year 0. */
export class CalendarTally {
  private readonly posts = new Map<number, { posts: number; threads: number }>()
  private readonly active = new NumberList()
  private readonly possible = new Overlaps()
  private readonly dates = {
    exact: 0,
    interval: 0,
    unknown: 0,
    withoutMonth: 0,
    first: null as Instant | null,
    last: null as Instant | null,
  }
  private readonly weekdays = new Array<number>(7).fill(0)
  private readonly hours = new Array<number>(24).fill(0)

  add(post: CountedPost, isOpening: boolean): void {
    this.addDate(post)
    const month = monthOf(post.from)
    this.possible.add(month, monthOf(post.to))
    if (month === null || month !== monthOf(post.to)) {
      this.dates.withoutMonth++
      return
    }
    const row = this.posts.get(month) ?? { posts: 0, threads: 0 }
    this.posts.set(month, row)
    row.posts++
    if (isOpening) row.threads++
    if (post.member !== null) this.active.push(month * RADIX + post.member)
  }

  private addDate({ from, to }: CountedPost): void {
    const { dates } = this
    if (from === null && to === null) dates.unknown++
    else if (from === null || from !== to) dates.interval++
    else {
      dates.exact++
      if (dates.first === null || from < dates.first) dates.first = from
      if (dates.last === null || from > dates.last) dates.last = from
      this.addClock(new Date(from))
    }
  }

  private addClock(at: Date): void {
    if (Number.isNaN(at.getTime())) return
    // 0 is Monday, as in ISO 8601; in JavaScript it is Sunday.
    const [day, hour] = [(at.getUTCDay() + 6) % 7, at.getUTCHours()]
    this.weekdays[day] = (this.weekdays[day] ?? 0) + 1
    this.hours[hour] = (this.hours[hour] ?? 0) + 1
  }

  figures(newcomers: ReadonlyMap<number, number>): Figures {
    const { dates, weekdays, hours } = this
    return { dates, months: this.months(newcomers), weekdays, hours }
  }

  /** All months from the first to the last one with a post, also those without posts. */
  private months(newcomers: ReadonlyMap<number, number>): MonthFigures[] {
    const people = this.peopleByMonth()
    const known = [...this.posts.keys()].sort((a, b) => a - b)
    const [first = 0, last = -1] = [known[0], known.at(-1)]
    const possible = this.possible.from(first)
    return Array.from({ length: last - first + 1 }, (_, at) => {
      const month = first + at
      const row = this.posts.get(month) ?? { posts: 0, threads: 0 }
      const counts = { people: people.get(month) ?? 0, newcomers: newcomers.get(month) ?? 0 }
      return { month: isoMonth(month), ...row, ...counts, postsAtMost: possible(month) }
    })
  }

  private peopleByMonth(): Map<number, number> {
    const people = new Map<number, number>()
    for (const pair of this.active.distinct()) {
      const month = Math.floor(pair / RADIX)
      people.set(month, (people.get(month) ?? 0) + 1)
    }
    return people
  }
}

/** Counts intervals of months by the months that they overlap. */
class Overlaps {
  /** By month: intervals that begin there, less those that ended in the month before. */
  private readonly changes = new Map<number, number>()

  /** Null: the interval is open at this end. */
  add(from: number | null, to: number | null): void {
    this.change(from ?? Number.NEGATIVE_INFINITY, 1)
    if (to !== null) this.change(to + 1, -1)
  }

  private change(month: number, by: number): void {
    this.changes.set(month, (this.changes.get(month) ?? 0) + by)
  }

  /** Gives the number of each month, to be asked for one month after the other. */
  from(first: number): (month: number) => number {
    let count = 0
    for (const [month, by] of this.changes) if (month < first) count += by
    return month => {
      count += this.changes.get(month) ?? 0
      return count
    }
  }
}

/** Number of the month since January of year 0; null: not known. */
export function monthOf(at: Instant | null): number | null {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])-/.exec(at ?? '') ?? []
  return year === undefined || month === undefined ? null : Number(year) * 12 + Number(month) - 1
}

/** `2024-05` */
export const isoMonth = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
