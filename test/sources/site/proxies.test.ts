import { request as ask, createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/model/errors.js'
import { proxiesIn } from '../../../src/sources/site/proxies.js'
import { capturing, failing, PAGE, page, reading, roughServerBeyondRobots as roughServer } from './rough-server.js'

const PROXY = 'http://proxy.example:3128/'
const urlFor = (env: Record<string, string>, url = 'https://town.example/groups/') => proxiesIn(env)(url)?.url ?? null

describe('what the environment names', () => {
  it.each<[Record<string, string>, string, string | null]>([
    [{}, 'http://town.example/', null],
    [{ HTTP_PROXY: PROXY }, 'http://town.example/', PROXY],
    [{ http_proxy: PROXY }, 'http://town.example/', PROXY],
    [{ HTTP_PROXY: PROXY }, 'https://town.example/', null],
    [{ HTTPS_PROXY: PROXY }, 'https://town.example/', PROXY],
    [{ ALL_PROXY: PROXY }, 'https://town.example/', PROXY],
    [{ all_proxy: PROXY }, 'http://town.example/', PROXY],
    [{ https_proxy: '', HTTPS_PROXY: PROXY }, 'https://town.example/', null],
    [{ https_proxy: ' proxy.example:3128 ' }, 'https://town.example/', PROXY],
    [{ ALL_PROXY: 'socks5h://proxy.example:1080' }, 'https://town.example/', 'socks5://proxy.example:1080'],
  ])('%j: %s by %s', (env, url, proxy) => expect(urlFor(env, url)).toBe(proxy))

  it('gives name and password apart from the address', () => {
    expect(proxiesIn({ ALL_PROXY: 'http://ann%40a:s%20t@proxy.example' })('http://town.example/')).toEqual({
      url: 'http://proxy.example/',
      authorization: `Basic ${Buffer.from('ann@a:s t').toString('base64')}`,
    })
  })

  it.each(['http://', 'ftp://proxy.example', 'http://a b/'])('refuses %j, and shows no password', value => {
    expect(() => proxiesIn({ HTTPS_PROXY: value })).toThrow(UsageError)
    expect(() => proxiesIn({ HTTPS_PROXY: 'http://ann:secret@:1:2' })).not.toThrow(/secret/)
  })
})

it.each<[string, string, boolean]>([
  ['*', 'https://town.example/', true],
  ['town.example', 'https://town.example/', true],
  ['.town.example', 'https://www.town.example/', true],
  ['*.town.example', 'https://www.town.example/', true],
  ['other.example, town.example', 'https://WWW.town.example/', true],
  ['own.example', 'https://town.example/', false],
  ['town.example:443', 'https://town.example/', true],
  ['town.example:8080', 'https://town.example/', false],
  ['10.0.0.0/8', 'https://10.20.30.40/', true],
  ['10.0.0.0/8', 'https://11.20.30.40/', false],
  ['::1', 'https://[::1]/', true],
  ['fd00::/8', 'https://[fd12::1]/', true],
  ['10.0.0.0/99,x/y', 'https://10.0.0.1/', false],
  ['', 'https://town.example/', false],
])('NO_PROXY=%s: %s directly: %s', (none, url, isDirect) => {
  expect(urlFor({ ALL_PROXY: PROXY, NO_PROXY: none }, url)).toBe(isDirect ? null : PROXY)
  expect(urlFor({ all_proxy: PROXY, no_proxy: none }, url)).toBe(isDirect ? null : PROXY)
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A proxy that takes each host for the site at `port`. `status`: what it answers instead. */
async function startProxy(port: number, status?: number) {
  const asked: { request: string; authorization: string | undefined }[] = []
  const note = ({ method, url, headers }: IncomingMessage) =>
    void asked.push({ request: `${method} ${url}`, authorization: headers['proxy-authorization'] })
  const server = createServer((incoming, outgoing) => {
    note(incoming)
    if (status) return void outgoing.writeHead(status).end()
    const { pathname } = new URL(incoming.url ?? '')
    incoming.pipe(
      ask({ port, path: pathname, method: incoming.method ?? 'GET', maxHeaderSize: 64_000 }, answer => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      }),
    )
  })
  server.on('connect', (incoming, socket) => {
    note(incoming)
    if (status) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const site = connect(port, '127.0.0.1')
    socket.on('error', () => site.destroy())
    site.on('error', () => socket.destroy())
    site.end()
    socket.end('HTTP/1.1 502 No\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => void server.close(() => {}).closeAllConnections())
  return { asked, url: `http://ann:hush@127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('requests through a proxy', () => {
  const url = 'http://town.invalid/groups/'

  it('ask for http by a plain request, with name and password for the proxy only', async () => {
    const seen: (string | undefined)[] = []
    const server = await roughServer((request, response) => {
      seen.push(request.headers['proxy-authorization'])
      page(response, PAGE, { 'content-security-policy': 'x'.repeat(20_000) })
    })
    const proxy = await startProxy(Number(new URL(server.url).port))
    const capture = await capturing({ url }, { environment: { http_proxy: proxy.url } })
    expect(Buffer.from(capture.body).toString()).toBe(PAGE)
    expect(proxy.asked.map(({ request }) => request)).toEqual(['GET http://town.invalid/robots.txt', `GET ${url}`])
    expect(proxy.asked[0]?.authorization).toBe(`Basic ${Buffer.from('ann:hush').toString('base64')}`)
    expect(seen).toEqual([undefined])
  })

  it('ask for https by a tunnel, and say what the proxy answers', async () => {
    const proxy = await startProxy(9, 407)
    const options = { environment: { https_proxy: proxy.url, http_proxy: proxy.url }, retries: 3, ignoreRobots: true }
    for (const target of ['https://town.invalid/', 'http://town.invalid/']) {
      const error = await failing({ url: target }, options)
      expect(error.message).toMatch(/tried once.*the proxy requires a user name and a password/)
      expect(error.message).not.toContain('hush')
    }
    expect(proxy.asked[0]?.request).toBe('CONNECT town.invalid:443')
    const closed = await startProxy(9, 403)
    const error = await failing(
      { url: 'https://town.invalid/' },
      { ...options, environment: { ALL_PROXY: closed.url } },
    )
    expect(error.message).toContain('the proxy refused to connect (HTTP 403)')
  })

  it.each([
    [
      'closes each connection',
      (socket: Socket) => void socket.once('data', () => socket.destroy()),
      'the proxy closed',
    ],
    ['never answers', () => {}, 'no response within the time limit'],
  ])('end at a proxy that %s', { timeout: 20_000 }, async (_what, answer, words) => {
    const server = createTcpServer(answer)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => void server.close())
    const https_proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const how = { environment: { https_proxy }, retries: 1, ignoreRobots: true, timeoutMilliseconds: 500 }
    const error = await failing({ url: 'https://town.invalid/' }, how)
    expect(error.message).toContain('tried 2 times')
    expect(error.message).toContain(words)
  })

  it('a proxy without an address ends the run before the first request', async () => {
    await expect(reading([{ url }], { environment: { HTTP_PROXY: 'http://a b' } })).rejects.toThrow(UsageError)
  })
})
