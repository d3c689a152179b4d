import { expect, it } from 'vitest'
import { frontMatter } from '../../src/export/markdown/front-matter.js'
import type { Completeness } from '../../src/model/archive.js'
import { keptThread } from './threads.js'

it.each<[Completeness['state'], number, string]>([
  ['unknown', 0, 'replies: null'],
  ['unknown', 2, 'replies: 2'],
  ['complete', 0, 'replies: 0'],
])('a thread that is %s, with %i replies held, says %s', (state, replies, words) => {
  const completeness = { state, held: 1, claimed: null }
  expect(frontMatter({ ...keptThread({ posts: [{}] }), replies, completeness })).toContain(`\n${words}\n`)
})
