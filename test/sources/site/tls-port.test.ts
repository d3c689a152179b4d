import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { NetworkError } from '../../../src/model/errors.js'
import { failing, reading, roughServerBeyondRobots as roughServer } from './rough-server.js'
import { secureServer, selfSigned } from './self-signed.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const ONLY_HTTPS = /tried once\): this port speaks https only: the address has to begin with https:\/\//

async function expectOnlyHttps(url: string, environment = {}): Promise<void> {
  const error = await failing({ url }, { retries: 4, ignoreRobots: true, environment })
  expect(error.message).toMatch(ONLY_HTTPS)
  expect((error as NetworkError).advice).toContain('https://')
}

describe('an http address of a port that speaks https only', () => {
  it('is requested once, where the server closes the connection', async () => {
    const { port, close } = await secureServer(selfSigned('town.example'))
    closing.push(close)
    await expectOnlyHttps(`http://127.0.0.1:${port}/groups/`)
  })

  it('is not requested again for the next page', async () => {
    const { port, close } = await secureServer(selfSigned('town.example'))
    closing.push(close)
    const urls = ['a/', 'b/'].map(path => ({ url: `http://127.0.0.1:${port}/${path}` }))
    const arrivals = await reading(urls, { retries: 4, ignoreRobots: true })
    expect(arrivals.map(one => ('error' in one ? one.error.message : ''))).toEqual([
      expect.stringMatching(ONLY_HTTPS),
      expect.stringMatching(ONLY_HTTPS),
    ])
  })

  it.each([
    '<center>The plain HTTP request was sent to HTTPS port</center>',
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
    'Client sent an HTTP request to an HTTPS server.\n',
  ])('is requested once, where the server says so: %s', async words => {
    const server = await roughServer((_request, response) => void response.writeHead(400).end(words))
    await expectOnlyHttps(server.url)
    expect(server.asked).toHaveLength(1)
  })

  it('is recognised through a proxy by what the server says', async () => {
    const server = await roughServer(
      (_request, response) => void response.writeHead(400).end('The plain HTTP request was sent to HTTPS port'),
    )
    await expectOnlyHttps('http://town.invalid:443/', { http_proxy: server.url })
  })
})

it('a port that closes connections, and speaks no TLS, is requested again', async () => {
  const server = createServer(socket => socket.once('data', () => socket.destroy()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const error = await failing({ url }, { retries: 2, ignoreRobots: true })
  expect(error.message).toMatch(/tried 3 times\): the connection was (?:lost|reset)/)
})

it('a response with HTTP 400 of an ordinary site is a response', async () => {
  const server = await roughServer((_request, response) => void response.writeHead(400).end('Bad request'))
  const [arrival] = await reading([{ url: server.url }], { ignoreRobots: true })
  expect(arrival).toMatchObject({ status: 400 })
})
