import { expect, test } from 'vitest'
import { plain } from '../../src/export/markdown/plain.js'

test.each([
  ['url: https://a.example/x_y/?p=1#c-2; done', 'url: `https://a.example/x_y/?p=1#c-2`; done'],
  [
    'picture: https://a.example/b?s=50&r=g&d=https%3A%2F%2Fc.example; id: 1',
    'picture: `https://a.example/b?s=50&r=g&d=https%3A%2F%2Fc.example`; id: 1',
  ],
  ['See https://a.example/activity/1/.', 'See `https://a.example/activity/1/`.'],
  ['export --after 2026-10-28T19:06:18Z', 'export `--after` 2026-10-28T19:06:18Z'],
  // What other programs would run, or read as their own, is no code of ours.
  ['`https://a.example/', '\\`https\\://a.example/'],
  ['https://a.example/{{x}}', 'https\\://a.example/\\{\\{x\\}\\}'],
  ['https://a.example/a::b', 'https\\://a.example/a:\\:b'],
  ['# 16. <b> @maeve', '\\# 16. &lt;b> \\@maeve'],
  ['16. Thank', '16\\. Thank'],
])('%s is %s in a document that is also read as text', (text, written) => {
  expect(plain(text)).toBe(written)
})
