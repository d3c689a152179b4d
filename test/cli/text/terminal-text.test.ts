import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { cell } from '../../../src/cli/text/columns.js'
import { isolated, terminalJson, terminalLine, terminalLines } from '../../../src/cli/text/terminal-text.js'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const HARMFUL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u

/** Text full of what a terminal obeys. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0x9f }).map(code => String.fromCharCode(code)),
      fc.constantFrom(
        '\x1b[2J',
        '\x1b]0;title\x07',
        '\x9b31m',
        '\u202e',
        '\u2066',
        '\ud800',
        '\u200d',
        '\r\n',
        '\u2028',
        '\ufeff',
      ),
    ),
  )
  .map(parts => parts.join(''))

describe('text for the terminal', () => {
  test('nothing that a terminal obeys ever remains', () => {
    fc.assert(fc.property(nasty, text => !HARMFUL.test(terminalLines(text))))
    fc.assert(fc.property(nasty, text => !HARMFUL.test(terminalLine(text)) && !terminalLine(text).includes('\n')))
  })

  test('cleaning twice changes nothing more', () => {
    fc.assert(fc.property(nasty, text => terminalLines(terminalLines(text)) === terminalLines(text)))
  })

  test('JSON keeps its value and loses its danger', () => {
    fc.assert(
      fc.property(nasty, text => {
        const json = terminalJson({ text })
        return !HARMFUL.test(json) && (JSON.parse(json) as { text: string }).text === text
      }),
    )
  })

  test('what people write stays: emoji with joiners, Persian, accents, CJK', () => {
    for (const text of ['👩‍🌾 🏳️‍🌈', 'می‌خواهم', "Maeve O'Neill – naïve", '漢字かな'])
      expect(terminalLines(text)).toBe(text)
  })

  test('controls are shown, not swallowed', () => {
    expect(terminalLine('a\x1b[31mred\x07')).toBe('a␛[31mred␇')
    expect(terminalLines('a\r\nb\tc\u202ed')).toBe('a\nb    cd')
  })
})

test('names written from right to left do not turn what is beside them', () => {
  for (const name of ['יעל בן־דוד', 'فرهاد', '𐤀𐤁', '𞤀𞤣']) {
    expect(isolated(name)).toBe(`\u2068${name}\u2069`)
    expect(isolated(isolated(name))).toBe(isolated(name))
    expect(stringWidth(isolated(name))).toBe(stringWidth(name))
    expect(terminalLine(isolated(name))).toBe(name)
  }
  expect(isolated('Zoë 林美惠 🌻')).toBe('Zoë 林美惠 🌻')
  expect(cell('שלום לכולם', 6)).toBe('\u2068שלום…\u2069 ')
})
