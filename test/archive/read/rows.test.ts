import { describe, expect, it } from 'vitest'
import { threadTitle } from '../../../src/archive/read/rows.js'

describe('titles that an earlier version has stored', () => {
  const cut = 'Fox cubs behind the compost, three of them, fighting about a glove'
  it.each([
    [`${cut}.…`, `${cut}…`],
    [`${cut}…`, `${cut}…`],
    [`${cut},…`, `${cut}…`],
    ['Wait.…', 'Wait.…'],
    [`${cut}.`, `${cut}.`],
  ])('%j is %j', (stored, shown) => expect(threadTitle(stored, 'activity_update', null)).toBe(shown))
})
