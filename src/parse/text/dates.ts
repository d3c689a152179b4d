import type { Capture } from '../../model/capture.js'
import type { Instant, When } from '../../model/discussion.js'
import { exactly, instant, seconds } from '../../model/time.js'
import type { RenderTime } from '../items/dates.js'
import { ageOf, isDateOnly, type Writer, writerOf } from '../relative/index.js'

/** A text that ends with a date. */
export interface Dated {
  /** What is before the date. */
  before: string
  /** The words of a relative date, or what an absolute one means. */
  date: string | When
}

/**
 * Words behind the date of a post that are no part of it. They are matched from the end of the line, where each character leaves one
 * choice: forwards, the time would double with each space within the line.
 */
const BEHIND = /$(?<=((?:[\s·•|]|\(edited\)|[\s·•|,–-]+(?:view|edited|#\d+))*))/i

const withoutBehind = (line: string): string => line.slice(0, line.length - (BEHIND.exec(line)?.[1]?.length ?? 0))

/** The longest relative date: "2 years, 12 months ago" in the longest language. */
const MAX_DATE = 70

/** The date at the end of a line; null: the line ends with something else. */
export function datedAtEnd(line: string): Dated | null {
  const text = withoutBehind(line)
  const absolute = absoluteAtEnd(text)
  if (absolute) return absolute
  const tail = text.slice(-MAX_DATE)
  if (ageOf(tail, ALL_WRITERS) === null && !isDateOnly(lastWords(tail, 3))) return null
  // The longest date: "2 years, 3 months ago" ends with "3 months ago".
  for (const start of starts(text)) {
    const words = text.slice(start)
    if (words.length <= MAX_DATE && isDateOnly(words)) return { before: text.slice(0, start).trimEnd(), date: words }
  }
  return null
}

const ALL_WRITERS: readonly Writer[] = ['buddypress', 'buddyboss', 'moment']

const lastWords = (text: string, count: number): string => text.split(/\s+/).slice(-count).join(' ')

/** Where words begin within the last characters; a date of Japanese or Thai may follow a name without a space. */
function* starts(text: string): Generator<number> {
  const from = Math.max(0, text.length - MAX_DATE)
  for (let at = from; at < text.length; at++) {
    const isStart = at === 0 || /\s/.test(text[at - 1] ?? '')
    const isCount =
      /\d/.test(text[at] ?? '') && !/[\d.,:]/.test(text[at - 1] ?? '') && /[^\p{ASCII}]/u.test(text.slice(at))
    if ((isStart && /\S/.test(text[at] ?? '')) || isCount) yield at
  }
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const MONTH = `(${MONTHS.map(month => `${month.slice(0, 3)}(?:${month.slice(3)})?\\.?`).join('|')})`
const TIME = '(?:,? (?:at )?(\\d{1,2}):(\\d\\d)(?::\\d\\d)?( ?[ap]\\.?m\\.?)?)?( UTC)?'

const DAY_FIRST = new RegExp(`(?:on |\\b)(\\d{1,2})(?:st|nd|rd|th)? ${MONTH},? (\\d{4})${TIME}$`, 'i')
const MONTH_FIRST = new RegExp(`(?:on |\\b)${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${TIME}$`, 'i')
const ISO = /\b(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?)?( ?Z| UTC)?$/

function absoluteAtEnd(text: string): Dated | null {
  const [day, month, iso] = [DAY_FIRST.exec(text), MONTH_FIRST.exec(text), ISO.exec(text)]
  const found = day ?? month ?? iso
  if (!found) return null
  const numbers = day
    ? [day[3], monthOf(day[2]), day[1]]
    : month
      ? [month[3], monthOf(month[1]), month[2]]
      : [iso?.[1], Number(iso?.[2]), iso?.[3]]
  const rest = iso && found === iso ? [iso[4], iso[5], undefined, iso[6]] : found.slice(4)
  const date = instantsOf(numbers.map(Number), rest)
  return date && { before: text.slice(0, found.index).trimEnd(), date }
}

const monthOf = (name = ''): number => MONTHS.findIndex(month => month.startsWith(name.slice(0, 3).toLowerCase())) + 1

/** The zone of a date without `UTC` is not known: from 14 hours before to 12 hours behind UTC. */
function instantsOf(
  [year = 0, month = 0, day = 0]: number[],
  [hour, minute, half, utc]: (string | undefined)[],
): When | null {
  const clock = hour === undefined ? null : (Number(hour) % (half ? 12 : 24)) + (/p/i.test(half ?? '') ? 12 : 0)
  const start = Date.UTC(year, month - 1, day, clock ?? 0, Number(minute ?? 0)) / 1000
  if (utc && clock !== null) return whenOf(start, start + 59)
  return whenOf(start - 14 * HOUR, start + 12 * HOUR + (clock === null ? DAY - 1 : 59))
}

const whenOf = (from: number, to: number): When => ({ from: instant(from), to: instant(to) })

const [HOUR, DAY] = [3600, 86_400]

/**
 * When the page of a text was rendered. A person gives a day, so that midnight and the last second of a day mean all of it; the date of a
 * file only says that the page was rendered before.
 */
export function textTimeOf({ capturedAt, timeIsBound }: Pick<Capture, 'capturedAt' | 'timeIsBound'>): RenderTime {
  const at = seconds(capturedAt)
  const end = at % DAY === 0 ? at + DAY - 1 : at
  if (timeIsBound) return { from: null, to: instant(at) ?? capturedAt }
  const isDay = at % DAY === 0 || at % DAY === DAY - 1
  return { from: instant(isDay ? end - DAY + 1 : at - 120), to: instant(end) ?? capturedAt }
}

/** Who has written the relative dates of a text: the PHP of BuddyPress, a browser, or nobody can tell. */
export function writersOf(dates: readonly Dated['date'][]): readonly Writer[] {
  const writers = dates.map(date => (typeof date === 'string' ? writerOf(date) : null))
  if (writers.includes('php')) return ['buddypress']
  return writers.includes('browser') ? ['moment'] : ALL_WRITERS
}

/** The interval of a date. A relative one counts back from the time of the page. */
export function whenOfDate(date: Dated['date'] | null, time: RenderTime, writers: readonly Writer[]): When {
  if (date !== null && typeof date !== 'string') return date.from === date.to && date.from ? exactly(date.from) : date
  const age = date === null ? null : (ageOf(date, writers) ?? ageOf(date, ALL_WRITERS))
  if (!age) return { from: null, to: time.to }
  return { from: back(time.from, age.max), to: back(time.to, age.min) }
}

const back = (at: Instant | null, age: number): Instant | null => (at === null ? null : instant(seconds(at) - age))
