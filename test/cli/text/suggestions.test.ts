import { expect, test } from 'vitest'
import { suggestion } from '../../../src/cli/text/suggestions.js'

const closest = (word: string, ...names: string[]) => suggestion(word, names, name => [name])[0]

test.each([
  ['gardners', 'gardeners', 'bees'],
  ['fox', 'Fox Hollow Gardeners', 'swap'],
  ['café', 'Mend & Make: the Repair Café', 'case'],
  ['19', '190', 'https://a.example/activity/p/119/'],
])('%s is closest to %s, not to %s', (word, near, far) => {
  expect(closest(word, far, near)).toBe(near)
})
