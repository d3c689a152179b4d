import fc from 'fast-check'
import type { Paragraph, PhrasingContent } from 'mdast'
import { expect, it } from 'vitest'
import { fastParagraph } from '../../src/export/markdown/fast-paragraph.js'
import { write, writeSlowly } from '../../src/export/markdown/write.js'
import { hostileText } from './hostile.js'

const CHARACTERS = [
  ...'abwWpsh1 ,;\'"?%/…—·()#.:-é空↳“',
  'www',
  'http',
  '://',
  '1.',
  '- ',
  '# ',
  '*',
  '_',
  '&a',
  '!',
  '[',
  '<',
]
const value = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 8 }).map(parts => parts.join('')),
  },
  hostileText,
)
const text: fc.Arbitrary<PhrasingContent> = value.map(words => ({ type: 'text', value: words }))
const phrasing: fc.Arbitrary<PhrasingContent> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constant<PhrasingContent>({ type: 'break' }),
  text.map((child): PhrasingContent => ({ type: 'strong', children: [child] })),
  text.map((child): PhrasingContent => ({ type: 'emphasis', children: [child] })),
  fc
    .tuple(text, fc.constantFrom('https://a.example/x_y?a=1&b=2', 'https://a.example/(x)', 'mailto:a@b.example'))
    .map(([child, url]): PhrasingContent => ({ type: 'link', url, children: [child as never] })),
  fc.constant<PhrasingContent>({
    type: 'link',
    url: 'https://a.example/',
    children: [{ type: 'text', value: 'https://a.example/' }],
  }),
)
const paragraph: fc.Arbitrary<Paragraph> = fc
  .array(phrasing, { minLength: 1, maxLength: 4 })
  // As parsers give it: never two texts side by side, no spaces at the edges of a paragraph.
  .filter(nodes => nodes.every((node, at) => node.type !== 'text' || nodes[at + 1]?.type !== 'text'))
  .map(children => ({ type: 'paragraph', children }))

it('the short cut writes what the library writes', () => {
  let quick = 0
  fc.assert(
    fc.property(paragraph, node => {
      const short = fastParagraph(node)
      if (short === null) return
      quick++
      expect(`${short}\n`).toBe(writeSlowly([node]))
    }),
    { numRuns: 20_000 },
  )
  expect(quick).toBeGreaterThan(1000)
})

it('parts blocks as the library does, whichever of them are plain', () => {
  const plain: Paragraph = { type: 'paragraph', children: [{ type: 'text', value: 'Plain prose' }] }
  const marked: Paragraph = { type: 'paragraph', children: [{ type: 'text', value: '# not *plain*' }] }
  for (const blocks of [[plain], [plain, plain], [plain, marked], [marked, plain], [plain, marked, plain], []]) {
    expect(write(blocks)).toBe(writeSlowly(blocks))
  }
})

it('takes the short cut for what people mostly write', () => {
  const mention: PhrasingContent = {
    type: 'link',
    url: 'https://a.example/',
    children: [{ type: 'text', value: 'the wiki' }],
  }
  const children: PhrasingContent[] = [{ type: 'text', value: 'It’s in ' }, mention, { type: 'text', value: ', no?' }]
  expect(fastParagraph({ type: 'paragraph', children })).toBe('It’s in [the wiki](https://a.example/), no?')
})
