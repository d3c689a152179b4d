/** A time of day in minutes since midnight, and what is left of the text without it. */
interface ClockTime {
  /** One number; two, twelve hours apart, if the text does not say which half of the day it means. */
  minutes: number[]
  rest: string
}

/** Words for the halves of the day, folded, without dots and spaces. Those of one language are words of others, too. */
const MORNING = 'am|πμ|ص|قظ|午前|上午|오전|öö|дп'
const AFTERNOON = 'pm|μμ|م|بظ|午後|下午|오후|ös|пп'
const HALVES: Readonly<Record<string, readonly [string, string]>> = {
  hu: ['de', 'du'],
  sv: ['fm', 'em'],
  fi: ['ap', 'ip'],
  vi: ['sa|sáng', 'ch|chiều|tối'],
  nl: ['vm', 'nm'],
  cs: ['dop', 'odp'],
  sk: ['dop', 'odp'],
  sl: ['dop', 'pop'],
}

/** `8:15`, `08:15:30`, `8h15`, `8時15分`, `8시 15분`. */
const TIME = /(?<!\d)(\d{1,2})\s?(?::|h|時|时|点|點|시)\s?(\d{2})(?:\s?(?::|分|분)\s?(\d{2})秒?초?)?[分분]?(?!\d)/u

/** `8.15`, which may also be the end of a date: only behind a word or a space, and not before another part of a date. */
const TIME_WITH_DOT = /(?<=[^\d.]\s?)(?<!\d)(\d{1,2})\.(\d{2})(?![\d.]*\d)/u

/** The time in a folded text; null: it has none. */
export function clockTimeIn(text: string, language: string): ClockTime | null {
  const match = TIME.exec(text) ?? TIME_WITH_DOT.exec(text)
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || hour > 24 || minute > 59) return null
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + match[0].length)
  const half = halfOf(before, after, language)
  return { minutes: hoursOf(hour, half).map(one => one * 60 + minute), rest: `${before} ${after}` }
}

/** No space separates these words from the date before them. */
const EAST_ASIAN = /(?:(午前|上午|오전)|午後|下午|오후)\s?$/u

type Half = 'morning' | 'afternoon' | 'unknown' | null

function hoursOf(hour: number, half: Half): number[] {
  if (hour > 12 || half === null) return [hour % 24]
  if (half === 'unknown') return [hour % 12, (hour % 12) + 12]
  return [(hour % 12) + (half === 'afternoon' ? 12 : 0)]
}

/** The half of the day that a word beside the time names. A word behind it that nothing else explains may be one, too. */
function halfOf(before: string, after: string, language: string): Half {
  const eastern = EAST_ASIAN.exec(before)
  if (eastern) return eastern[1] ? 'morning' : 'afternoon'
  const [morning, afternoon] = HALVES[language.slice(0, 2)] ?? []
  const behind = word(/^[\s,]*((?:\p{L}\.?\s?){1,8})(?!\p{L})/u.exec(after)?.[1])
  const ahead = word(/(?<!\p{L})((?:\p{L}\.?\s?){1,4})\s?$/u.exec(before)?.[1])
  for (const one of [behind, ahead]) {
    if (isAmong(one, `${MORNING}|${morning}`)) return 'morning'
    if (isAmong(one, `${AFTERNOON}|${afternoon}`)) return 'afternoon'
  }
  return behind !== '' && !/^(?:uhr|h|hs|hod|ч|г|klo|kl|hrs)$/.test(behind) && isMark(after) ? 'unknown' : null
}

const isAmong = (word: string, words: string): boolean => word !== '' && words.split('|').includes(word)

const word = (text: string | undefined): string => (text ?? '').replace(/[.\s]/g, '')

/** True if nothing but one short word is behind the time: a date behind it has numbers. */
const isMark = (after: string): boolean => !/\d/.test(after)
