import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { credentialsFor } from '../../../src/cli/session/credentials.js'
import { newFile } from '../../run/outside.js'
import { testIo } from '../test-io.js'

const TARGET = 'https://town.example/groups/bees/'

function database(path: string, sql: string): string {
  const home = newFile('home')
  const file = join(home, path)
  mkdirSync(dirname(file), { recursive: true })
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
  return home
}

const MOZ =
  'CREATE TABLE moz_cookies (originAttributes TEXT, name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, isSecure INTEGER);'
const CHROMIUM =
  'CREATE TABLE cookies (host_key TEXT, name TEXT, value TEXT, encrypted_value BLOB, path TEXT, expires_utc INTEGER, is_secure INTEGER);'

const read = (browser: string, home: string | null, changes = {}) =>
  credentialsFor([TARGET], { cookiesFromBrowser: browser }, testIo({ home, ...changes }))

const named = async (browser: string, home: string) =>
  (await read(browser, home)).cookies.map(({ key, value, domain }) => [key, value, domain])

describe('--cookies-from-browser', () => {
  it("reads Firefox's cookies of the target, and no others", async () => {
    const home = database(
      '.mozilla/firefox/ab12.default-release/cookies.sqlite',
      `${MOZ} INSERT INTO moz_cookies VALUES ('', 'wordpress_logged_in_1', 'ada', '.town.example', '/', 4000000000, 1),
        ('', 'other', 'x', 'other.example', '/', 4000000000, 1), ('^userContextId=1', 'work', 'x', 'town.example', '/', 4000000000, 1)`,
    )
    const expected = [['wordpress_logged_in_1', 'ada', 'town.example']]
    expect(await named('firefox', home)).toEqual(expected)
    expect(await named('Firefox:default-release', home)).toEqual(expected)
    expect(await named(`firefox:${home}/.mozilla/firefox/ab12.default-release`, home)).toEqual(expected)
    await expect(read('firefox:work', home)).rejects.toThrow('No cookies of firefox were found in its profile work.')
  })

  it("reads Chromium's cookies where they are not encrypted, and else says so", async () => {
    const plain = `${CHROMIUM} INSERT INTO cookies VALUES ('town.example', 'a', '1', x'', '/', 15000000000000000, 1)`
    expect(await named('chromium', database('.config/chromium/Default/Cookies', plain))).toEqual([
      ['a', '1', 'town.example'],
    ])
    const hidden = `${CHROMIUM} INSERT INTO cookies VALUES ('town.example', 'a', '', x'763130', '/', 0, 1)`
    await expect(
      read('chrome', database('.config/google-chrome/Default/Network/Cookies', hidden)),
    ).rejects.toMatchObject({
      exitCode: 2,
      message: 'chrome has encrypted its cookies, which only it can read.',
    })
  })

  it.each([
    ['netscape', '"netscape" is not a browser whose cookies can be read.'],
    ['edge', 'No cookies of edge were found.'],
  ])('%s is wrong usage', async (browser, message) => {
    await expect(read(browser, '/nowhere')).rejects.toMatchObject({ exitCode: 2, message })
    await expect(read('firefox', null)).rejects.toThrow('No cookies of firefox')
  })

  it('a file that is none, and one without a cookie for the target', async () => {
    const path = '.mozilla/firefox/x.default/cookies.sqlite'
    await expect(read('firefox', database(path, 'CREATE TABLE t (a)'))).rejects.toThrow(
      'The cookies of firefox cannot be read',
    )
    await expect(read('firefox', database(path, MOZ))).rejects.toThrow('firefox keeps no cookie for town.example.')
  })

  it('and --cookies exclude each other', async () => {
    const both = { cookiesFromBrowser: 'firefox', cookies: 'x.txt' }
    await expect(credentialsFor([TARGET], both, testIo())).rejects.toThrow('cannot be used together')
  })
})
