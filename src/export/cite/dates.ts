import type { Instant, When } from '../../model/discussion.js'

/** A date of a citation, as exact as it is known. */
type CitedDate =
  | { kind: 'day'; year: number; month: number; day: number }
  | { kind: 'month'; year: number; month: number }
  | { kind: 'year'; year: number }
  /** The interval leads over the end of a year: `ca. 2021`, the year in its middle. */
  | { kind: 'circa'; year: number }
  | { kind: 'before' | 'after'; year: number }
  | { kind: 'none' }

/** Of an interval, what both of its ends have in common. */
export function citedDate({ from, to }: When): CitedDate {
  if (from === null && to === null) return { kind: 'none' }
  if (from === null || to === null) return { kind: to === null ? 'after' : 'before', year: yearOf(from ?? to ?? '') }
  if (from.slice(0, 10) === to.slice(0, 10)) return { kind: 'day', ...partsOf(from) }
  if (from.slice(0, 7) === to.slice(0, 7)) return { kind: 'month', year: yearOf(from), month: partsOf(from).month }
  if (yearOf(from) === yearOf(to)) return { kind: 'year', year: yearOf(from) }
  const middle = new Date((Date.parse(from) + Date.parse(to)) / 2)
  return { kind: 'circa', year: middle.getUTCFullYear() }
}

const yearOf = (at: Instant): number => Number(at.slice(0, 4))

export const partsOf = (at: Instant): { year: number; month: number; day: number } => ({
  year: yearOf(at),
  month: Number(at.slice(5, 7)),
  day: Number(at.slice(8, 10)),
})

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const SHORT_MONTHS = 'Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.'.split(' ')

export const monthName = (month: number): string => MONTHS[month - 1] ?? ''
export const shortMonth = (month: number): string => SHORT_MONTHS[month - 1] ?? ''

/** `October 28, 2026` */
export const americanDay = (at: Instant): string => {
  const { year, month, day } = partsOf(at)
  return `${monthName(month)} ${day}, ${year}`
}

/** `28 Oct. 2026` */
export const shortDay = (at: Instant): string => {
  const { year, month, day } = partsOf(at)
  return `${day} ${shortMonth(month)} ${year}`
}

/** `2021`, `ca. 2021`, `before 2021`, `after 2021`, `n.d.`: where no month is known. */
export function yearWords(date: CitedDate): string {
  if (date.kind === 'none') return 'n.d.'
  if (date.kind === 'circa') return `ca. ${date.year}`
  return date.kind === 'before' || date.kind === 'after' ? `${date.kind} ${date.year}` : String(date.year)
}

/** For machines, in EDTF (ISO 8601-2): `2026-10-28`, `2020-11-03/2021-02-01`, `../2021-02-01`. Null: not known. */
export function edtf({ from, to }: When): string | null {
  if (from === null && to === null) return null
  const [first, last] = [from?.slice(0, 10) ?? '..', to?.slice(0, 10) ?? '..']
  return first === last ? first : `${first}/${last}`
}
