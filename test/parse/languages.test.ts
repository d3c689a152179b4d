import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOf } from '../../src/parse/relative/index.js'
import type { Language } from '../../src/parse/relative/language.js'
import { LANGUAGES } from '../../src/parse/relative/languages/index.js'
import { UNITS, type Unit } from '../../src/parse/relative/units.js'
import { timeSince } from '../community/index.js'

const YEAR = 365 * 86_400
const NAMES = UNITS.map(({ unit }) => unit)

/** What stands between two units in some translation, or behind a translated comma. */
const BETWEEN = [', ', ' ', '، ', '、', '、 ', '，', '. ']

interface Parts {
  big: { count: number; unit: Unit }
  small?: { count: number; unit: Unit } | undefined
}

/** An age as PHP takes it apart, out of the English words of the simulated community. */
function partsOf(seconds: number): Parts {
  const [big, small] = [...timeSince(seconds).matchAll(/(\d+) ([a-z]+?)s?\b/g)].map(([, count, unit]) => ({
    count: Number(count),
    unit: unit as Unit,
  }))
  return { big: big as Parts['big'], small }
}

/** One unit in words: any form with a number, or a form that needs none. */
const unitIn = ({ units, alone, pair }: Language, { count, unit }: Parts['big'], pick: number): string => {
  const bare = count === 1 ? alone[unit] : count === 2 ? pair[unit] : []
  const all = [...units[unit].map(form => `${count} ${form}`), ...units[unit].map(form => `${count}${form}`), ...bare]
  return all[pick % all.length] as string
}

function said(language: Language, { big, small }: Parts, pick: number): string {
  const parts = [big, ...(small ? [small] : [])].map(part => unitIn(language, part, pick))
  const form = language.ago[pick % language.ago.length] as string
  return form.replace('#', parts.join(BETWEEN[pick % BETWEEN.length]))
}

const age = fc.oneof(...[50, 7200, 8 * 86_400, YEAR, 20 * YEAR].map(max => fc.integer({ min: 1, max })))

it('there are tables for 35 languages, each with every unit', () => {
  expect(LANGUAGES.length).toBeGreaterThanOrEqual(35)
  for (const { units, name } of LANGUAGES)
    expect(
      NAMES.filter(unit => units[unit].length === 0),
      name,
    ).toEqual([])
})

describe.each(LANGUAGES)('$name', language => {
  it('turns back what PHP prints, as exactly as English does', () => {
    fc.assert(
      fc.property(age, fc.nat(60), (seconds, pick) => {
        const words = said(language, partsOf(seconds), pick)
        expect(ageOf(words), words).toEqual(ageOf(timeSince(seconds)))
      }),
      { numRuns: 500 },
    )
  })

  it('knows no age where one of the units is a word of no table', () => {
    fc.assert(
      fc.property(age, fc.nat(60), fc.boolean(), (seconds, pick, first) => {
        const { big, small = { count: 3, unit: 'second' as const } } = partsOf(seconds)
        const parts = first ? ['7 lustra', unitIn(language, small, pick)] : [unitIn(language, big, pick), '7 lustra']
        const words = (language.ago[pick % language.ago.length] as string).replace('#', parts.join(', '))
        expect(ageOf(words), words).toBeNull()
      }),
      { numRuns: 100 },
    )
  })
})

it.each([
  ['1 godzinę, 20 minut temu', '1 hour, 20 minutes ago'],
  ['пре 2 године, 3 месеца', '2 years, 3 months ago'],
  ['2 години, 5 хвилин тому', '2 hours, 5 minutes ago'],
  ['преди 2 години, 5 месеца', '2 years, 5 months ago'],
  ['Acum 21 de ore, 5 minute', '21 hours, 5 minutes ago'],
  ['2年、 3か月前', '2 years, 3 months ago'],
  ['2年， 3个月 之前', '2 years, 3 months ago'],
  ['2 년, 3 개월 전', '2 years, 3 months ago'],
  ['2 năm. 3 tháng trước đây', '2 years, 3 months ago'],
  ['2 yıl  3 ay önce', '2 years, 3 months ago'],
  ['\u200fלפני שנה, 3 חודשים', '1 year, 3 months ago'],
  ['לפני 2 שנים, חודש', '2 years, 1 month ago'],
  ['منذ سنتين، شهر واحد', '2 years, 1 month ago'],
  ['منذ ٣ أيام، ٥ ساعات', '3 days, 5 hours ago'],
  ['۲ سال, ۳ ماه قبل', '2 years, 3 months ago'],
  ['il y a 2 ans et 3 mois', '2 years, 3 months ago'],
  ['před 2 roky, 1 měsícem', '2 years, 1 month ago'],
  ['2 éve, 3 hónapja', '2 years, 3 months ago'],
])('%s: %s', (words, english) => {
  expect(ageOf(words)).toEqual(ageOf(english))
  expect(ageOf(` · ${words} · 5`)).toEqual(ageOf(english))
})

it.each(['2 години назад', '2 годы, 5 минут назад', '1 month, 2 weeks, 3 days ago', 'vor 2 Jahren und 3 Lenzen, 5'])(
  'says nothing of "%s", of which it knows a part only, or which two languages read differently',
  words => expect(ageOf(words)).toBeNull(),
)

it('a word for "now" counts where it is the whole text, and in no sentence', () => {
  expect(['teraz', ' · adesso · ', '今'].map(words => ageOf(words))).toEqual(Array(3).fill({ min: 0, max: 0 }))
  expect(['Anna pisze teraz coś', 'ik ben nu thuis'].map(words => ageOf(words))).toEqual([null, null])
  expect(ageOf('gerade eben')).toEqual({ min: 0, max: 0 })
  expect(ageOf('gerade eben', ['buddyboss'])).toEqual({ min: 0, max: 59 })
})
