import { describe, expect, it } from 'vitest'
import { Session } from '../../src/sources/cookies.js'

const FILE = [
  '# Netscape HTTP Cookie File',
  '#HttpOnly_town.example\tFALSE\t/\tFALSE\t0\twordpress_logged_in_1\tanna%7Csecret',
  '.town.example\tTRUE\t/\tTRUE\t4102444800\twide\tw1',
  'town.example\tFALSE\t/town/\tFALSE\t0\tfolder\tf1',
  'town.example\tFALSE\t/\tFALSE\t100\told\tgone',
].join('\r\n')

describe('a session out of cookies.txt', () => {
  const session = new Session(`${FILE}\r\n`)

  it.each([
    ['http://town.example/groups/', ['wordpress_logged_in_1=anna%7Csecret']],
    ['http://town.example/town/groups/', ['folder=f1', 'wordpress_logged_in_1=anna%7Csecret']],
    ['https://town.example/', ['wide=w1', 'wordpress_logged_in_1=anna%7Csecret']],
    ['https://www.town.example/', ['wide=w1']],
    ['http://www.town.example/', []],
    ['https://other.example/', []],
    ['https://town.example.evil.example/', []],
  ])('tells %s its own cookies only', (url, told) => {
    expect(session.headerFor(url)?.split('; ').sort() ?? []).toEqual(told)
  })

  it('takes what the site renews', () => {
    const own = new Session(FILE)
    own.took('http://town.example/', ['wordpress_logged_in_1=new; path=/; HttpOnly'])
    expect(own.headerFor('http://town.example/')).toBe('wordpress_logged_in_1=new')
    own.took('http://town.example/', 'stray=1; domain=other.example')
    expect(own.headerFor('http://other.example/')).toBeUndefined()
  })

  it.each([
    ['', /holds no cookie/],
    ['# Netscape HTTP Cookie File\n', /holds no cookie/],
    ['town.example FALSE / FALSE 0 name topsecret', /Line 1 of the file of cookies is not seven fields/],
  ])('%j is wrong usage, told without a value', (text, message) => {
    expect(() => new Session(text)).toThrow(message)
    expect(() => new Session(text)).not.toThrow(/topsecret/)
  })
})
