import { parseDate, parseEnd, periodIn } from '../dates.js'
import type { Instant } from '../discussion.js'
import { UsageError } from '../errors.js'
import { instant, seconds } from '../time.js'
import { HAS, type Query, STATES } from './query.js'

const FILTERS: Record<string, (value: string, now: number) => Query> = {
  from: value => ({ kind: 'from', name: value.replace(/^@/, '') }),
  in: value => ({ kind: 'in', name: value }),
  after: (value, now) => ({ kind: 'after', at: parseDate(value, now) }),
  before: (value, now) => ({ kind: 'before', at: parseDate(value, now) }),
  on: onDay,
  has: value => ({ kind: 'has', what: oneOf(HAS, 'has', value) }),
  is: value => ({ kind: 'is', what: oneOf(STATES, 'is', value) }),
}

/** All filters, for error messages. */
export const FILTER_LIST = `Filters: from:NAME, in:GROUP, after:DATE, before:DATE, on:DATE, has:${HAS.join('|')}, is:${STATES.join('|')}.`

export const isFilter = (name: string): boolean => Object.hasOwn(FILTERS, name.toLowerCase())

/**
 * The query of `name:value`. `now`: milliseconds since 1970, for relative dates.
 * @throws UsageError for an unknown name, value or date.
 */
export function filterOf(name: string, value: string, now: number): Query {
  const make = FILTERS[name.toLowerCase()]
  if (!isFilter(name) || !make)
    throw new UsageError(
      `There is no filter "${name}:".`,
      `${FILTER_LIST}\nTo search for it as a word, put it in "quotes".`,
    )
  if (value.trim() === '')
    throw new UsageError(`The filter ${name}: has no value.`, `Write no space after the colon. ${FILTER_LIST}`)
  return make(value.trim(), now)
}

/** Posts of the day, week, month or year (in UTC) that the date names; of a time, those of its day. */
function onDay(value: string, now: number): Query {
  const named = parseDate(value, now)
  const [at, last] = periodIn(value) === null ? dayOf(named, now) : [named, parseEnd(value, now)]
  const end = instant(seconds(last) + 1)
  if (end === null) throw new Error(`no day: ${value}`)
  return {
    kind: 'all',
    of: [
      { kind: 'after', at },
      { kind: 'before', at: end },
    ],
  }
}

const dayOf = (at: Instant, now: number): [Instant, Instant] => {
  const day = at.slice(0, 10)
  return [parseDate(day, now), parseEnd(day, now)]
}

function oneOf<Value extends string>(known: readonly Value[], name: string, value: string): Value {
  const found = known.find(one => one === value.toLowerCase())
  if (found) return found
  const values = known.map(one => `${name}:${one}`).join(', ')
  throw new UsageError(`There is no filter ${name}:${value}.`, `Use one of these: ${values}.`)
}
