import { expect, test } from 'vitest'
import { scripted } from '../../src/model/markup/scripts.js'
import { parse } from '../../src/parse/index.js'

test.each([
  ['sup', '6', '⁶'],
  ['sup', '-12', '⁻¹²'],
  ['sup', 'n', 'ⁿ'],
  ['sup', 'x', '^x'],
  ['sup', 'th', 'th'],
  ['sup', 'a whole note in small print', 'a whole note in small print'],
  ['sup', '[1]', '[1]'],
  ['sup', ' ', ' '],
  ['sub', '2', '₂'],
  ['sub', 'max', '_max'],
  ['sub', 'n', '_n'],
] as const)('%s %s is %s', (name, words, expected) => expect(scripted(name, words)).toBe(expected))

test('the text of a post has them, too', () => {
  const item = {
    ...{ id: 1, user_id: 5, component: 'groups', type: 'activity_update', date: '2026-08-14T20:11:32' },
    ...{ primary_item_id: 1, secondary_item_id: 0, status: 'published', title: 'Ada', link: 'https://t.example/a/1/' },
    content: { rendered: '<p>about 10<sup>6</sup> cells, H<sub>2</sub>O, the 1<sup>st</sup></p>' },
  }
  const url = 'https://t.example/wp-json/buddypress/v1/activity'
  const headers = { 'content-type': 'application/json' }
  const body = Buffer.from(JSON.stringify([item]))
  const page = parse({ request: { url }, url, status: 200, headers, body, capturedAt: '2026-11-01T08:00:00.000Z' })
  expect(page.posts.map(({ text }) => text)).toEqual(['about 10⁶ cells, H₂O, the 1st'])
})
