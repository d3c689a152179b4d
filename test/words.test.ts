import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** Words that a reader whose first language is another one has to look up, and what to write. */
const RARE: readonly [RegExp, string][] = [
  [/\b(?:is|are|was|were|be) told\b(?! apart)/i, 'say who says it to whom, or what differs'],
  [/\b(?:lies|hangs|stood)\b|\bstands? (?:first|where|beside|below|above|between|there|on top|in (?!for\b))/i, '"is"'],
  [
    /\b(?:there|where)(?:of|in|by|upon)\b|\b(?:upon|lest|whilst|amongst|henceforth|hitherto|in vain)\b/i,
    'a plain word',
  ],
  [/\b(?:shall|ought)\b/i, '"must", "should" or "may"'],
  [/\b(?:utili[sz]e|leverage|in order to)\b/i, '"use", "to"'],
  [/\b(?:simply|obviously|of course|please note)\b/i, 'nothing'],
  [/(?:^|[\s(])(?:e\.g\.|i\.e\.|etc\.)/, '"such as", "that is", "and so on"'],
]

const sources = ['src', 'bin', 'release'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.[jt]s$/.test(name))
    .map(name => `${folder}/${name}`),
)

describe('messages, help and comments', () => {
  it('use the words that CONTRIBUTING.md asks for', () => {
    const found = sources.flatMap(file => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      return RARE.flatMap(([words, better]) => {
        const [hit] = words.exec(text) ?? []
        return hit === undefined ? [] : [`${file}: "${hit.trim()}": write ${better}`]
      })
    })
    expect(found).toEqual([])
  })
})
