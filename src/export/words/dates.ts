import type { Instant, When } from '../../model/discussion.js'
import type { Locale } from '../../model/locale/locale.js'
import { DAY_MS } from '../../model/time.js'
import type { LocalTime, ZonedClock } from './clock.js'

/** True for `2026-03`, which a clock of months gives in place of a day. */
const isMonth = (day: string): boolean => day.length === 7

/** `13 March 2026`, `March 2026`; without the year where `above`, a day that the reader has just seen, is of the same year. Days are `2026-03-13` or `2026-03`. */
export function dayWords(day: string, locale: Locale, above: string | null = null): string {
  const hasYear = yearOf(day) !== yearOf(above ?? '')
  return isMonth(day) ? locale.month(day, hasYear) : locale.day(day, hasYear)
}

/** `on 13 March 2026`, `in March 2026`; as `dayWords`. */
export const onDay = (day: string, locale: Locale): string => `${isMonth(day) ? 'in' : 'on'} ${dayWords(day, locale)}`

/**
 * `13 to 19 March 2026`, `31 March to 1 April 2020`, `6 October 2020 to 28 November 2026`; one day alone for equal days. Where people put the
 * year or the month first, both ends have all that belongs to them: `2026年3月13日 to 2026年3月19日`.
 */
export function rangeWords(
  from: string,
  to: string,
  locale: Locale,
  above: string | null = null,
  between = 'to',
): string {
  const last = dayWords(to, locale, above)
  if (from === to) return last
  if (yearOf(from) !== yearOf(to)) return `${dayWords(from, locale)} ${between} ${dayWords(to, locale)}`
  if (!locale.sharesInRanges) return `${dayWords(from, locale, above)} ${between} ${last}`
  const isOneMonth = from.slice(0, 7) === to.slice(0, 7)
  return `${isOneMonth ? Number(from.slice(8, 10)) : dayWords(from, locale, from)} ${between} ${last}`
}

const yearOf = (day: string): string => day.slice(0, 4)

/**
 * The dates of posts, one below the other: each says what differs from the date above it, and from that of the post at whose side it is,
 * where deeper posts are between them.
 */
export class RunningDates {
  /** The day that was written last, which gives the year; null: none. */
  private above: string | null = null
  /** The day of the post above, where it is one day. */
  private dayAbove: string | null = null
  /** The day of the last post of each level. */
  private readonly levels: (string | null)[] = []

  constructor(private readonly clock: ZonedClock) {}

  /**
   * `13 March 2026, 07:48`, then `14 March, 21:23`, then `21:40` on the same day. Where only an interval is known: `between 09:00 and
   * 10:00`, `between 13 and 15 March`, `after …`, `before …`, `date unknown`. On a clock of months: `March 2026`, then `April`. `level`: how far the post is indented.
   */
  words(when: When, level = 0): string {
    this.levels.length = Math.min(this.levels.length, level + 1)
    const beside = this.levels.at(-1) ?? null
    if (beside !== this.dayAbove) this.dayAbove = null
    const words = this.wordsOf(when)
    this.levels[level] = this.dayAbove
    return words
  }

  private wordsOf({ from, to }: When): string {
    if (from && to) return this.interval(this.clock.at(from), this.clock.at(to))
    if (from) return `after ${this.point(this.clock.at(from))}`
    return to ? `before ${this.point(this.clock.at(to))}` : 'date unknown'
  }

  /** `2 December`: the day of something later, with the year where it is not that of the date above. */
  until(at: Instant): string {
    return dayWords(this.clock.at(at).day, this.clock.locale, this.above)
  }

  private interval(from: LocalTime, to: LocalTime): string {
    if (from.day === to.day && from.time === to.time) return this.point(from)
    if (from.day === to.day) return `${this.day(from.day)}between ${this.time(from)} and ${this.time(to)}`
    // Of more than two days the times would only make the line longer.
    if (Date.parse(`${to.day}T${to.time}Z`) - Date.parse(`${from.day}T${from.time}Z`) <= 2 * DAY_MS)
      return `between ${this.whole(from)} and ${this.whole(to)}`
    const words = `between ${rangeWords(from.day, to.day, this.clock.locale, this.above, 'and')}`
    this.see(to.day, null)
    return words
  }

  private point({ day, time }: LocalTime): string {
    if (isMonth(day)) return this.whole({ day, time })
    return `${this.day(day)}${this.time({ time })}`
  }

  private whole({ day, time }: LocalTime): string {
    const words = dayWords(day, this.clock.locale, this.above)
    this.see(day, null)
    return time === '' ? words : `${words}, ${this.time({ time })}`
  }

  /** `14 March, `; empty on the day above. */
  private day(day: string): string {
    const words = day === this.dayAbove ? '' : `${dayWords(day, this.clock.locale, this.above)}, `
    this.see(day, day)
    return words
  }

  private time({ time }: Pick<LocalTime, 'time'>): string {
    return this.clock.locale.time(time)
  }

  private see(above: string, dayAbove: string | null): void {
    this.above = above
    this.dayAbove = dayAbove
  }
}

/** The date of one post by itself: always with day and year. */
export const whenWords = (when: When, clock: ZonedClock): string => new RunningDates(clock).words(when)

/** The day or month, or `from/to` (ISO 8601) where only an interval is known, open at an unknown end (`../2026-02-28`); null: nothing is known. */
export function isoDays({ from, to }: When, clock: ZonedClock): string | null {
  if (!from && !to) return null
  const [first, last] = [from, to].map(at => (at ? clock.at(at).day : '..'))
  return first === last ? (first ?? null) : `${first}/${last}`
}
