import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isNormal, normalUrl, resolveUrl, withoutSecrets, withoutUser } from '../../src/model/urls.js'

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

/** Parts of links as sites, editors and attackers write them. */
const part = fc.constantFrom(
  ...'http: https: HTTP: // / \\ . .. %2e %2E %20 %d0%b3 ? # & = : @ ; , ~ ! $ ( ) * + - _ \' " < > ^ ` { } | [ ]'.split(
    ' ',
  ),
  ...[
    'town.example',
    'Town.example',
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    ':80',
    ':443',
    ':8080',
    'ann:hush@',
    'groups',
    'é',
    'グ',
  ],
  ...[' ', '\t', '\n', '\0'],
)
const link = fc.array(part, { maxLength: 9 }).map(parts => parts.join(''))
const base = fc.constantFrom(
  'http://town.example/',
  'https://town.example:8080/a/b/?x=/y#z',
  'http://ann:hush@town.example/',
  'http://town.example',
)

it('a link that is taken as it is written is the one that a parser of URLs gives', () => {
  let taken = 0
  fc.assert(
    fc.property(
      fc.oneof(
        link,
        link.map(rest => `https://town.example/${rest}`),
      ),
      base,
      (href, page) => {
        const url = normalUrl(href, page)
        if (url === null) return
        taken++
        expect(url).toBe(resolveUrl(href, page))
        expect(isNormal(url)).toBe(true)
      },
    ),
    { numRuns: 20_000 },
  )
  expect(taken).toBeGreaterThan(1000)
})
