import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withAddresses } from '../../src/model/markup/hidden-addresses.js'
import { processorTime } from '../processor-time.js'

const hex = (address: string, key: number) =>
  Buffer.from([key, ...Buffer.from(address).map(byte => byte ^ key)]).toString('hex')

/** What Cloudflare makes of an address in a text, and of one in a link, with the key of one response. */
const inText = (address: string, key = 0x5a) =>
  `<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="${hex(address, key)}">[email&#160;protected]</a>`
const inLink = (address: string, key = 0x5a) =>
  `<a href="/cdn-cgi/l/email-protection#${hex(address, key)}"><span class="__cf_email__" data-cfemail="${hex(address, key)}">[email&#160;protected]</span></a>`

describe('addresses that Cloudflare hides', () => {
  it('are shown, whatever the key', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.integer({ min: 1, max: 255 }), (address, key) => {
        const shown = address.replace(/[&<>"'\\]/g, letter => `&#${letter.charCodeAt(0)};`)
        expect(withAddresses(`<p>Write to ${inText(address, key)}, or not.</p>`)).toBe(
          `<p>Write to ${shown}, or not.</p>`,
        )
        expect(withAddresses(inLink(address, key))).toBe(`<a href="mailto:${shown}">${shown}</a>`)
      }),
    )
  })

  it.each([
    ['a word with an @', inText('user@host'), 'user@host'],
    ['letters of any script', inText('grüße@日本.example'), 'grüße@日本.example'],
    ['markup stays text', inText('<b>@x&y'), '&#60;b&#62;@x&#38;y'],
    ['no quotes, after an optimiser', inText('a@b.c').replaceAll('"', ''), 'a@b.c'],
    [
      'a full address',
      inLink('a@b.c').replace('"/cdn', '"https://town.example/cdn'),
      '<a href="mailto:a@b.c">a@b.c</a>',
    ],
    [
      'a subject',
      inLink('a@b.c?subject=Hi').replace(/<span.*span>/, 'Write'),
      '<a href="mailto:a@b.c?subject=Hi">Write</a>',
    ],
    [
      'the script of older pages',
      `${inText('a@b.c')}<script data-cfhash='f9e31' type="text/javascript">/* <![CDATA[ */!function(t){}()/* ]]> */</script>!`,
      'a@b.c!',
    ],
  ])('%s', (_what, html, shown) => expect(withAddresses(html)).toBe(shown))

  it('in JSON that was sent as HTML, which is JSON again', () => {
    const before = JSON.stringify({ contents: '<p class="x">Write to a@b.c</p>' })
    expect(JSON.parse(withAddresses(before.replace('a@b.c', inText('a@b.c'))))).toEqual(JSON.parse(before))
    const escaped = JSON.stringify({ contents: `<p>${inText('a@b.c')}</p>` }).replaceAll('/', '\\/')
    expect(JSON.parse(withAddresses(escaped))).toEqual({ contents: '<p>a@b.c</p>' })
  })

  it.each([
    'Write to a@b.c',
    '<a href="/cdn-cgi/l/email-protection">x</a>',
    '<a data-cfemail="5a3">[email&#160;protected]</a>',
    '<a data-cfemail="5aff5a">[email&#160;protected]</a>',
    '<a data-cfemail="zz">x</a>',
  ])('nothing else is changed: %s', html => expect(withAddresses(html)).toBe(html))

  it('a long page takes no long time', () => {
    const time = processorTime()
    withAddresses('<a data-cfemail="5a5a5a" '.repeat(50_000))
    withAddresses(`${'<a data-cfemail="5a5a5a">x</a><script data-cfhash '.repeat(20_000)}`)
    expect(time()).toBeLessThan(2000)
  })
})
