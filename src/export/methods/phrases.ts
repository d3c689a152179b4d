import { day } from '../words/utc-dates.js'

/** `1,204` */
export const figure = (value: number): string => value.toLocaleString('en-US')

/** Ids of runs, neighbours joined: `1–3, 7`. */
export function ranges(ids: readonly number[]): string {
  const sorted = [...new Set(ids)].sort((a, b) => a - b)
  const starts = sorted.filter((id, at) => sorted[at - 1] !== id - 1)
  return starts.map(start => span(start, endOf(sorted, start))).join(', ')
}

function endOf(ids: readonly number[], start: number): number {
  let end = start
  for (const id of ids) if (id === end + 1) end = id
  return end
}

const span = (from: number, to: number): string => (from === to ? `${from}` : `${from}–${to}`)

/** `run 4`, `runs 1–3, 7` */
export const runWords = (ids: readonly number[]): string => `${ids.length === 1 ? 'run' : 'runs'} ${ranges(ids)}`

/** `on 3 May 2024`, `between 3 May 2024 and 9 June 2024` */
export const dayRange = (from: string, to: string): string =>
  day(from) === day(to) ? `on ${day(from)}` : `between ${day(from)} and ${day(to)}`

/** `1.5`, `1 to 3` */
export const numberRange = (values: readonly number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(value => String(Math.round(value * 100) / 100))
  return least === most ? `${least}` : `${least} to ${most}`
}

/** `12.5 %` of the whole; empty for a whole of 0. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '' : ` (${Math.round((part / whole) * 1000) / 10} %)`
