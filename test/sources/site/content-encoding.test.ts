import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutEncodings } from '../../../src/sources/site/content-encoding.js'
import { capturing, failing, PAGE, page, roughServerBeyondRobots as roughServer } from './rough-server.js'

const BODY = Buffer.from(PAGE.repeat(30))
const WAYS: [string, (body: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['identity', body => body],
  ['', body => body],
  ['utf-8', body => body],
]

it.each(WAYS)('"%s" is read', (name, pack) => {
  expect(Buffer.from(withoutEncodings(pack(BODY), name)).equals(BODY)).toBe(true)
})

it('several encodings are taken off in the reverse order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...WAYS), { maxLength: 4 }),
      fc.uint8Array({ minLength: 1 }),
      (ways, bytes) => {
        const packed = ways.reduce<Buffer>((body, [, pack]) => pack(body), Buffer.from(bytes))
        const header = ways.map(([name]) => name).join(', ')
        expect(Buffer.from(withoutEncodings(packed, header)).equals(Buffer.from(bytes))).toBe(true)
      },
    ),
  )
})

it.each(['gzip', 'br', 'deflate', 'gzip, br'])('a page that is called "%s" and is not encoded is read', name => {
  expect(withoutEncodings(BODY, name)).toEqual(BODY)
  expect(withoutEncodings(Buffer.from(' {"a":"é"}'), name)).toEqual(Buffer.from(' {"a":"é"}'))
})

it('a page that is gzip without a word about it, or twice, is read', () => {
  expect(withoutEncodings(gzipSync(BODY))).toEqual(BODY)
  expect(withoutEncodings(gzipSync(gzipSync(BODY)), 'gzip')).toEqual(BODY)
})

describe('what cannot be read', () => {
  it('is an error that names the encoding', () => {
    expect(() => withoutEncodings(BODY, 'compress')).toThrow(/"compress"/)
    expect(() => withoutEncodings(gzipSync(BODY).subarray(0, 50), 'gzip')).toThrow()
    expect(() => withoutEncodings(deflateSync(BODY).subarray(5), 'br')).toThrow()
  })

  it('is a body that becomes too large, at any of its encodings', () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(40 * 1024 * 1024)))
    expect(() => withoutEncodings(bomb, 'gzip, gzip')).toThrow()
  })
})

describe('headers of any length', () => {
  it.each([20, 100, 200])('%i KB are read', async size => {
    const server = await roughServer((_request, response) =>
      page(response, PAGE, { 'content-security-policy': 'x'.repeat(size * 1024) }),
    )
    expect(Buffer.from((await capturing({ url: server.url })).body).toString()).toBe(PAGE)
  })

  it('more than browsers take is an error that says so', async () => {
    const server = await roughServer((_request, response) => page(response, PAGE, { x: 'x'.repeat(300 * 1024) }))
    expect((await failing({ url: server.url }, { retries: 0 })).message).toMatch(/headers .* larger than 256 KB/)
  })
})
