import type { Instant, When } from '../../model/discussion.js'
import { instant } from '../../model/time.js'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAY = `(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})`
const CLOCK = '(\\d\\d):(\\d\\d)'

/** The first and the last second of a day, or of a minute, that a document of threadkeep prints. */
function secondsOf(words: string): [number, number] | null {
  const found = new RegExp(`^${DAY}(?:, ${CLOCK})?$`).exec(words)
  if (!found) return null
  const [, day, month = '', year, hour, minute] = found
  const start =
    Date.UTC(Number(year), MONTHS.indexOf(month), Number(day), Number(hour ?? 0), Number(minute ?? 0)) / 1000
  return [start, start + (hour === undefined ? 86_399 : 59)]
}

const FORMS: readonly [RegExp, (words: readonly string[]) => [string | null, string | null]][] = [
  [new RegExp(`^(${DAY}), between (${CLOCK}) and (${CLOCK})$`), ([all = '']) => sameDay(all)],
  [/^between (.+) and (.+)$/, ([, from = '', to = '']) => [from, to]],
  [/^after (.+)$/, ([, from = '']) => [from, null]],
  [/^before (.+)$/, ([, to = '']) => [null, to]],
  [/^(.+)$/, ([, at = '']) => [at, at]],
]

function sameDay(words: string): [string, string] {
  const [, day, from, to] = /^(.+), between (.+) and (.+)$/.exec(words) ?? []
  return [`${day}, ${from}`, `${day}, ${to}`]
}

/** The interval of a date as a document of threadkeep prints it (`whenText` of the markdown exporter); null: it is none. */
export function whenOfWords(words: string): When | null {
  const text = words.trim().replace(/ UTC$/, '')
  if (text === 'date unknown') return { from: null, to: null }
  for (const [pattern, endsOf] of FORMS) {
    const found = pattern.exec(text)
    if (!found) continue
    const [from, to] = endsOf(found)
    const [start, end] = [from === null ? null : secondsOf(from), to === null ? null : secondsOf(to)]
    if ((from !== null && !start) || (to !== null && !end)) return null
    return { from: at(start?.[0]), to: at(end?.[1]) }
  }
  return null
}

const at = (seconds: number | undefined): Instant | null => (seconds === undefined ? null : instant(seconds))
