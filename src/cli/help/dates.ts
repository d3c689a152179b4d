import { page, reflow, type Terms, termLines } from './layout.js'

/** Forms of --after, --before, --since, --until, --as-of and --captured-at. A test parses each. */
export const DATES: Terms = [
  ['2024-05-01', 'the beginning of that day'],
  ['2024-05', 'the beginning of that month; 2024: of that year'],
  ['2024-05-01T12:00Z', 'a time in UTC; seconds may follow: 12:00:30Z'],
  ['2024-05-01T12:00+02:00', 'a time with the offset of a time zone'],
  ['2024-05-01T12:00', 'without an offset: in UTC, whatever the zone of this machine'],
  ['today', 'the beginning of this day, in UTC; also yesterday'],
  ['now', 'this moment'],
  ['today-2weeks', 'back from there by seconds, minutes, hours, days, weeks, months or years'],
  ['now-36hours', 'also forth, and several times: yesterday-1month+2days'],
  ['2 weeks ago', 'the same as now-2weeks; the shell wants quotes around it'],
  ['last month', 'its beginning; also last week (from Monday) and last year, this week, this month and this year'],
  ['4 May 2024', 'as documents print a day; also May 4, 2024, and May 2024 for the month'],
]

/** Forms of --time-limit, --wait-lock, --look-back, --warn-age and --critical-age. A test parses each. */
export const LENGTHS: Terms = [
  ['90', 'seconds; also 90s'],
  ['10m', 'minutes'],
  ['1.5h', 'hours'],
  ['30d', 'days'],
]

const COLUMN = Math.max(...DATES.map(([term]) => term.length))

const NOTES = [
  'A range takes its beginning and leaves out its end: --after 2024-05-01 --before 2024-06-01 is May, --after "last month" --before "this month" the whole last month.',
  '--since and --until are about when the archive read a post, --after and --before about when it was written. --since last is since the newest run.',
  '--as-of means the end of a day, a week, a month or a year. --captured-at wants at least a day, from which other dates are counted.',
  'If a site gives only an interval for a date, such as "2 years ago", the post is in a range if the two overlap; statistics count it only where it certainly is in the range.',
]

/** The topic `dates`. */
export const text = (width: number): string =>
  page(
    `Dates:\n${termLines(DATES, width)}`,
    `Lengths of time:\n${termLines(LENGTHS, width, COLUMN)}`,
    ...NOTES.map(note => reflow(note, width)),
  )
