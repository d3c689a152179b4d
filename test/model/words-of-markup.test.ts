import { expect, it } from 'vitest'
import { wordsOfMarkup } from '../../src/model/markup/words-of-markup.js'

const SILENT = new Set(['script', 'meta'])

it.each([
  ['<p>One</p><p>two &amp; <b>three</b></p>', 'One two &amp; three'],
  ['a <script>if (1 < 2) alert(1)</script> b', 'a b'],
  ['a<meta>b', 'a b'],
  ['a<script><script>x</script>b', 'a b'],
  ['1 < 2', '1 2'],
  ['a<SCRIPT>x</Script>b', 'a b'],
])('keeps the words of %s', (html, words) => {
  expect(wordsOfMarkup(html, SILENT).trim().split(/\s+/).join(' ')).toBe(words)
})

it('reads a tag without an end once', () => {
  expect(wordsOfMarkup(`<${'a'.repeat(1_000_000)}`, SILENT)).toHaveLength(1_000_000)
})
