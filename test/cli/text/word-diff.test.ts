import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLAIN } from '../../../src/cli/text/paint.js'
import { abridged, marked, textDiff } from '../../../src/cli/text/text-diff.js'
import { wordDiff } from '../../../src/cli/text/word-diff.js'

const shown = (before: string, after: string) => marked(wordDiff(before, after), PLAIN)

/** What is left when one kind of part is taken away. */
const without = (op: string, parts: ReturnType<typeof wordDiff>) =>
  parts
    .filter(part => part.op !== op)
    .map(({ text }) => text)
    .join('')

const piece = fc.oneof(
  fc.constantFrom(
    'May',
    'June',
    'sow',
    'beans',
    '五月',
    '六月',
    '播种',
    'ถั่ว',
    '👩‍👩‍👧',
    '🇩🇪',
    'e\u0301',
    '\n',
    '  ',
    '.',
    '[-',
    '{+',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const anyText = fc.array(piece, { maxLength: 30 }).map(pieces => pieces.join(''))

describe('the word diff', () => {
  it('applied to the old text gives the new one, and turned round the old one', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const parts = wordDiff(before, after)
        expect(without('removed', parts)).toBe(after)
        expect(without('added', parts)).toBe(before)
        expect(parts.every(({ text }) => text !== '')).toBe(true)
      }),
    )
  })

  it('has nothing to say of equal texts', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(wordDiff(text, text).every(({ op }) => op === 'same')).toBe(true)
      }),
    )
  })

  it.each([
    ['Sow in May.', 'Sow in June!', 'Sow in [-May.-]{+June!+}'],
    ['the quick brown fox', 'a slow red dog', '[-the quick brown fox-]{+a slow red dog+}'],
    ['我们在五月播种豆子', '我们在六月播种豆子', '我们在[-五-]{+六+}月播种豆子'],
    ['เราปลูกถั่ว', 'เขาปลูกถั่ว', 'เ[-ร-]{+ข+}าปลูกถั่ว'],
    ['콩을 오월에 심는다', '콩을 유월에 심는다', '콩을 [-오월에-]{+유월에+} 심는다'],
    ["don't", 'don’t', "[-don't-]{+don’t+}"],
    ['go 👩‍👩‍👧 🇩🇪', 'go 👩‍👩‍👦 🇫🇷', 'go [-👩‍👩‍👧 🇩🇪-]{+👩‍👩‍👦 🇫🇷+}'],
    ['cafe\u0301', 'cafe', '[-cafe\u0301-]{+cafe+}'],
    ['one\ntwo', 'one\nthree\nfour', 'one\n[-two-]{+three+}\n{+four+}'],
    ['', 'new', '{+new+}'],
  ])('%j to %j', (before, after, expected) => {
    expect(shown(before, after)).toBe(expected)
  })

  it('of very long texts is done, by lines or as a whole', () => {
    const long = (word: string) => Array.from({ length: 40_000 }, (_, at) => `${word}${(at * 7919) % 1000}`)
    const [before, after] = [long('a').join(' '), long('b').join(' ')]
    expect(wordDiff(before, after)).toEqual([
      { op: 'removed', text: before },
      { op: 'added', text: after },
    ])
    const lines = Array.from({ length: 9000 }, (_, at) => `${at} sow the beans in May\n`)
    const changed = lines.map((line, at) => (at % 20 === 0 ? `${at} plant peas on a June day\n` : line))
    const parts = wordDiff(lines.join(''), changed.join(''))
    expect(parts.filter(({ op }) => op === 'removed')).toHaveLength(450)
    expect(without('removed', parts)).toBe(changed.join(''))
  })
})

describe('a text with its title', () => {
  const text = (words: string, heading: string | null, html = `<p>${words}</p>`) => ({ text: words, heading, html })

  it('is compared with it', () => {
    const { of, parts } = textDiff(text('Hello', 'Beans'), text('Hello', 'Peas'))
    expect([of, marked(parts, PLAIN)]).toEqual(['text', '[-Beans-]{+Peas+}\n\nHello'])
  })

  it('whose words are the same is compared by its markup', () => {
    const link = (to: string) => text('see here', null, `<p>see <a href="${to}">here</a></p>`)
    const { of, parts } = textDiff(link('/a'), link('/b'))
    expect([of, marked(parts, PLAIN)]).toEqual(['html', '<p>see <a href="/[-a-]{+b+}">here</a></p>'])
  })
})

describe('abridged', () => {
  it('leaves what changed, with some words around it', () => {
    const same = 'word '.repeat(100)
    const parts = abridged(wordDiff(`${same}May ${same}May ${same}`, `${same}June ${same}July ${same}`), 10)
    expect(marked(parts, PLAIN)).toBe('…word word [-May-]{+June+} word word…word word [-May-]{+July+} word word…')
  })

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), lead => {
        const [piece] = abridged([{ op: 'removed', text: `${'a'.repeat(lead)}${'🦋'.repeat(60)}` }], 5)
        expect(piece?.text).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})
