import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_CREDENTIALS } from '../../../src/model/credentials.js'
import { UsageError } from '../../../src/model/errors.js'
import { credentialsIn } from '../../../src/sources/site/cookie-text.js'
import { Session, sessionEnds } from '../../../src/sources/site/session.js'

const FILE = [
  '# Netscape HTTP Cookie File',
  '#HttpOnly_town.example\tFALSE\t/\tFALSE\t0\twordpress_logged_in_1\tanna%7Csecret',
  '.town.example\tTRUE\t/\tTRUE\t4102444800\twide\tw1',
  'town.example\tFALSE\t/town/\tFALSE\t0\tfolder\tf1',
  'town.example\tFALSE\t/\tFALSE\t100\told\tgone',
].join('\r\n')

const SITE = 'https://town.example/groups/bees/'
const told = (text: string, url: string, site: string | null = SITE) =>
  new Session(credentialsIn(text, site)).cookieHeaderFor(url)?.split('; ').sort() ?? []

describe('a session out of cookies.txt', () => {
  it.each([
    ['http://town.example/groups/', ['wordpress_logged_in_1=anna%7Csecret']],
    ['http://town.example/town/groups/', ['folder=f1', 'wordpress_logged_in_1=anna%7Csecret']],
    ['https://town.example/', ['wide=w1', 'wordpress_logged_in_1=anna%7Csecret']],
    ['https://www.town.example/', ['wide=w1']],
    ['http://www.town.example/', []],
    ['https://other.example/', []],
    ['https://town.example.evil.example/', []],
  ])('tells %s its own cookies only', (url, cookies) => {
    expect(told(`${FILE}\r\n`, url)).toEqual(cookies)
  })

  it('says nothing in clear to a site that was secure, but to this very machine', () => {
    const session = new Session(credentialsIn(FILE, null))
    // To ask as whom it would be asked changes nothing.
    expect([session.hasSessionFor('https://town.example/'), session.hasSessionFor('http://town.example/')]).toEqual([
      true,
      true,
    ])
    expect(session.cookieHeaderFor('http://town.example/')).toContain('anna')
    expect(session.cookieHeaderFor('https://town.example/')).toContain('anna')
    expect(session.cookieHeaderFor('http://town.example/')).toBeUndefined()
    expect(session.hasSessionFor('http://town.example/')).toBe(false)
    const here = new Session(credentialsIn('127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1', null))
    expect(here.cookieHeaderFor('https://127.0.0.1/')).toBe('a=1')
    expect(here.cookieHeaderFor('http://127.0.0.1/')).toBe('a=1')
  })

  it('takes what the site renews', () => {
    const own = new Session(credentialsIn(FILE, null))
    own.storeCookies('http://town.example/', ['wordpress_logged_in_1=new; path=/; HttpOnly'])
    expect(own.cookieHeaderFor('http://town.example/')).toBe('wordpress_logged_in_1=new')
    own.storeCookies('http://town.example/', 'stray=1; domain=other.example')
    expect(own.cookieHeaderFor('http://other.example/')).toBeUndefined()
    // A visitor keeps the cookies of this run, which are no session.
    own.storeCookies('http://other.example/', 'visited=1')
    expect([own.cookieHeaderFor('http://other.example/'), own.hasSessionFor('http://other.example/')]).toEqual([
      'visited=1',
      false,
    ])
    expect(own.cookieHeaderFor('http://third.example/')).toBeUndefined()
    expect(JSON.stringify(own.toCredentials())).toContain('"new"')
  })
})

const COOKIES = ['a=1', 'wordpress_logged_in_1=anna%7Csecret']

describe('cookies that were pasted', () => {
  it.each([
    ['a header', 'Cookie: a=1; wordpress_logged_in_1=anna%7Csecret\n'],
    ['its value', ' a=1; wordpress_logged_in_1=anna%7Csecret'],
    [
      'all headers of a request',
      'Host: town.example\r\nCookie: a=1; wordpress_logged_in_1=anna%7Csecret\r\nAccept: */*\r\n',
    ],
    [
      'cURL',
      "curl 'https://town.example/x?y=1' \\\n -H 'accept: */*' \\\n -H 'cookie: a=1; wordpress_logged_in_1=anna%7Csecret' --compressed",
    ],
    ['cURL with -b', "curl 'https://town.example/x' -b 'a=1; wordpress_logged_in_1=anna%7Csecret' -H 'accept: */*'"],
    ['cURL of bash', "curl 'https://town.example/x' -b $'a=1; wordpress_logged_in_1=anna%7Csecret'"],
    [
      'cURL of Windows',
      'curl ^"https://town.example/x^" ^\r\n -H ^"Cookie: a=1; wordpress_logged_in_1=anna^%^7Csecret^" ^\r\n --compressed',
    ],
  ])('%s', (_how, text) => {
    expect(told(text, 'https://town.example/members/')).toEqual(COOKIES)
    expect(told(text, 'https://other.example/')).toEqual([])
  })

  it('of a secure site are told to nobody in clear', () => {
    expect(told('a=1', 'http://town.example/members/')).toEqual([])
    expect(told("curl 'https://town.example/x' -b 'a=1'", 'http://town.example/x')).toEqual([])
    expect(told('a=1', 'http://town.example/', 'http://town.example/')).toEqual(['a=1'])
  })

  it('cURL names its own site, whatever the target', () => {
    const text = "curl 'https://town.example/x' -b 'a=1'"
    expect(told(text, 'https://town.example/', 'https://other.example/')).toEqual(['a=1'])
    expect(told(text, 'https://other.example/', 'https://other.example/')).toEqual([])
  })

  it.each([
    ['', SITE, /contains no cookie/],
    ['# Netscape HTTP Cookie File\n', SITE, /contains no cookie/],
    ["curl 'https://town.example/' -H 'accept: topsecret'", SITE, /contains no cookie/],
    ['a=topsecret', null, /does not name its site/],
    ['town.example\tFALSE\t/\ttopsecret', SITE, /Line 1 of the cookies does not have seven fields/],
  ])('%j is wrong usage, told without a value', (text, site, message) => {
    expect(() => credentialsIn(text, site)).toThrow(message)
    expect(() => credentialsIn(text, site)).not.toThrow(/topsecret/)
  })

  it('whatever text is given, no value of it stands in an error', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 5 }), text => {
        try {
          credentialsIn(`${text}\tQz9Qz9Qz9`, null)
        } catch (error) {
          expect(String(error)).not.toContain('Qz9')
        }
      }),
    )
  })
})

describe('files of cookies, as browsers and their add-ons write them', () => {
  const LINE = 'town.example\tFALSE\t/\tFALSE\t0\ta\t1'
  const url = 'http://town.example/'

  it.each([
    ['a byte order mark', `\ufeff# Netscape HTTP Cookie File\r\n${LINE}`],
    ['comments and empty lines', `# x\n\n \n#\n${LINE}\n\n`],
    ['spaces in place of tabs', LINE.replaceAll('\t', '  ')],
    ['flags in other spellings', LINE.replaceAll('FALSE', 'false')],
    ['a host with its port, or an address', `${LINE.replace('town.example', 'http://town.example:8080/x')}`],
    ['microseconds', LINE.replace('\t0\t', '\t13399999999000000\t')],
    ['milliseconds', LINE.replace('\t0\t', '\t4102444800000\t')],
    ['a date without end', LINE.replace('\t0\t', '\t99999999999999999999999999\t')],
    ['no date at all', LINE.replace('\t0\t', '\tnever\t')],
    ['a negative date', LINE.replace('\t0\t', '\t-1\t')],
    ['a line of a host that is none', `exa mple\tTRUE\t/\tTRUE\t0\tn\tv\n${LINE}\nx\ty\n\t\t\t\t\t\t\t`],
    ['a line without its last tab', `other.example\tFALSE\t/\tFALSE\t0\tblank\n${LINE}`],
    ['the table of the developer tools', 'a\t1\ttown.example\t/\tSession\t2\t✓\t\tLax\tMedium'],
    ['the same with a date', 'a\t1\t.town.example\t/\t2099-01-01T00:00:00.000Z\t2\t\t\t\tMedium'],
    [
      'JSON',
      JSON.stringify([{ domain: '.town.example', name: 'a', value: '1', path: '/', expirationDate: 4102444800.5 }]),
    ],
    ['JSON as an object', JSON.stringify({ cookies: [{ domain: 'town.example', name: 'a', value: '1' }, null, 7] })],
  ])('%s', (_how, text) => expect(told(text, url)).toEqual(['a=1']))

  it('an empty value and a value with a tab are values', () => {
    expect(told(`${LINE.slice(0, -2)}\n${LINE.replace('\ta\t1', '\tb\tx\ty')}`, url)).toEqual(['a=', 'b=x\ty'])
  })

  it.each([
    ['a page', '<html><body><a href="?x=topsecret">x</a></body></html>'],
    ['settings', '[login]\nuser=anna\npassword=topsecret\n'],
    ['JSON of something else', '{"password": "topsecret"}'],
    ['broken JSON', '[{"name": "topsecret"'],
    ['a table of something else', 'name\tage\nanna\ttopsecret\n'],
    ['bytes', '\u0000\u0001PK\u0003\u0004topsecret=1\n'],
  ])('%s is no file of cookies, and no value of it is shown', (_what, text) => {
    expect(() => credentialsIn(text, SITE)).toThrow(UsageError)
    expect(() => credentialsIn(text, SITE)).not.toThrow(/topsecret/)
  })
})

describe('an application password', () => {
  const password = { site: 'https://town.example/town/', user: 'anna', password: 'abcd efgh' }
  const session = new Session({ ...NO_CREDENTIALS, passwords: [password] })
  it.each([
    ['https://town.example/town/wp-json/buddypress/v1/activity', 'Basic YW5uYTphYmNkIGVmZ2g='],
    ['https://town.example/wp-json/', undefined],
    ['http://town.example/town/wp-json/', undefined],
    ['https://town.example.evil.example/town/', undefined],
    ['https://evil.example/https://town.example/town/', undefined],
  ])('is told to %s: %s', (url, header) => expect(session.authorizationFor(url)).toBe(header))
})

describe('the end of a session', () => {
  const of = (value: string, name = 'wordpress_logged_in_1') =>
    sessionEnds(credentialsIn(`${name}=${value}`, SITE), SITE)
  it.each([
    ['anna%7C1795596972%7Ctoken%7Chmac', 1_795_596_972_000],
    ['anna|1795596972|token|hmac', 1_795_596_972_000],
    ['anna%7Csoon%7Ctoken', null],
    ['%E0%A4%A', null],
  ])('stands in the cookie: %s', (value, at) => expect(of(value)).toBe(at))
  it('is not that of another cookie, nor of another site', () => {
    expect(of('anna%7C1795596972%7Ct%7Ch', 'wordpress_1')).toBeNull()
    const other = credentialsIn('wordpress_logged_in_1=anna%7C1795596972%7Ct%7Ch', 'https://other.example/')
    expect(sessionEnds(other, SITE)).toBeNull()
    const alike = credentialsIn('wordpress_logged_in_1=anna%7C1795596972%7Ct%7Ch', 'https://own.example/')
    expect(sessionEnds(alike, SITE)).toBeNull()
  })

  it('is the last of several', () => {
    const ends = [1_795_596_972, 1_795_000_000].map((end, at) => `wordpress_logged_in_${at}=anna%7C${end}%7Ct%7Ch`)
    for (const cookies of [ends, ends.toReversed()])
      expect(sessionEnds(credentialsIn(cookies.join('; '), SITE), SITE)).toBe(1_795_596_972_000)
  })
})
