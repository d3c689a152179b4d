import { expect, it, vi } from 'vitest'
import type { FetchRequest } from '../../src/model/capture.js'
import { credentialsIn } from '../../src/run/run.js'
import { desk } from './outside.js'

/** A community that leads from http to https, and from www. to its bare name. There is no server: certificates are not the subject. */
vi.mock('../../src/sources/site/http.js', () => ({
  Http: class {
    async exchange({ url }: FetchRequest) {
      const home = url.replace(/^https?:\/\/(www\.)?/, 'https://')
      const body = Buffer.from(url.endsWith('/robots.txt') ? '' : '<html><body class="logged-in">Shop</body></html>')
      return url === home || url.endsWith('/robots.txt')
        ? { status: 200, headers: { 'content-type': 'text/html' }, body }
        : { status: 301, headers: { location: home }, body: Buffer.alloc(0) }
    }
    async close() {}
  },
}))

const session = credentialsIn('wordpress_logged_in_1=anna', 'https://town.example/')

it.each(['https://town.example/', 'http://town.example/', 'http://www.town.example/'])(
  'who has a session for the address that %s leads to reads as a member, and is noted as one',
  async url => {
    const one = desk()
    await one.run(url, { credentials: session })
    expect(one.sql('SELECT url, reader FROM captures')).toEqual([{ url, reader: 'session' }])
  },
)

it('who has one for another site is a visitor', async () => {
  const one = desk()
  await one.run('http://other.example/', { credentials: session })
  expect(one.sql('SELECT reader FROM captures')).toEqual([{ reader: 'visitor' }])
})
