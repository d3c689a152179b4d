import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { isNarrow, textWidth } from '../../../src/cli/text/width.js'

const BMP = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))

describe('columns of a text', () => {
  it('are those of the library for each letter that is counted without it', () => {
    const narrow = BMP.filter(isNarrow)
    expect(narrow.length).toBeGreaterThan(700)
    expect(narrow.filter(letter => stringWidth(letter) !== 1)).toEqual([])
  })

  it('are those of the library for any text, with colours', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\x1b[31m', '\x1b[0m', '漢', '🦋', 'é'))
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('')
        expect(textWidth(text)).toBe(stringWidth(text))
      }),
    )
  })
})
