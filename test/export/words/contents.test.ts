import { expect, it } from 'vitest'
import { Contents } from '../../../src/export/words/contents.js'

it('gives back all entries in their order, however many there are', () => {
  const contents = new Contents()
  const entries = Array.from({ length: 20_000 }, (_, at) => `${at}. 🌱 Grüße\n`)
  for (const entry of entries) contents.add(entry)
  expect([...contents.texts()].join('')).toBe(entries.join(''))
  expect(contents.length).toBe(entries.length)
})
