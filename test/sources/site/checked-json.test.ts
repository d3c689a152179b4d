import { expect, it } from 'vitest'
import { takeJson } from '../../../src/model/markup/checked-json.js'
import { incompleteReason } from '../../../src/sources/site/retry.js'

const URL_OF_LIST = 'https://town.example/wp-json/buddypress/v1/activity'

function arrived(text: string, type: string): Uint8Array {
  const body = new TextEncoder().encode(text)
  incompleteReason({
    request: { url: URL_OF_LIST },
    status: 200,
    headers: { 'content-type': type },
    body,
    isWhole: true,
  })
  return body
}

it('JSON that was checked for being whole is there for its reader, once', () => {
  const body = arrived('[{"id":1}]', 'application/json; charset=UTF-8')
  expect(takeJson(body)).toEqual([{ id: 1 }])
  expect(takeJson(body)).toBeUndefined()
})

it.each([
  ['{"id":1}', 'text/html; charset=ISO-8859-1', 'that may be in another charset'],
  ['{"id":', 'application/json', 'that is cut off'],
])('JSON %s as %s, %s, is read anew', (text, type) => {
  expect(takeJson(arrived(text, type))).toBeUndefined()
})
