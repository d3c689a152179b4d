import { describe, expect, it } from 'vitest'
import { jsonDocument, records } from '../../src/cli/render/json-document.js'

const documentOf = (...items: object[]): string =>
  [...jsonDocument('log', { items: records(items, item => item) })].join('')

describe('a JSON document', () => {
  const long = `${'"a\\ '.repeat(300_000)}\u202e`

  it.each([
    ['in a member', { at: 1, text: long, missing: undefined, none: null }],
    ['in a list', { parts: [{ op: 'same', text: long }, { op: 'added', text: 'b' }, []], words: {} }],
    ['as a list', [long, 'b', 3]],
  ])('is the same for an item with a long text %s as for a short one', (_, item) => {
    expect(documentOf({ first: 1 }, item)).toBe(
      `{"schema":"threadkeep.log/1","items":[\n{"first":1},\n${JSON.stringify(item).replaceAll('\u202e', '\\u202e')}]}\n`,
    )
  })
})
