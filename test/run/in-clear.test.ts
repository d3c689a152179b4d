import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { FetchRequest } from '../../src/model/capture.js'
import { NO_CREDENTIALS } from '../../src/model/credentials.js'
import { type LoginRequest, logIn } from '../../src/run/run.js'
import { OPTIONS, SILENT, testClock } from './outside.js'

/** A community with https, by way of which somebody leads to http. There is no server: certificates are not the subject. */

const asked: { url: string; sent: string }[] = []
const redirects = new Map<string, string>()

const FORM = '<html><body class="login"><form><input name="log"><input type="password" name="pwd"></form></body></html>'

vi.mock('../../src/sources/site/http.js', () => ({
  Http: class {
    async exchange(request: FetchRequest, secrets: object) {
      asked.push({ url: request.url, sent: JSON.stringify(secrets) })
      const location = redirects.get(request.url)
      const body = Buffer.from(request.url.includes('/robots.txt') ? '' : FORM)
      return location
        ? { status: 302, headers: { location }, body: Buffer.alloc(0) }
        : { status: 200, headers: { 'content-type': 'text/html' }, body }
    }
    async close() {}
  },
}))

const SITE = 'https://town.example/'
const CLEAR = 'http://town.example/'

async function loggingIn(change: Partial<LoginRequest> = {}) {
  const deps = { clock: testClock(), signal: new AbortController().signal, version: '0.0.0', reporter: SILENT }
  const request = { site: SITE, user: 'anna', password: 'correct horse', isApplication: false, form: null }
  return logIn({ ...request, insecure: false, ...change }, { ...OPTIONS, credentials: NO_CREDENTIALS }, deps)
}

beforeEach(() => {
  asked.length = 0
  redirects.clear()
})

describe('a password is not sent in clear', () => {
  const ways: [string, Partial<LoginRequest>, string, RegExp][] = [
    ['by the form, where the site leads to http', {}, SITE, /is not secure/],
    ['for an application, where the site leads to http', { isApplication: true }, SITE, /is not secure/],
    ['where the form is said to be at http', { form: `${CLEAR}enter/` }, '', /is not secure/],
    ['where the form leads to http', {}, `${SITE}wp-login.php`, /which would send the password unencrypted/],
  ]
  it.each(ways)('%s', async (_way, change, from, words) => {
    redirects.set(from, from.replace('https:', 'http:'))
    await expect(loggingIn(change)).rejects.toThrow(words)
    expect(asked.filter(({ sent }) => sent.includes('horse'))).toEqual([])
  })

  it('and is sent where all is secure, or where that is wished', async () => {
    await expect(loggingIn()).rejects.toThrow(/did not accept the login/)
    await expect(loggingIn({ site: CLEAR, insecure: true })).rejects.toThrow(/did not accept the login/)
    const urls = asked.filter(({ sent }) => sent.includes('horse')).map(({ url }) => url)
    expect(urls).toEqual([`${SITE}wp-login.php`, `${CLEAR}wp-login.php`])
  })
})
