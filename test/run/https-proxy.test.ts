import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request as ask, createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { town } from '../community/town.js'
import { type Certified, secureServer, selfSigned } from '../sources/site/self-signed.js'
import { desk, newFile } from './outside.js'

const BIN = join(import.meta.dirname, '../../bin/threadkeep.js')
const isBuilt = existsSync(join(import.meta.dirname, '../../dist/cli/bin.js'))

/** No name server knows this host: who reads it has asked the proxy. */
const HOST = 'town.example'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The town behind TLS: under the name that the request gives, and with https in its own links. */
async function secureTown(certified: Certified) {
  const { server: plain } = await town({ pack: 'nouveau' })
  const { port, close } = await secureServer(certified, (incoming, outgoing) => {
    const referer = incoming.headers.referer?.replace('https://', 'http://')
    const headers = { ...incoming.headers, 'accept-encoding': 'identity', ...(referer && { referer }) }
    const to = { port: new URL(plain.url).port, path: incoming.url, method: incoming.method, headers }
    const sent = ask(to, async answer => {
      const body = (await buffer(answer)).toString('utf8').replaceAll(`http://${HOST}`, `https://${HOST}`)
      const { 'content-length': _length, ...kept } = answer.headers
      outgoing
        .writeHead(answer.statusCode ?? 500, kept)
        .end(body.replaceAll(`http:\\/\\/${HOST}`, `https:\\/\\/${HOST}`))
    })
    incoming.pipe(sent)
  })
  closing.push(close)
  return port
}

/** A proxy that makes tunnels, and takes each host for this machine. It answers nothing itself. */
async function tunnels(port: number) {
  const asked: { to: string; authorization: string | undefined }[] = []
  const server = createServer((_request, response) => void response.writeHead(501).end())
  server.on('connect', ({ url = '', headers }, client) => {
    asked.push({ to: url, authorization: headers['proxy-authorization'] })
    const site = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    site.on('error', () => client.destroy()).pipe(client)
    client.on('error', () => site.destroy()).pipe(site)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => void server.close(() => {}).closeAllConnections())
  return { asked, url: `http://ann:hush@127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function archived(file: string, env: Record<string, string>) {
  const args = ['archive', `https://${HOST}/`, '--db', file, '--sleep-requests', '0', '--retries', '1', '--json']
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], THREADKEEP_CONFIG: dirname(file), ...env },
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, report: JSON.parse(out), words: out + err }
}

describe.skipIf(!isBuilt)('a community behind an https proxy (needs npm run build)', () => {
  it('is read whole through tunnels, by the authority that NODE_EXTRA_CA_CERTS names', async () => {
    const certified = selfSigned(HOST)
    const authority = join(mkdtempSync(join(tmpdir(), 'threadkeep-')), 'authority.pem')
    writeFileSync(authority, certified.cert)
    const proxy = await tunnels(await secureTown(certified))
    const file = newFile()
    const { code, report, words } = await archived(file, { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority })
    expect({ code, problems: report.targets[0].problems }).toEqual({ code: 0, problems: [] })
    expect(report.targets[0].notes[0].message).toMatch(/^Read through the proxy http:\/\/127\.0\.0\.1:\d+\/\.$/)
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set([`${HOST}:443`]))
    expect(proxy.asked[0]?.authorization).toBe(`Basic ${Buffer.from('ann:hush').toString('base64')}`)
    expect(words).not.toContain('hush')
    expect(desk(file).threads().length).toBeGreaterThan(10)
  })

  it('is not read without trust, and the message names the variable', async () => {
    const proxy = await tunnels(await secureTown(selfSigned(HOST)))
    const { code, report } = await archived(newFile(), { HTTPS_PROXY: proxy.url })
    const [problem] = report.targets[0].problems
    expect(code).toBe(3)
    expect(problem.message).toMatch(/tried once\): its certificate is signed by itself/)
    expect(problem.advice).toContain('NODE_EXTRA_CA_CERTS=')
  })

  it('is not read around the proxy that is set', async () => {
    const { code, report } = await archived(newFile(), { HTTPS_PROXY: 'http://127.0.0.1:9/' })
    expect(code).toBe(3)
    expect(report.targets[0].problems[0].message).toContain('the connection was refused')
  })
})
