import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { isFailure } from '../../../src/model/capture.js'
import { page, reading, roughServerBeyondRobots as roughServer, routes } from './rough-server.js'

const withNonce = (nonce: string) =>
  `<html><script>var BP_Nouveau = {"nonces":{"activity":"${nonce}"}};</script></html>`
const OLD = withNonce('0123456789')
const NEW = withNonce('abcdef0123')

const isFresh = ({ url, headers }: IncomingMessage) => url?.includes('?') || headers['cache-control'] === 'no-cache'

/** A site behind a cache of pages. `fresh`: what comes past the cache. */
const cached = (fresh: string) =>
  roughServer(
    routes({
      '/a/': (request, response) => page(response, isFresh(request) ? fresh : OLD),
      '/b/': (request, response) => page(response, isFresh(request) ? fresh : OLD),
      '/ajax': ({ form }, response) =>
        response
          .writeHead(200, { 'Content-Type': 'application/json' })
          .end(form.get('nonce') === 'abcdef0123' ? '{"success":true}' : '{"success":false}'),
    }),
  )

const call = (url: string, group: string) =>
  ({ url: `${url}ajax`, form: { action: 'x' }, nonce: 'activity', referer: `${url}${group}/` }) as const

const bodies = async (...of: Parameters<typeof reading>) =>
  (await reading(...of)).map(one => (isFailure(one) ? one.error.message : Buffer.from(one.body).toString()))

it('an old nonce out of a page cache costs one look past it, and no later page brings it back', async () => {
  const { url, paths } = await cached(NEW)
  const requests = [{ url: `${url}a/` }, call(url, 'a'), { url: `${url}b/` }, call(url, 'b'), call(url, 'b')]
  const [, first, , second, third] = await bodies(requests)
  expect([first, second, third]).toEqual(Array(3).fill('{"success":true}'))
  expect(paths().map(path => path.replace(/=\d+$/, '=N'))).toEqual([
    '/a/',
    '/ajax',
    '/a/?threadkeep=N',
    '/ajax',
    '/b/',
    '/ajax',
    '/ajax',
  ])
})

/** A site behind a cache that goes by the path alone. `open`: paths that it has no copy of. */
const cachedByPath = (open: RegExp) =>
  roughServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    if (pathname !== '/ajax') return page(response, open.test(pathname) ? NEW : OLD)
    const isGood = request.form.get('nonce') === 'abcdef0123'
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"success":${isGood}}`)
  })

it.each([
  ['one more slash', /^\/[ab]\/\/$/, ['/a//']],
  ['a page below that does not exist', /^\/[ab]\/threadkeep-\d+\/$/, ['/a//', '/a/threadkeep-N/']],
])('a cache that ignores the query is passed by %s, and the next time by that alone', async (_what, open, looks) => {
  const { url, paths } = await cachedByPath(open)
  const again = { ...call(url, 'b'), form: { action: 'y' } }
  expect(await bodies([{ url: `${url}a/` }, call(url, 'a'), { url: `${url}b/` }, again])).toEqual(
    [OLD, '{"success":true}', OLD, '{"success":true}'].map(body => body.replace('0123456789', '0000000000')),
  )
  const asked = paths().map(path => path.replace(/\d+/, 'N'))
  expect(asked).toEqual(['/a/', '/ajax', '/a/?threadkeep=N', ...looks, '/ajax', '/b/', '/ajax'])
})

it('an error of an address that is a guess leaves the refusal as it is', async () => {
  const { url } = await roughServer((request, response) => {
    if (request.url?.startsWith('/a//') || request.url?.startsWith('/a/threadkeep'))
      return void request.socket.destroy()
    if (request.url !== '/ajax') return page(response, OLD)
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"success":false}')
  })
  expect(await bodies([call(url, 'a')])).toEqual(['{"success":false}'])
})

it('where the cache cannot be passed, the refusal is what arrives, and each later one costs one look', async () => {
  const { url, paths } = await cached(OLD)
  expect(await bodies([call(url, 'a'), call(url, 'a')])).toEqual(Array(2).fill('{"success":false}'))
  const looks = paths().filter(path => path !== '/ajax' && path !== '/a/')
  expect(looks.map(path => path.replace(/\d+/, 'N'))).toEqual([
    '/a/?threadkeep=N',
    '/a//',
    '/a/threadkeep-N/',
    '/a/?threadkeep=N',
  ])
})
