import { describe, expect, it } from 'vitest'
import { isNameLike } from '../../../src/export/pseudonyms/link-words.js'
import { namesIn } from '../../../src/export/pseudonyms/names-list.js'
import type { KnownPerson } from '../../../src/model/people/known-person.js'
import { coveredText, person, SITE } from './covered.js'

const text = (
  words: string,
  people: readonly KnownPerson[],
  texts: readonly string[] = [],
  names: readonly string[] = [],
) => coveredText(words, { people, texts, names })

const ANNA = person('1', 'anna-kowalska', 'Anna Kowalska')
const ZOE = person('2', 'zoe', 'Zoë 🌻 Adeyemi')

describe('names in texts', () => {
  it.each([
    ['a whole name', 'Anna Kowalska wrote', '# wrote'],
    ['a first name alone', 'Thanks Anna!', 'Thanks #!'],
    ['a last name alone', 'Ms Kowalska agreed', 'Ms # agreed'],
    ['the other order', 'Kowalska, Anna', '#'],
    ['any case', 'ANNA and anna', '# and #'],
    ['composed and decomposed accents', 'Zoe\u0308 and Zo\u00eb', '% and %'],
    ['wide letters', 'Ａｎｎａ', '#'],
    ['a hidden character within', 'An\u00adna and Ko\u200bwalska', '# and #'],
    ['genitives', "Anna's, Annas and Anny", "#'s, #s and #"],
    ['as one word', 'annakowalska', '#'],
    ['a mention', '@anna-kowalska, see', '@#, see'],
    ['a mention by first name', '@anna see', '@# see'],
    [
      'an address',
      'see https://community.example/members/anna-kowalska/.',
      'see https://community.example/members/#/.',
    ],
    ['an address elsewhere', 'https://other.example/u?who=Anna%20Kowalska', 'https://other.example/u?who=#'],
    ['an e-mail address', 'anna.kowalska@other.example', '[e-mail of #]'],
    ['a longer word', 'Hannah, Annapurna', 'Hannah, Annapurna'],
  ])('%s', (_, words, expected) => {
    const covered = text(words, [ANNA, ZOE])
    const shown = covered.replace(/member[ -]00([12])/gi, (_all, number) => (number === numberOf(ANNA) ? '#' : '%'))
    expect(shown).toBe(expected)
  })

  const numberOf = (one: KnownPerson) => /\d$/.exec(text(one.slugs[0] ?? '', [ANNA, ZOE]))?.[0]

  it.each([
    ['陳美玲', '昨日陳美玲さんが', '昨日Member 001さんが'],
    ['Дмитро Коваленко', 'Дмитра спитав Коваленко', 'Member 001 спитав Member 001'],
    ['فاطمة الزهراء', 'قالت فاطمة', 'قالت Member 001'],
    ['김민수', '김민수가 왔다', 'Member 001가 왔다'],
    ["Maeve O'Neill", 'Ask O’Neill, or neill', 'Ask Member 001, or Member 001'],
    ["Maeve O'Neill", 'Ask Oʼneill', 'Ask Member 001'],
    [
      'İstvan Şahinoğlu',
      'İSTVAN ŞAHİNOĞLU, istvan şahinoğlu, ISTVAN, ıstvan',
      'Member 001, Member 001, Member 001, Member 001',
    ],
    ['Irmak Işık', 'IRMAK, irmak; ışık! IŞIK', 'Member 001, Member 001; Member 001! Member 001'],
    ['陳美玲', '昨日陳 美玲さんと陳・美玲が', '昨日Member 001さんとMember 001が'],
    ['김민수', '김 민수가 왔다', 'Member 001가 왔다'],
    ['山田 太郎', '山田・太郎', 'Member 001'],
    ['Anna Kowalska', 'Dla Kowalskiej, Kowalską, Kowalscy', 'Dla Member 001, Member 001, Member 001'],
    ['Jan Lewicki', 'Lewickiego, Lewickiemu, Lewickim, Lewiccy', 'Member 001, Member 001, Member 001, Member 001'],
    ['Karel Novotný', 'Novotného, Novotné', 'Member 001, Member 001'],
    ['Жанна Петрова', 'Петрової, Петровой, Петровым', 'Member 001, Member 001, Member 001'],
    ['Лев Маяковский', 'Маяковского, Маяковскому', 'Member 001, Member 001'],
    ['Тарас Залеський', 'Залеського, Залеською', 'Member 001, Member 001'],
    [
      'Anna Kowalska',
      'https://other.example/?u=https%253A%252F%252Fx.example%252Fkowalska and https://other.example/%254Bowalska/',
      'https://other.example/?u=https%3A%2F%2Fx.example%2Fmember-001 and https://other.example/member-001/',
    ],
    ['Lucía Fernández-Ibáñez', 'Fernández-Ibáñez', 'Member 001'],
  ])('%s', (name, words, expected) => {
    expect(text(words, [person('1', 'x1', name)])).toBe(expected)
  })

  it('a name that two have becomes nobody', () => {
    const people = [ANNA, person('3', 'anna-nowak', 'Anna Nowak')]
    expect(text('Anna and Nowak', people)).toMatch(/^\[name\] and Member 00\d$/)
    expect(text('Anna Kowalska', [ANNA, person('4', 'ak', 'Anna Kowalska')])).toBe('[name]')
  })

  it('a common word is left alone, and replaced as a whole name', () => {
    const will = person('1', 'will', 'Will Baker')
    expect(text('I will ask Will Baker, @will', [will])).toBe('I will ask Member 001, @member-001')
  })

  it('a word that texts write in small letters is no name', () => {
    const titled = person('1', 'hg', 'Happy Seedling')
    const texts = ['a seedling', 'two seedling trays', 'the happy seedling', 'happy', 'happy days']
    expect(text('happy seedling days', [titled], texts)).toBe('Member 001 days')
    expect(text('a happy day, my seedling', [titled], texts)).toBe('a happy day, my seedling')
  })

  it('a nickname that is written small is one also where texts write it so, and a name that is written large is a word there', () => {
    const texts = ['wurzel wurzel wurzel wurzel']
    expect(text('ask wurzel', [person('1', 'w1', 'wurzel')], texts)).toBe('ask Member 001')
    expect(text('ask wurzel', [person('1', 'w1', 'Wurzel')], texts)).toBe('ask wurzel')
  })

  it('words of a link are no name from five words on', () => {
    expect(isNameLike('Anna Maria von Berg')).toBe(true)
    expect(isNameLike('Anna Maria von der Berg')).toBe(false)
  })

  it('takes nicknames of a list, and leaves its words', () => {
    const names = ['# of the interviews', 'Anka = anna-kowalska', 'Bolek', '! Kowalska']
    expect(text('Anka, Bolek, Kowalska', [ANNA], [], names)).toBe('Member 001, [name], Kowalska')
  })

  it('takes the words of links to profiles for names, also of members whom nothing else shows', () => {
    const quiet = {
      ...person(null, 'quietone'),
      linkWords: ['Quentin Quiet', 'her profile', 'Read more', 'Anna Kowalska'],
    }
    const people = [{ ...ANNA, linkWords: ['Anka Nowak', 'Our dear baker'] }, quiet]
    expect(text('Quentin Quiet, Quentin, @quietone, Anka', people)).toMatch(
      /^Member (\d+), Member \1, @member-\1, Member 00\d$/,
    )
    const words = 'Read more: her profile, our dear baker'
    expect(text(words, people)).toBe(words)
    expect(text('Anna Kowalska', people)).toMatch(/^Member/)
  })

  it('says which line of a list has no name', () => {
    expect(() => namesIn('Anka\n= anna')).toThrow('Line 2 of the list of names has no name: "= anna".')
  })

  it('knows nobody of another site by a slug', () => {
    expect(text(`see ${SITE}members/stranger/ and http://elsewhere.example/members/stranger/`, [ANNA])).toMatch(
      /members\/member-[0-9a-f]{10}\/ and http:\/\/elsewhere\.example\/members\/stranger\/$/,
    )
  })
})
