import type { StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { ENGLISH, type Locale, localeOf } from '../../model/locale/locale.js'
import { seconds } from '../../model/time.js'
import type { ExportContext } from '../exporter.js'

/** An instant on the clock of a zone. */
export interface LocalTime {
  /** `2026-03-13`; `2026-03` where only months are known. */
  day: string
  /** `07:48`; empty where only months are known. */
  time: string
}

/** Reads instants in one time zone, and knows how people write them. */
export interface ZonedClock {
  /** As a document names it: `UTC`, `UTC+05:30`, `Europe/Berlin`. */
  zone: string
  locale: Locale
  /** True: it tells months only. */
  isOfMonths?: true
  at(instant: Instant): LocalTime
}

const OFFSET = /^([+-])(\d\d):(\d\d)$/

/** What a clock says of the zone alone. */
type Zone = Omit<ZonedClock, 'locale'>

/** The clock of UTC, of a fixed offset (`+05:30`) or of a zone of the IANA list. The locale and the zone of the machine have no effect. */
export const clockIn = (zone: string, locale = ENGLISH): ZonedClock => ({ ...zoneOf(zone), locale })

function zoneOf(zone: string): Zone {
  const offset = OFFSET.exec(zone)
  if (zone === 'UTC' || zone === 'Etc/UTC') return UTC
  if (!offset) return zoned(zone)
  const minutes = (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1)
  return minutes === 0 ? UTC : { zone: `UTC${zone}`, at: instant => localOf((seconds(instant) + minutes * 60) * 1000) }
}

// Of the characters of the instant: nothing else can move it.
const UTC: Zone = { zone: 'UTC', at: instant => ({ day: instant.slice(0, 10), time: instant.slice(11, 16) }) }

/** Of an archive whose times are rounded to months, in UTC: another zone would move them into the month before. */
const MONTHS: Zone = { zone: 'UTC', isOfMonths: true, at: instant => ({ day: instant.slice(0, 7), time: '' }) }

function localOf(milliseconds: number): LocalTime {
  const iso = new Date(milliseconds).toISOString()
  return { day: iso.slice(0, 10), time: iso.slice(11, 16) }
}

function zoned(timeZone: string): Zone {
  const [numeric, digits] = ['numeric', '2-digit'] as const
  const parts = { year: numeric, month: digits, day: digits, hour: digits, minute: digits, hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', numberingSystem: 'latn', ...parts })
  return {
    zone: timeZone,
    at: instant => {
      const found = new Map(format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]))
      const of = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? ''
      return {
        day: `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`,
        time: `${of('hour')}:${of('minute')}`,
      }
    },
  }
}

/** True for a zone of the IANA list, as the Node that runs this knows it. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** An archive may come from a newer Node, whose list has more zones. */
const isKnownHere = (zone: string): boolean => OFFSET.test(zone) || isTimeZone(zone)

/** How a document tells times: in which zone, and by which locale. */
export type Telling = Pick<ExportContext, 'timezone' | 'locale'>

/** The clock of a document of these threads: months if that is all that is known; else `timezone`, else that of their site where it is known and the same for all, else UTC. */
export function clockOf(
  threads: readonly Pick<StoredThread, 'timezone' | 'precision'>[],
  { timezone, locale: tag }: Telling,
): ZonedClock {
  const locale = localeOf(tag)
  if (threads.some(({ precision }) => precision === 'month')) return { ...MONTHS, locale }
  const [zone, ...others] = new Set(threads.map(thread => thread.timezone))
  return clockIn(timezone ?? (zone && others.length === 0 && isKnownHere(zone) ? zone : 'UTC'), locale)
}
