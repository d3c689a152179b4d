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

it('where the cache cannot be passed, the refusal is what arrives', async () => {
  const { url, paths } = await cached(OLD)
  expect(await bodies([call(url, 'a')])).toEqual(['{"success":false}'])
  expect(paths()).toHaveLength(4)
})
