import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import wrapAnsi from 'wrap-ansi'
import { hanging, plainRows, rowsOf, wrapped, wrappedForCopying } from '../../../src/cli/text/wrapped.js'

const words = (letters: string) => fc.string({ unit: fc.constantFrom(...letters, ' '), minLength: 1, maxLength: 300 })

describe('lines on a terminal', () => {
  test('are wrapped as wrap-ansi wraps them', () => {
    const line = fc.oneof(words('ab'), words('abcdefghijkéж’—'), words('a漢b\u0301'), words('abcdefg漢'))
    fc.assert(
      fc.property(line, fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(rowsOf(text, width)).toEqual(wrapAnsi(text, width, { hard: true }).split('\n'))
      }),
      { numRuns: 1000 },
    )
  })

  test('what is not measured is one column wide', () => {
    for (let code = 0; code < 0x10000; code++) {
      const letter = String.fromCharCode(code)
      if (plainRows(letter, 9)) expect([code, stringWidth(letter), letter.normalize()]).toEqual([code, 1, letter])
    }
  })

  const MANY = 50_000
  test.each([
    ['one word', 'x'.repeat(MANY)],
    ['one word of other scripts', '漢'.repeat(MANY)],
    ['of letters in two halves', '\u{1f600}'.repeat(MANY)],
    ['of nothing to see', '\u0301'.repeat(MANY)],
    ['blanks', `a${' '.repeat(MANY)}b`],
    ['short words', 'ab cde '.repeat(MANY)],
    ['short words with one letter that must be measured', `${'ab cde '.repeat(MANY / 20)}漢`],
  ])('of many thousand letters are wrapped before anybody goes away, and whole: %s', (_, text) => {
    const rows = wrapped(text, 80)
    expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(80)
  })

  test('keep their indentation, also where a colour begins before it', () => {
    const dim = (text: string) => `\x1b[2m${text}\x1b[22m`
    expect(wrapped(dim('  4 s ago'), 80)).toEqual([`  ${dim('4 s ago')}`])
    expect(wrapped(dim('  read 4 s ago'), 10)).toEqual([`  ${dim('read 4 s')}`, `  ${dim('ago')}`])
    expect(hanging('  site Lab; 117 threads', 16)).toEqual(['  site Lab; 117', '    threads'])
  })

  test('a colour goes on through all rows of a long line, and ends with it', () => {
    const rows = wrapped(`\x1b[31m${'漢字 '.repeat(3000)}\x1b[39m plain`, 80)
    for (const row of rows.slice(0, -1)) {
      expect(row.startsWith('\x1b[31m') && row.endsWith('\x1b[39m')).toBe(true)
      expect(row.split('\x1b').length).toBe(3)
    }
    expect(rows.at(-1)).toMatch(/ plain$/)
  })
})

describe('an address that is wider than the window', () => {
  const URL = 'https://community.example/groups/care-at-home-practice-network/'

  test('stands whole in a row of its own, with its colours', () => {
    expect(wrappedForCopying(`See ${URL} for more of these words.`, 20)).toEqual([
      'See',
      URL,
      ' for more of these',
      ' words.',
    ])
    expect(wrappedForCopying(`\x1b[2m${URL}\x1b[22m`, 20)).toEqual([`\x1b[2m${URL}\x1b[22m`])
    expect(wrappedForCopying(`${URL}  read 2026-11-28`, 40, hanging)).toEqual([URL, '  read 2026-11-28'])
  })

  test('is no reason to cut others, or a link that terminals follow', () => {
    expect(wrappedForCopying('See https://a.example/ for more.', 22)).toEqual(['See https://a.example/', 'for more.'])
    const link = `\x1b]8;;${URL}\x1b\\${URL}\x1b]8;;\x1b\\`
    expect(wrappedForCopying(link, 20)).toEqual([link])
  })
})
