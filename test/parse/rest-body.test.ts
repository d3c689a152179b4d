import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedBody, plainBody } from '../../src/parse/rest/body.js'

const BASE = 'https://town.example/'

const pieces = fc.constantFrom(
  ...['<p>', '</p>', '<br />', '<br>', '<br/>', '\n', ' ', '\u00a0', '\t', '\r\n'],
  ...['&amp;', '&#8217;', '&hellip;', '&', '&lt;p&gt;', '&nbsp;', '&notit;', '…', 'words', 'of a text', '🌼', 'é'],
)

describe('a text of paragraphs and lines', () => {
  it('is read without a tree as with one, also where its tags match nothing', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), parts => {
        const html = parts.join('')
        expect(plainBody(html)).toEqual(markedBody(html, BASE))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    '<p class="a">words</p>',
    '<P>words</P>',
    '<p >words</p>',
    '<pre>words</pre>',
    '<br class="a">',
    'a < b',
    'a <',
    '</p >',
    '<!-- words -->',
    '<a href="https://town.example/x">words</a>',
  ])('leaves %s to the tree', html => {
    expect(plainBody(html)).toBeNull()
  })
})
