import { expect, it } from 'vitest'
import { markdown } from '../../src/export/markdown.js'
import type { Completeness } from '../../src/model/archive.js'
import { keptThread, rendered } from './threads.js'

it.each<[Completeness, string, string]>([
  [{ state: 'unknown', held: 1, claimed: null }, "'unknown 1'", 'It is not known whether all posts were kept ('],
  [{ state: 'complete', held: 1, claimed: 1 }, "'complete 1/1'", 'Complete as of '],
  [{ state: 'short', held: 1, claimed: 4 }, "'short 1/4'", 'Incomplete as of '],
])('whether a thread of one post has replies that are not held: %j', (completeness, value, sentence) => {
  const text = rendered(markdown, keptThread({ thread: { completeness }, posts: [{}] }))
  expect(text).toContain(`\ncompleteness: ${value}\n`)
  expect(text).toContain(sentence)
})
