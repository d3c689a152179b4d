import type { When } from '../../model/discussion.js'
import { type SiteZone, whenInZone } from '../../model/forum/site-zone.js'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAY = `(\\d{1,2}) (${MONTHS.join('|')})(?: (\\d{4}))?`
const CLOCK = '(\\d\\d):(\\d\\d)'
const POINT = `(?:${DAY}, )?${CLOCK}`

/** A range on the clock of the document, in Unix seconds as if its zone were UTC; null: an open end. */
type Range = [number | null, number | null]

/** Reads dates of a document, each of which says what differs from the date above it (`RunningDates` of the exporters). */
export class ReadDates {
  /** `2026`, month 0 to 11, day, of the date above. */
  private above: [number, number, number] | null = null

  /** `english`: the words of a date of the document as one in the default locale has them. */
  constructor(
    private readonly zone: SiteZone,
    private readonly english: (words: string) => string,
  ) {}

  /** Call it for each post in the order of the document. Null: the words are no date. */
  when(date: string): When | null {
    const words = this.english(date)
    if (words === 'date unknown') return { from: null, to: null }
    const range = this.open(words) ?? this.times(words) ?? this.points(words) ?? this.days(words)
    if (!range) return null
    const [from, to] = range
    const known = (from ?? to) as number
    const when = whenInZone({ from: from ?? known, to: to ?? known }, this.zone)
    return when && { from: from === null ? null : when.from, to: to === null ? null : when.to }
  }

  /** `14 March, 21:23`, `21:40`, `after 21:40`, `before 21:40`. */
  private open(words: string): Range | null {
    const [, side, ...point] = new RegExp(`^(?:(after|before) )?${POINT}$`).exec(words) ?? []
    const at = point.length > 0 ? this.point(point) : null
    if (at === null) return null
    return side === 'after' ? [at, null] : side === 'before' ? [null, at + 59] : [at, at + 59]
  }

  /** `between 09:00 and 10:00`, on the day above or one that is named. */
  private times(words: string): Range | null {
    const found = new RegExp(`^(?:${DAY}, )?between ${CLOCK} and ${CLOCK}$`).exec(words)
    if (!found) return null
    const [, day, month, year, ...times] = found
    const from = this.point([day, month, year, ...times.slice(0, 2)])
    const to = this.point([undefined, undefined, undefined, ...times.slice(2)])
    return from === null || to === null ? null : [from, to + 59]
  }

  /** `between 13 March, 21:00 and 14 March, 01:00` */
  private points(words: string): Range | null {
    const found = new RegExp(`^between ${DAY}, ${CLOCK} and ${DAY}, ${CLOCK}$`).exec(words)
    if (!found) return null
    const [from, to] = [this.point(found.slice(1, 6)), this.point(found.slice(6, 11))]
    return from === null || to === null ? null : [from, to + 59]
  }

  /** `between 13 and 19 March`, `between 1 March 2025 and 28 February 2026` */
  private days(words: string): Range | null {
    const found = new RegExp(`^between (\\d{1,2})(?: (${MONTHS.join('|')})(?: (\\d{4}))?)? and ${DAY}$`).exec(words)
    if (!found) return null
    const [, day, month, year, lastDay, lastMonth, lastYear] = found
    const to = this.point([lastDay, lastMonth, lastYear, '23', '59'])
    const same = lastYear ?? String(this.above?.[0])
    const from = this.dayOf([day, month ?? lastMonth, year ?? same])
    return from === null || to === null ? null : [Date.UTC(...from) / 1000, to + 59]
  }

  private point([day, month, year, hour, minute]: readonly (string | undefined)[]): number | null {
    if (day !== undefined) this.above = this.dayOf([day, month, year])
    return this.above && Date.UTC(...this.above, Number(hour), Number(minute)) / 1000
  }

  private dayOf([day, month = '', year]: readonly (string | undefined)[]): [number, number, number] | null {
    const years = year === undefined ? this.above?.[0] : Number(year)
    return years === undefined ? null : [years, MONTHS.indexOf(month), Number(day)]
  }
}

/** The zone that a document names: `UTC`, `UTC+05:30`, `Europe/Berlin`. */
export function zoneNamed(words: string): SiteZone {
  const [, sign, hours, minutes] = /^UTC(?:([+-])(\d\d):(\d\d))?$/.exec(words) ?? []
  if (words === 'UTC') return { name: null, offset: 0 }
  if (sign === undefined) return { name: words, offset: 0 }
  return { name: null, offset: (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60) }
}
