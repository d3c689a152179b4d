import { describe, expect, it } from 'vitest'
import { type DayOrder, localRanges, orderOfFormat, orderShown } from '../../../src/parse/forum/dates/local-date.js'
import { MONTH_LANGUAGES, monthsOf } from '../../../src/parse/forum/dates/months.js'

/** `2024-03-25T20:05` for a minute, `2024-03-25` for a day, `2024-03` for a month; several if the words leave it open. */
function read(words: string, language = 'en-US', order: DayOrder | null = null): string[] {
  return localRanges(words, { language, order }).map(({ from, to }) => {
    const at = new Date(from * 1000).toISOString()
    return at.slice(0, to - from < 60 ? 16 : to - from < 86_400 ? 10 : 7)
  })
}

const EVENING = '2024-03-25T20:05'

describe('a date with its time', () => {
  it.each([
    ['en-US', 'March 25, 2024 at 8:05 pm'],
    ['en-US', 'Mon, Mar 25th, 2024 at 08:05 PM'],
    ['en-GB', '25 March 2024 at 20:05'],
    ['en-US', '2024-03-25 at 20:05:59'],
    ['de-DE', '25. März 2024 um 20:05 Uhr'],
    ['nl-NL', '25 maart 2024 om 20:05'],
    ['da-DK', '25. marts 2024 kl. 20:05'],
    ['nb-NO', '25. mars 2024, kl. 20:05'],
    ['nn-NO', '25. mars 2024 kl. 20:05'],
    ['sv-SE', '25 mars, 2024 kl 20:05'],
    ['fi', '25.3.2024 klo 20.05'],
    ['fi', '25 maaliskuuta, 2024 klo 20.05'],
    ['hu-HU', '2024. március 25. – du. 8:05'],
    ['el', '25 Μαρτίου 2024 στις 8:05 μμ'],
    ['tr-TR', '25 Mart 2024, 20:05'],
    ['id-ID', '25 Maret 2024 pada 20:05'],
    ['vi', '25 Tháng 3, 2024 lúc 8:05 chiều'],
    ['vi', 'Tháng Ba 25, 2024 lúc 20:05'],
    ['ar', '25 مارس، 2024 الساعة 8:05 م'],
    ['fa-IR', '۲۵ مارس ۲۰۲۴ در ۸:۰۵ ب.ظ'],
    ['he-IL', '25 במרץ 2024 בשעה 20:05'],
    ['ja', '2024年3月25日 8:05 PM'],
    ['ja', '2024年3月25日 午後8時05分'],
    ['zh-CN', '2024年3月25日 下午8:05'],
    ['zh-TW', '2024 年 3 月 25 日 20:05'],
    ['ko-KR', '2024년 3월 25일 8:05 오후'],
    ['th', '25 มีนาคม 2024 เวลา 20:05'],
    ['fr-FR', '25 mars 2024 à 20h05'],
    ['es-ES', '25 de marzo de 2024 a las 8:05 pm'],
    ['pt-BR', '25 de março de 2024 às 20:05'],
    ['it-IT', '25 Marzo 2024 alle 20:05'],
    ['ro-RO', '25 martie 2024 la 20:05'],
    ['ca', '25 de març de 2024 a les 20:05'],
    ['gl-ES', '25 de marzo de 2024 ás 20:05'],
    ['pl-PL', '25 marca 2024 o 20:05'],
    ['cs-CZ', '25. března 2024 v 20:05'],
    ['sk-SK', '25. marca 2024 o 20:05'],
    ['sl-SI', '25. marca 2024 ob 20:05'],
    ['hr', '25. ožujka 2024. u 20:05'],
    ['ru-RU', '25 марта 2024 в 20:05'],
    ['uk', '25 Березня 2024 о 20:05'],
    ['bg-BG', '25 март 2024 в 20:05'],
    ['sr-RS', '25. март 2024. у 20:05'],
  ])('%s: %s', (language, words) => {
    expect(read(words, language)).toEqual([EVENING])
  })

  it('knows noon from midnight', () => {
    expect(read('March 25, 2024 at 12:05 am')).toEqual(['2024-03-25T00:05'])
    expect(read('March 25, 2024 at 12:05 pm')).toEqual(['2024-03-25T12:05'])
  })

  it('may be in either half of the day, if an unknown word follows', () => {
    expect(read('25 March 2024 at 8:05 xy')).toEqual(['2024-03-25T08:05', EVENING])
  })
})

describe('a date of numbers', () => {
  it('has day and month in the order that the page shows, or in both', () => {
    expect(read('05/03/2024')).toEqual(['2024-03-05', '2024-05-03'])
    expect(read('05/03/2024', 'fr-FR', 'day-first')).toEqual(['2024-03-05'])
    expect(read('05/03/2024', 'en-US', 'month-first')).toEqual(['2024-05-03'])
    expect(read('25/03/2024')).toEqual(['2024-03-25'])
    expect(read('5.3.24', 'de-DE')).toEqual(['2024-03-05'])
  })

  it('shows the order by a number above twelve', () => {
    expect(orderShown(['05/03/2024 at 8:00', '25/03/2024'])).toBe('day-first')
    expect(orderShown(['05/03/2024', '03/25/2024'])).toBe('month-first')
    expect(orderShown(['05/03/2024', '25/03/2024', '03/25/2024'])).toBeNull()
  })

  it.each([
    ['d/m/Y', 'day-first'],
    ['F j, Y', null],
    ['m/d/Y', 'month-first'],
    ['n/j/y', 'month-first'],
    ['j \\d\\e n \\d\\e Y', 'day-first'],
  ])('has the order of the format %s', (format, order) => {
    expect(orderOfFormat(format)).toBe(order)
  })
})

describe('words that say less', () => {
  it('are a whole month, or days of the months that a name may mean', () => {
    expect(read('March 2024')).toEqual(['2024-03'])
    expect(read('25 listopada 2024', '')).toEqual(['2024-11-25', '2024-10-25'])
    expect(read('25 listopada 2024', 'hr')).toEqual(['2024-10-25'])
  })

  it.each([
    '',
    '2 years ago',
    'at 8:05 pm',
    '31/02/2024',
    '5 اسفند 1402',
    '25 March 2567',
    'March 25',
    'x'.repeat(500),
  ])('are no date: %s', words => {
    expect(read(words)).toEqual([])
  })
})

it('has twelve months in every language', () => {
  for (const language of MONTH_LANGUAGES)
    expect(new Set(monthsOf(language)?.map(({ month }) => month)), language).toEqual(
      new Set(Array.from({ length: 12 }, (_, at) => at + 1)),
    )
})
