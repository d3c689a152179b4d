import type { Element } from 'domhandler'
import type { Instant, When } from '../../model/discussion.js'
import { exactly, instant, seconds } from '../../model/time.js'
import { first, lineOf, matches } from '../document/dom.js'
import { type Age, ageOf, isClockAge, type Writer, writerOf } from '../relative/index.js'
import type { DateForm, DateSource, PostSelectors } from '../templates/template.js'

/** When the server made the page: relative words count from there. */
export interface RenderTime {
  from: Instant | null
  to: Instant
}

/** A date as a template found it, before the page's clock is known. */
export interface FoundDate {
  exact: Instant | null
  words: string
  /** Legacy's made-up livestamp: with the words it tells the server's clock (reference 3.2b). */
  fakeLivestamp: string | null
  /** Whose PHP prints the words. */
  writer: Writer
  /** The script of a browser would have made the words out of a made-up date. */
  fake: boolean
}

export function findDate(li: Element, own: readonly Element[], selectors: PostSelectors): FoundDate {
  const found: FoundDate = { exact: null, words: '', fakeLivestamp: null, writer: 'buddypress', fake: false }
  for (const place of selectors.dates) {
    const element = place.selector ? first(own, place.selector) : li
    if (!element) continue
    if (place.form === 'words') {
      found.fakeLivestamp = element.attribs['data-livestamp'] ?? null
      found.words = lineOf(element, part => part === element || isDateText(part))
      found.writer = place.writer ?? 'buddypress'
      found.fake = place.fake ?? false
      if (ageOf(found.words, [found.writer, 'moment'])) return found
    } else {
      found.exact = readExact(valueAt(element, place), place.form)
      if (found.exact) return found
    }
  }
  return found
}

/** Members and groups may be called "2 years ago": links are left out, but for the one that holds the date. */
const isDateText = (element: Element): boolean => element.name !== 'a' || matches(element, '.activity-time-since')

function valueAt(element: Element, place: DateSource): string {
  const value = element.attribs[place.attribute ?? ''] ?? ''
  return place.pattern ? (place.pattern.exec(value)?.[1] ?? '') : value
}

function readExact(value: string, form: DateForm): Instant | null {
  if (!value) return null
  if (form === 'unix') return withFourDigitYear(Number(value))
  // PHP writes the offset without a colon, MySQL a space for the T and no zone.
  const iso = form === 'utc' ? `${value.trim().replace(' ', 'T')}Z` : value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  return /^\d{4}-\d\d-\d\dT/.test(iso) ? withFourDigitYear(Date.parse(iso) / 1000) : null
}

/** Seconds that the making of one page may take. */
const MAX_RENDER_SECONDS = 60

/**
 * The server's clock, out of made-up livestamps and their words: "3 hours ago" at 10:00 was printed at 13:00. Exact even
 * where a page cache has kept the page for days. Null if no reply of the page is written in hours, days or weeks, or if
 * they do not agree: then a theme has mended the livestamps, and nothing follows from them.
 */
export function renderTimeByFake(dates: readonly FoundDate[]): RenderTime | null {
  const clocks = dates.map(clockOf).filter(clock => clock !== null)
  const from = clocks.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const to = clocks.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const latest = to - from <= MAX_RENDER_SECONDS ? instant(to) : null
  return latest === null ? null : { from: instant(from), to: latest }
}

function clockOf({ fakeLivestamp, words }: FoundDate): number | null {
  const made = fakeLivestamp && isClockAge(words) ? readExact(fakeLivestamp, 'iso') : null
  return made ? seconds(made) + (ageOf(words)?.min ?? 0) : null
}

/** Words count back from the page's clock; without any, the post is at least not younger than the page. */
export function resolveDate(found: FoundDate, rendered: RenderTime, byBrowser: boolean): When {
  if (found.exact) return exactly(found.exact)
  const age = byBrowser && found.fakeLivestamp === null ? ageInBrowser(found) : ageOf(found.words, [found.writer])
  if (!age) return { from: null, to: rendered.to }
  const from = rendered.from === null ? null : withFourDigitYear(seconds(rendered.from) - age.max)
  return { from, to: withFourDigitYear(seconds(rendered.to) - age.min) }
}

/**
 * Was the page saved by a browser, whose script has replaced the words and taken the livestamps away (reference 3.2)? Told by
 * words that only the script prints, if no others stand there that only PHP does.
 */
export function isSavedByBrowser(dates: readonly FoundDate[]): boolean {
  const writers = dates.filter(date => date.exact === null && date.words !== '').map(date => writerOf(date.words))
  return writers.includes('browser') && !writers.includes('php')
}

/** The made-up dates of Legacy's replies are up to a month off (reference 3.2b: -9 to +31 days), but for hours and less. */
const MAX_FAKE_ERROR = 31 * 86_400

function ageInBrowser({ words, writer, fake }: FoundDate): Age | null {
  const age = ageOf(words, writer === 'buddyboss' ? [writer] : ['moment'])
  return age && fake && age.max >= 86_400
    ? { min: Math.max(0, age.min - MAX_FAKE_ERROR), max: age.max + MAX_FAKE_ERROR }
    : age
}

/** Instants compare as strings, so years outside four digits, which only a broken or hostile page has, are no dates. */
function withFourDigitYear(time: number): Instant | null {
  const at = instant(time)
  return at && /^\d{4}-/.test(at) ? at : null
}
