import type { Element } from 'domhandler'
import type { Instant, When } from '../model/discussion.js'
import { exactly, instant, seconds } from '../model/time.js'
import { first, lineOf } from './dom.js'
import { ageOf, isClockAge } from './relative.js'
import type { DateForm, DatePlace, PostSelectors } from './templates/template.js'

/** When the server made the page: relative words count from there. */
export interface Rendered {
  from: Instant | null
  to: Instant
}

/** A date as a template found it, before the page's clock is known. */
export interface DateFound {
  exact: Instant | null
  words: string
  /** Legacy's made-up livestamp: with the words it tells the server's clock (reference 3.2b). */
  fakeLivestamp: string | null
}

export function findDate(li: Element, own: readonly Element[], selectors: PostSelectors): DateFound {
  const found: DateFound = { exact: null, words: '', fakeLivestamp: null }
  for (const place of selectors.dates) {
    const element = place.selector ? first(own, place.selector) : li
    if (!element) continue
    if (place.form === 'words') {
      found.fakeLivestamp = element.attribs['data-livestamp'] ?? null
      found.words = lineOf(element)
      if (ageOf(found.words)) return found
    } else {
      found.exact = readExact(valueAt(element, place), place.form)
      if (found.exact) return found
    }
  }
  return found
}

function valueAt(element: Element, place: DatePlace): string {
  const value = element.attribs[place.attribute ?? ''] ?? ''
  return place.pattern ? (place.pattern.exec(value)?.[1] ?? '') : value
}

function readExact(value: string, form: DateForm): Instant | null {
  if (!value) return null
  if (form === 'unix') return instant(Number(value))
  // PHP writes the offset without a colon, MySQL a space for the T and no zone.
  const iso = form === 'utc' ? `${value.trim().replace(' ', 'T')}Z` : value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
  return /^\d{4}-\d\d-\d\dT/.test(iso) ? instant(Date.parse(iso) / 1000) : null
}

/**
 * The server's clock, out of a made-up livestamp and its words: "3 hours ago" at 10:00 was printed at 13:00. Exact even
 * where a page cache has kept the page for days. Null if no reply of the page is written in hours, days or weeks.
 */
export function renderedByFake(dates: readonly DateFound[]): Rendered | null {
  for (const { fakeLivestamp, words } of dates) {
    const made = fakeLivestamp && isClockAge(words) ? readExact(fakeLivestamp, 'iso') : null
    const at = made && instant(seconds(made) + (ageOf(words)?.min ?? 0))
    if (at) return { from: at, to: at }
  }
  return null
}

/** Words count back from the page's clock; without any, the post is at least not younger than the page. */
export function resolveDate(found: DateFound, rendered: Rendered): When {
  if (found.exact) return exactly(found.exact)
  const age = ageOf(found.words)
  if (!age) return { from: null, to: rendered.to }
  const from = rendered.from === null ? null : instant(seconds(rendered.from) - age.max)
  return { from, to: instant(seconds(rendered.to) - age.min) }
}
