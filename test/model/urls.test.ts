import { expect, it } from 'vitest'
import { resolveUrl, withoutSecrets, withoutUser } from '../../src/model/urls.js'

it.each([
  ['https://ann:hush@town.example/groups/bees/', 'https://town.example/groups/bees/'],
  ['//ann:hush@town.example/x', 'http://town.example/x'],
  ['http://hush@town.example/x?y=1#z', 'http://town.example/x?y=1#z'],
  ['/groups/@hush/', 'http://town.example/groups/@hush/'],
  ['mailto:ann@town.example', null],
])('the address %s is %s: a password in it is not kept', (href, url) => {
  expect(resolveUrl(href, 'http://ann:secret@town.example/')).toBe(url)
})

it.each([
  ['ftp://ann:hush@town.example/x', 'ftp://town.example/x'],
  ['ann:hush@town.example', 'town.example'],
  ['https://town.example/@ann', 'https://town.example/@ann'],
  ['gardeners', 'gardeners'],
])('in a message "%s" is "%s"', (text, shown) => expect(withoutUser(text)).toBe(shown))

it('parameters that hold secrets are blanked, others are kept', () => {
  const url = 'https://ann:hush@town.example/?bp_groups=1&bp_group=bees&_wpnonce=0123456789'
  expect(withoutSecrets(url)).toBe('https://town.example/?bp_groups=1&bp_group=bees&_wpnonce=')
})
