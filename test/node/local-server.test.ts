import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type LocalServer, serveLocally } from '../../src/node/local-server.js'

let server: LocalServer | null = null
const errors: unknown[] = []

const started = async (port = 0): Promise<LocalServer> => {
  server = await serveLocally(
    port,
    async ({ path, query }, send) => {
      if (path === '/broken') throw new Error('broken')
      const location = path === '/moved' ? { location: 'there#x' } : {}
      await send({
        status: path === '/moved' ? 302 : 200,
        type: 'text/plain',
        ...location,
        body: [path, ' ', query.get('q') ?? ''],
      })
    },
    error => errors.push(error),
  )
  return server
}

interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** `fetch` would choose the host itself. */
const asked = (url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ hostname, port, path, method, headers }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', piece => {
        body += piece
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject).end()
  })

afterEach(async () => {
  await server?.close()
  server = null
  errors.length = 0
})

describe('a local server', () => {
  it('answers GET with the decoded path and the query, and HEAD without a body', async () => {
    const { url } = await started()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(await asked(url, '/a%20b/%D9%85?q=x+y')).toMatchObject({ status: 200, body: '/a b/م x y' })
    expect(await asked(url, '/a', {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await asked(url, '/moved')).toMatchObject({ status: 302, headers: { location: 'there#x' } })
  })

  it('allows nothing to be loaded, framed, stored or passed on', async () => {
    const { headers } = await asked((await started()).url, '/')
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('answers to its own name only, so that no name of another site leads here', async () => {
    const { url } = await started()
    const { port } = new URL(url)
    const at = async (host: string) => (await asked(url, '/', { host })).status
    expect(await at(`localhost:${port}`)).toBe(200)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
    ])
      expect(await at(host), host).toBe(421)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async method => {
    expect(await asked((await started()).url, '/', {}, method)).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    })
  })

  it('refuses what pages of other sites load, and follows their links', async () => {
    const { url } = await started()
    const from = (site: string, mode: string) => asked(url, '/', { 'sec-fetch-site': site, 'sec-fetch-mode': mode })
    expect((await from('cross-site', 'no-cors')).status).toBe(403)
    expect((await from('same-site', 'cors')).status).toBe(403)
    expect((await from('cross-site', 'navigate')).status).toBe(200)
    expect((await from('same-origin', 'no-cors')).status).toBe(200)
  })

  it('says that an address is none, and that a page could not be made, without a word of the error', async () => {
    const { url } = await started()
    expect(await asked(url, '/%E0%A4%A')).toMatchObject({ status: 400 })
    expect(await asked(url, '/broken')).toMatchObject({ status: 500, body: 'The page could not be made.\n' })
    expect(errors).toEqual([new Error('broken')])
    expect((await asked(url, '/after')).status).toBe(200)
  })

  it('names a port that is in use', async () => {
    const { port } = new URL((await started()).url)
    await expect(
      serveLocally(
        Number(port),
        async () => {},
        () => {},
      ),
    ).rejects.toThrow(`The port ${port} is in use.`)
  })

  it('works off no request once it is closed', async () => {
    let handled = 0
    const own = await serveLocally(
      0,
      async () => {
        handled++
        await own.close()
      },
      error => errors.push(error),
    )
    const { host, port } = new URL(own.url)
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(20)),
    )
    await once(
      socket.on('error', () => {}),
      'close',
    )
    expect(handled).toBe(1)
  })
})
