import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hashMarks,
  marksOfHashes,
  marksOfNames,
  marksOfText,
  plainMarks,
} from '../../../src/archive/erasure/name-marks.js'
import { containsName, redactNames } from '../../../src/archive/erasure/name-search.js'
import { wordsOf } from '../../../src/archive/erasure/tokens.js'

const MAEVE = marksOfNames({
  slugs: ['maeve'],
  names: ["Maeve O'Neill"],
  urls: ['https://town.example/people/maeve/'],
})
const plain = plainMarks(MAEVE)
const secret = marksOfHashes(hashMarks(MAEVE, 'salt'))

describe('a member is found', () => {
  it.each([
    ['in text', "as Maeve O'Neill says"],
    ['in capitals', "MAEVE O'NEILL"],
    ['with a curled apostrophe', 'Maeve O’Neill.'],
    ['as HTML', '<a>Maeve O&#8217;Neill</a>'],
    ['as HTML in hexadecimal', 'Maeve O&#x27;Neill'],
    ['as JSON', '{"a":"hi\\nMaeve O\\u0027Neill"}'],
    ['as an address', '?name=Maeve%20O%27Neill'],
    ['in an attribute', '<img alt="Profile photo of Maeve O\'Neill">'],
    ['parted by tags', '<b>Maeve</b> <i>O&apos;Neill</i>'],
    ['by the profile', 'href="https://town.example/people/maeve/activity/"'],
    ['by the profile, in the usual folder', 'href="/members/maeve/"'],
    ['by the profile, as JSON', '"https:\\/\\/town.example\\/members\\/maeve\\/"'],
    ['by the profile, in an address', '?redirect_to=https%3A%2F%2Ftown.example%2Fpeople%2Fmaeve%2F'],
    ['by a mention', 'ask @maeve.'],
    ['by REST', '{"user_login": "maeve"}'],
    ['by JSON in an attribute', '<a data-user="{&quot;user_login&quot;:&quot;maeve&quot;}">'],
    ['in JSON inside JSON', '{"a":"{\\"name\\":\\"Maeve O\\\\u0027Neill\\"}"}'],
    ['by the profile, with character references', 'town.example&#x2F;members&#47;maeve&#x2F;'],
    ['by the profile, at the start of an address', 'to="%2Fmembers%2Fmaeve%2F"'],
  ])('%s', (_, text) => {
    expect([containsName(text, plain), containsName(text, secret)]).toEqual([true, true])
  })

  it.each([
    ['another of that first name', 'Maeve Binchy'],
    ['the names apart', 'Maeve and the O Neill family'],
    ['a group of that name', 'https://town.example/groups/maeve/'],
    ['a longer slug', 'https://town.example/members/maeve-2/ and @maeves'],
    ['an attribute of that word', '<input type="maeve">'],
    ['an escaped backslash and another word', '{"a":"\\\\nMaeve O\\u0027Neill"}'],
  ])('not in %s', (_, text) => {
    expect([containsName(text, plain), containsName(text, secret)]).toEqual([false, false])
  })

  it('one word is found as it is written; very short ones only by the profile', () => {
    const will = plainMarks(marksOfNames({ slugs: ['will'], names: ['Will', 'Al'], urls: [] }))
    expect(['Will has come', 'it will rain', 'Al', '@will'].map(text => containsName(text, will))).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('in scripts without spaces, wherever it stands', () => {
    const marks = plainMarks(marksOfNames({ slugs: [], names: ['林美惠'], urls: [] }))
    expect(
      ['謝謝林美惠的幫忙', '\\u6797\\u7f8e\\u60e0', encodeURIComponent('/林美惠/'), '林美', '美惠林'].map(text =>
        containsName(text, marks),
      ),
    ).toEqual([true, true, true, false, false])
  })

  it('by the first, middle and last words of a text', () => {
    const text = 'When the beans were up to the knee I sowed a second row of them'
    const marks = plainMarks(marksOfText(text))
    expect(containsName('<p>When <em>the</em> beans were up to the knee &hellip;', marks)).toBe(true)
    expect(containsName('… sowed a second row of them', marks)).toBe(true)
    expect(containsName('When the beans were up', marks)).toBe(false)
    expect(marksOfText('Me too!')).toEqual([])
  })
})

it('hashes tell nothing, and differ with the salt', () => {
  expect(JSON.stringify(hashMarks(MAEVE, 'salt'))).not.toMatch(/maeve|neill/i)
  expect(hashMarks(MAEVE, 'a').hashes).not.toEqual(hashMarks(MAEVE, 'b').hashes)
})

it('an escape outside of the name stays as it is', () => {
  expect(redactNames('%20Maeve%20O%27Neill%2F &#64;maeve &amp; Ben', secret, 'X')).toBe('%20X%2F &#64;X &amp; Ben')
  expect(redactNames('\\u0040\\u006daeve\\n', secret, 'X')).toBe('\\u0040X\\n')
})

it('takes names out and leaves all else', () => {
  const text = "Ask @maeve (Maeve O'Neill, https://town.example/people/maeve/), not Ben."
  expect(redactNames(text, secret, 'X')).toBe('Ask @X (X, https://town.example/people/X/), not Ben.')
  expect(redactNames('{"url":"https://town.example/people/maeve/"}', secret, 'X')).toBe(
    '{"url":"https://town.example/people/X/"}',
  )
})

describe('for any names and texts', () => {
  const word = fc.stringMatching(/^[A-Za-zà-üа-я]{3,9}$/u)
  const name = fc.tuple(word, word).map(words => words.join(' '))

  it('what was blanked is not found any more, by either way of looking', () => {
    fc.assert(
      fc.property(name, fc.string(), fc.string(), (called, before, after) => {
        const marks = marksOfNames({ slugs: [], names: [called], urls: [] })
        const text = `${before} ${called} ${after}`
        const [open, closed] = [plainMarks(marks), marksOfHashes(hashMarks(marks, 's'))]
        expect(containsName(text, open)).toBe(true)
        expect(containsName(text, closed)).toBe(true)
        const out = redactNames(text, open, '-')
        expect(out).toBe(redactNames(text, closed, '-'))
        expect([...wordsOf(out)].map(({ text: one }) => one.toLowerCase()).join(' ')).not.toContain(
          ` ${called.toLowerCase()} `,
        )
      }),
    )
  })

  it('JSON, HTML and addresses hide no name', () => {
    fc.assert(
      fc.property(name, called => {
        const marks = plainMarks(marksOfNames({ slugs: [], names: [called], urls: [] }))
        const codes = [...called].map(one => one.codePointAt(0) ?? 0)
        const spelled = [
          codes.map(code => `\\u${code.toString(16).padStart(4, '0')}`).join(''),
          codes.map(code => `&#${code};`).join(''),
          encodeURIComponent(called),
          JSON.stringify(called),
        ]
        expect(spelled.map(text => containsName(text, marks))).toEqual([true, true, true, true])
      }),
    )
  })
})
