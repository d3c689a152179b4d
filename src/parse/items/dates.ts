import type { Element } from 'domhandler'
import type { Instant, When } from '../../model/discussion.js'
import { remembered } from '../../model/remembered.js'
import { exactly, instant, seconds } from '../../model/time.js'
import { first, lineOf } from '../document/dom.js'
import { testOf } from '../document/selector.js'
import { type Age, ageOf, isClockAge, type Writer, writerOf } from '../relative/index.js'
import type { DateForm, DateSource, PostSelectors } from '../templates/template.js'
import type { Anatomy } from './anatomy.js'

/** When the server rendered the page: relative dates count back from it. */
export interface RenderTime {
  from: Instant | null
  to: Instant
}

/** A date as a template found it, before the render time of the page is known. */
export interface FoundDate {
  exact: Instant | null
  words: string
  /** The fake livestamp of Legacy's replies: with the words it gives the clock of the server (reference 3.2b). */
  fakeLivestamp: string | null
  /** The software whose PHP prints the words. */
  writer: Writer
  /** Words that a browser's script printed would come from a fake livestamp. */
  fake: boolean
}

export function findDate({ element: li, own, times }: Anatomy, selectors: PostSelectors): FoundDate {
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
  const time = times().find(({ words }) => ageOf(words, [found.writer, 'moment']))
  return time ? { ...found, words: time.words, fakeLivestamp: time.livestamp } : { ...found, exact: machineDate(own) }
}

/** A date with its time zone. PHP prints 1970 where it could not read its own words. */
const ZONED = /^(?!1970)\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/

/** What a theme prints for machines beside words in any form, "8 mars". Words that can be read come first: Legacy's may be fake. */
function machineDate(own: readonly Element[]): Instant | null {
  const values = own.map(({ name, attribs }) =>
    name === 'time' ? attribs['datetime'] : name === 'abbr' ? attribs['title'] : undefined,
  )
  return readExact(values.find(value => value !== undefined && ZONED.test(value)) ?? '', 'iso')
}

/** True if there is no date, or one in words that no table has. */
export const isUnreadDate = ({ exact, words, writer }: FoundDate): boolean =>
  exact === null && ageOf(words, [writer, 'moment']) === null

/** A member or group may have the name "2 years ago", so links are left out, except the link that holds the date. */
const isDateText = (element: Element): boolean => element.name !== 'a' || isTimeLink(element)

const isTimeLink = testOf('.activity-time-since')

function valueAt(element: Element, place: DateSource): string {
  const value = element.attribs[place.attribute ?? ''] ?? ''
  return place.pattern ? (place.pattern.exec(value)?.[1] ?? '') : value
}

function readExact(value: string, form: DateForm): Instant | null {
  if (!value) return null
  if (form === 'unix') return withFourDigitYear(Number(value))
  // PHP writes the offset without a colon; MySQL writes a space instead of the T and no time zone.
  const iso = form === 'utc' ? `${value.trim().replace(' ', 'T')}Z` : value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  return /^\d{4}-\d\d-\d\dT/.test(iso) ? withFourDigitYear(Date.parse(iso) / 1000) : null
}

/** The longest time in seconds that a server takes to render one page. */
const MAX_RENDER_SECONDS = 60

/**
 * The render time, from fake livestamps and their words: "3 hours ago" at 10:00 was printed at 13:00. It is exact even if a page
 * cache stored the page for days. Null if no reply has an age in weeks, days or smaller units, or if the replies do not agree:
 * then a theme prints true livestamps, which do not give the render time.
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
  return made ? secondsOf(made) + (ageOf(words)?.min ?? 0) : null
}

/**
 * Who printed the words of a date: PHP, the script of a browser, or one of both. A script replaces the words and removes the livestamps
 * (reference 3.2), so that a page that was saved afterwards has neither.
 */
type Printer = 'php' | 'browser' | 'either'

/** The interval of a date: words count back from the render time. Without words, only the upper bound is known: the render time. */
export function resolveDate(found: FoundDate, renderTime: RenderTime, printer: Printer): When {
  if (found.exact) return exactly(found.exact)
  const age = agePrinted(found, found.fakeLivestamp === null ? printer : 'php')
  if (!age) return { from: null, to: renderTime.to }
  const from = renderTime.from === null ? null : withFourDigitYear(secondsOf(renderTime.from) - age.max)
  return { from, to: withFourDigitYear(secondsOf(renderTime.to) - age.min) }
}

/**
 * The printer of some dates among those of a page, by words that only one of them prints: "a day ago", "2 years, 3 months ago". `isSaved`: a
 * program saved the page, so that words which both print ("2 years ago") may be from either.
 */
export function printerOf(dates: readonly FoundDate[], all: readonly FoundDate[], isSaved: boolean): Printer {
  if (dates.some(date => printsOnly('php', date))) return 'php'
  if (dates.some(date => printsOnly('browser', date))) return 'browser'
  if (isSaved) return 'either'
  return all.some(date => printsOnly('browser', date)) ? 'browser' : 'php'
}

/** A livestamp that is still there was not replaced. */
function printsOnly(printer: 'php' | 'browser', { exact, words, fakeLivestamp }: FoundDate): boolean {
  if (exact !== null || words === '') return false
  return (fakeLivestamp === null ? writerOf(words) : 'php') === printer
}

function agePrinted(found: FoundDate, printer: Printer): Age | null {
  const ages = [
    printer === 'browser' ? null : ageOf(found.words, [found.writer]),
    printer === 'php' ? null : ageInBrowser(found),
  ].filter(age => age !== null)
  if (ages.length === 0) return null
  return { min: Math.min(...ages.map(({ min }) => min)), max: Math.max(...ages.map(({ max }) => max)) }
}

/** The error of Legacy's fake livestamps in seconds: -9 to +31 days (reference 3.2b), for ages of a day or more. */
const MAX_FAKE_ERROR = 31 * 86_400

function ageInBrowser({ words, writer, fake }: FoundDate): Age | null {
  const age = ageOf(words, writer === 'buddyboss' ? [writer] : ['moment'])
  return age && fake && age.max >= 86_400
    ? { min: Math.max(0, age.min - MAX_FAKE_ERROR), max: age.max + MAX_FAKE_ERROR }
    : age
}

/** All posts of a page have the same render time, and few different livestamps. */
const secondsOf = remembered(seconds, 2000)

/** Null for years outside of four digits, because instants are compared as strings. Only broken or hostile pages have them. */
const withFourDigitYear = remembered((time: number): Instant | null => {
  const at = instant(time)
  return at && /^\d{4}-/.test(at) ? at : null
}, 2000)
