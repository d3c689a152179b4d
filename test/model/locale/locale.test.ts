import { describe, expect, it } from 'vitest'
import { englishDates } from '../../../src/model/locale/english-dates.js'
import { ENGLISH, localeOf } from '../../../src/model/locale/locale.js'

/** As a person who sees the line reads it: without the isolates around it. */
const bare = (words: string): string => words.replace(/[\u2068\u2069]/g, '')

describe('dates and numbers of a locale', () => {
  it.each([
    ['en', '3 March 2026', 'March 2026', 'Mar', '19:08', '1204567'],
    ['en-GB', '3 March 2026', 'March 2026', 'Mar', '19:08', '1,204,567'],
    ['en-US', 'March 3, 2026', 'March 2026', 'Mar', '7:08 PM', '1,204,567'],
    ['de', '3. März 2026', 'März 2026', 'Mär', '19:08', '1.204.567'],
    ['fr', '3 mars 2026', 'mars 2026', 'mars', '19:08', '1\u00a0204\u00a0567'],
    ['pt-BR', '3 de março de 2026', 'março de 2026', 'mar.', '19:08', '1.204.567'],
    ['ja', '2026年3月3日', '2026年3月', '3月', '19:08', '1,204,567'],
    ['he', '3 במרץ 2026', 'מרץ 2026', 'מרץ', '19:08', '1,204,567'],
    ['ar-EG', '٣ مارس ٢٠٢٦', 'مارس ٢٠٢٦', 'مارس', '٧:٠٨ م', '١٬٢٠٤٬٥٦٧'],
  ])('%s', (tag, day, month, short, time, number) => {
    const locale = localeOf(tag)
    const forms = [locale.day('2026-03-03'), locale.month('2026-03'), locale.shortMonth('2026-03')]
    expect([...forms, locale.time('19:08'), locale.number(1204567)].map(bare)).toEqual([
      day,
      month,
      short,
      time,
      number,
    ])
  })

  it.each([
    ['th', '3 มีนาคม 2026', '2026'],
    ['fa', '۳ مارس ۲۰۲۶', '۲۰۲۶'],
    ['ar-SA', '٣ مارس ٢٠٢٦', '٢٠٢٦'],
    ['ja-u-ca-japanese', '2026年3月3日', '2026'],
    ['th-u-ca-buddhist', '3 มีนาคม 2026', '2026'],
    ['ar-SA-u-nu-latn', '3 مارس 2026', '2026'],
  ])('%s counts the years of the Gregorian calendar, in digits of its own', (tag, day, year) => {
    expect([localeOf(tag).day('2026-03-03'), localeOf(tag).year('2026-03-03')].map(bare)).toEqual([day, year])
  })

  it('keeps what is read from right to left apart from the English around it', () => {
    for (const tag of ['ar', 'he', 'fa', 'ur']) expect(localeOf(tag).day('2026-03-03')).toMatch(/^\u2068.+\u2069$/)
    expect(localeOf('ar-EG').number(12)).toBe('\u2068١٢\u2069')
    expect(localeOf('he').number(12)).toBe('12')
  })

  it('has a letter or a number for a month', () => {
    const letters = (tag: string) => ['2026-03', '2026-12'].map(month => localeOf(tag).monthLetter(month))
    expect([letters('en'), letters('de'), letters('ja'), letters('th')]).toEqual([
      ...[
        ['M', 'D'],
        ['M', 'D'],
        ['3', '12'],
        ['3', '12'],
      ],
    ])
  })

  it('is that of all documents so far without a tag', () => {
    expect([localeOf(), localeOf('en'), localeOf('EN')]).toEqual([ENGLISH, ENGLISH, ENGLISH])
  })

  it.each(['', 'de_DE', 'de_DE.UTF-8', 'C', 'i-klingon\u001b[2J'])('"%s" is none', name => {
    expect(() => localeOf(name)).toThrow(expect.objectContaining({ exitCode: 2, message: `"${name}" is no locale.` }))
  })

  it.each(['tlh', 'xx', 'und', 'German'])('"%s" is none that this Node knows', name => {
    const message = `This Node has no dates and numbers of the locale "${name}".`
    expect(() => localeOf(name)).toThrow(expect.objectContaining({ exitCode: 2, message }))
  })
})

describe('dates of a document', () => {
  const TAGS = [
    'en-US',
    'en-GB',
    'de',
    'fr',
    'pt-BR',
    'ca',
    'es',
    'ru',
    'hu',
    'lt',
    'fi',
    'tr',
    'vi',
    'nb',
    'ar',
    'ar-EG',
  ]
  const MORE = [
    'fa',
    'ur',
    'he',
    'ja',
    'ko',
    'zh',
    'zh-TW',
    'th',
    'hi',
    'ta',
    'bn',
    'my',
    'am',
    'eu',
    'bg',
    'sl',
    'ky',
    'uz',
    'yo',
  ]

  it.each([...TAGS, ...MORE])('of the locale %s are read, each day, month and hour', tag => {
    const locale = localeOf(tag)
    const english = englishDates(tag)
    for (let hour = 0; hour < 24; hour++)
      for (let month = 1; month <= 12; month++) {
        const day = `${month % 2 === 0 ? 2026 : 1999}-${String(month).padStart(2, '0')}-${String(hour + 1).padStart(2, '0')}`
        const time = `${String(hour).padStart(2, '0')}:0${month % 10}`
        const words = (of: typeof locale) =>
          `between ${of.day(day)}, ${of.time(time)} and ${of.day(day, false)}, ${of.time(time)}`
        expect(english(words(locale))).toBe(words(ENGLISH))
      }
  })

  it('stay as they are where nobody knows the locale', () => {
    for (const tag of ['en', 'xx', 'x', '((((', 'und']) expect(englishDates(tag)('3. März 2026')).toBe('3. März 2026')
  })
})
