import type { When } from '../discussion.js'
import { instant } from '../time.js'

/** A range of time on the clock of a site, both ends included, in Unix seconds as if its zone were UTC. */
export interface LocalRange {
  from: number
  to: number
}

/** What a site says of its zone, in its REST index. */
export interface SiteZone {
  /** Name in the IANA list, such as `America/St_Johns`; null: the site has a fixed offset. */
  name: string | null
  /** Present offset from UTC in seconds; null: not known. */
  offset: number | null
}

/** `Europe/Berlin`, or a fixed offset such as `+05:30`; null: the site names no zone that exists. */
export function zoneName({ name, offset }: SiteZone): string | null {
  if (name !== null && (isListed(name) || formatOf(name))) return name
  if (offset === null) return null
  const minutes = Math.round(Math.abs(offset) / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0'))
  return `${offset < 0 ? '-' : '+'}${hours}:${rest}`
}

/** The list, which has neither UTC nor former names, takes a tenth of the time of the first format. */
const isListed = (name: string): boolean => name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)

/** Offsets from UTC in seconds, both ends included. */
export interface Offsets {
  min: number
  max: number
}

/** The offsets of all zones. */
export const ANY_OFFSET: Offsets = { min: -12 * 3600, max: 14 * 3600 }

/** The UTC interval of a local range, on a clock that is `min` to `max` seconds ahead of UTC. */
export const whenAt = ({ from, to }: LocalRange, { min, max }: Offsets): When => ({
  from: instant(from - max),
  to: instant(to - min),
})

/** The UTC interval of a local range in a zone; null: nothing is known of the zone. A time that the end of summer repeats covers both. */
export function whenInZone(local: LocalRange, zone: SiteZone): When | null {
  const offsetAt = zone.name === null ? null : offsetsOf(zone.name)
  if (offsetAt) return whenAt(local, rangeOf(offsetsFor(local.from, offsetAt), offsetsFor(local.to, offsetAt)))
  return zone.offset === null ? null : whenAt(local, { min: zone.offset, max: zone.offset })
}

const rangeOf = (...offsets: number[][]): Offsets => ({
  min: Math.min(...offsets.flat()),
  max: Math.max(...offsets.flat()),
})

const DAY = 86_400

/** The offsets with which this local time exists; those around it if the beginning of summer leaves it out. */
function offsetsFor(local: number, offsetAt: (at: number) => number): number[] {
  const around = [...new Set([offsetAt(local - DAY), offsetAt(local + DAY)])]
  const valid = around.filter(offset => offsetAt(local - offset) === offset)
  return valid.length > 0 ? valid : around
}

/** The offset of a zone at a time in Unix seconds; null: there is no zone of this name. */
function offsetsOf(name: string): ((at: number) => number) | null {
  const format = formatOf(name)
  if (!format) return null
  return at => {
    const parts = new Map(format.formatToParts(at * 1000).map(({ type, value }) => [type, Number(value)]))
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
    const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour') % 24, of('minute'), of('second'))
    return Math.round(wall / 1000) - at
  }
}

const formats = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(name: string): Intl.DateTimeFormat | null {
  const known = formats.get(name)
  if (known !== undefined) return known
  const format = madeFor(name)
  formats.set(name, format)
  return format
}

function madeFor(timeZone: string): Intl.DateTimeFormat | null {
  const [year, month, day, hour, minute, second] = Array.from({ length: 6 }, () => 'numeric' as const)
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hour12: false, year, month, day, hour, minute, second })
  } catch {
    return null
  }
}
