import { describe, expect, it } from 'vitest'
import { credentialsIn } from '../../../src/sources/site/cookie-text.js'
import { Session } from '../../../src/sources/site/session.js'

const URL = 'https://town.example/'
const GOOD = 'town.example\tFALSE\t/\tTRUE\t0\ta\t1'

function read(text: string, site: string | null = URL) {
  const warnings: string[] = []
  const credentials = credentialsIn(text, site, message => warnings.push(message))
  return { sent: new Session(credentials).cookieHeaderFor(URL), warnings }
}

describe('a line of a list that is no cookie is skipped with a warning that names it', () => {
  it.each([
    [
      'too few fields',
      'other.example\tFALSE',
      'Line 3 of the cookies does not have seven fields separated by tabs: it is skipped.',
    ],
    [
      'a host that is none',
      'exa mple\tTRUE\t/\tTRUE\t0\tn\tsecret',
      'Line 3 of the cookies names no host: it is skipped.',
    ],
    [
      'a control character',
      'other.example\tTRUE\t/\tTRUE\t0\tn\tsec\u0007ret',
      'Line 3 of the cookies has control characters: it is skipped.',
    ],
    [
      'flags that are none',
      'other.example\tperhaps\t/\tTRUE\t0\tn\tsecret',
      'Line 3 of the cookies does not have seven fields separated by tabs: it is skipped.',
    ],
  ])('%s', (_what, line, warning) => {
    expect(read(`# Netscape HTTP Cookie File\n${GOOD}\n${line}\n`)).toEqual({ sent: 'a=1', warnings: [warning] })
  })

  it('names five lines, and counts the rest', () => {
    const { sent, warnings } = read(`${GOOD}\n${'x\ty\n'.repeat(8)}`)
    expect([sent, warnings.length, warnings.at(-1)]).toEqual(['a=1', 6, '3 more lines of the cookies are skipped.'])
  })

  it('without any cookie, the error names the first line', () => {
    expect(() => read('x\ty')).toThrow('Line 1 of the cookies does not have seven fields separated by tabs.')
  })
})

describe('odd values are read', () => {
  it.each([
    '-1',
    '0',
    'Session',
    '4000000000',
    '4000000000000',
    '4000000000000000',
    '13399999999000000',
    '253402300800',
    '253402300800000',
    '',
  ])('expiry %s', expiry => {
    expect(read(`town.example\tFALSE\t/\tTRUE\t${expiry}\ta\t1`)).toEqual({ sent: 'a=1', warnings: [] })
  })

  it('letters beyond ASCII are sent as the bytes of UTF-8, as browsers send them', () => {
    const { sent = '' } = read('town.example\tFALSE\t/\tTRUE\t0\ta\tgrün ✓')
    expect(Buffer.from(sent, 'latin1').toString('utf8')).toBe('a=grün ✓')
  })

  it("Chrome's table, with its head", () => {
    const table =
      'Name\tValue\tDomain\tPath\tExpires / Max-Age\tSize\tHttpOnly\tSecure\na\t1\ttown.example\t/\tSession\t2\t\t✓\n'
    expect(read(table)).toEqual({ sent: 'a=1', warnings: [] })
  })
})

describe('JSON of add-ons and tools', () => {
  it.each([
    ['a list', [{ domain: '.town.example', name: 'a', value: '1', path: '/', secure: true, expirationDate: 4e9 }]],
    [
      'the state of a test browser',
      { cookies: [{ domain: 'town.example', name: 'a', value: '1', expires: -1 }], origins: [] },
    ],
    [
      'raw names',
      [
        {
          'Host raw': 'https://.town.example/',
          'Name raw': 'a',
          'Content raw': '1',
          'Path raw': '/',
          'Expires raw': '0',
          'Send for raw': 'true',
        },
      ],
    ],
    [
      'a number, and a date in words',
      [{ domain: 'town.example', name: 'a', value: 1, expirationDate: '2099-01-01T00:00:00Z' }],
    ],
  ])('%s', (_what, json) => {
    expect(read(JSON.stringify(json))).toEqual({ sent: 'a=1', warnings: [] })
  })

  it('an entry that is none is skipped, and named', () => {
    const json = [{ domain: 'town.example', name: 'a', value: '1' }, null, { name: 'b' }]
    expect(read(JSON.stringify(json)).warnings).toEqual([
      'Entry 2 of the JSON does not have a domain, a name and a value: it is skipped.',
      'Entry 3 of the JSON does not have a domain, a name and a value: it is skipped.',
    ])
  })
})

describe('requests that the developer tools copied', () => {
  it.each([
    [
      'fetch (Node.js)',
      'fetch("https://town.example/x", {\n  "headers": {\n    "accept": "*/*",\n    "cookie": "a=1; b=\\"2\\""\n  },\n  "method": "GET"\n});',
      'a=1; b="2"',
    ],
    [
      'PowerShell',
      '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.Cookies.Add((New-Object System.Net.Cookie("a", "1", "/", "town.example")))\n$session.Cookies.Add((New-Object System.Net.Cookie("b", "x`$y", "/", "town.example")))\nInvoke-WebRequest -UseBasicParsing -Uri "https://town.example/x" `\n-WebSession $session',
      'a=1; b=x$y',
    ],
    [
      'PowerShell with a header',
      'Invoke-WebRequest -Uri "https://town.example/x" -Headers @{\n"accept"="*/*"\n  "cookie"="a=1; b=2"\n}',
      'a=1; b=2',
    ],
  ])('%s', (_what, text, sent) => {
    expect(read(text, null).sent).toBe(sent)
  })

  it('fetch without cookies is refused with the way that has them', () => {
    const text = 'fetch("https://town.example/x", {\n  "headers": { "accept": "*/*" },\n  "credentials": "include"\n});'
    expect(() => read(text)).toThrow('"Copy as fetch" leaves them out')
  })
})
