import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  AJAX,
  http,
  idOf,
  loaderAnswer,
  loaderRequest,
  page,
  type Reading,
  read,
  record,
  SITE,
  words,
  zipped,
} from './making.js'

const FORM = { action: 'activity_filter', scope: 'all', page: '2', nonce: '0123456789', _wpnonce_x: '0123456789' }
const KEPT = { action: 'activity_filter', scope: 'all', page: '2' }
const REFERER = `${SITE}/groups/plots/`

const requests = ({ captures }: Reading) => captures.map(({ request }) => request)

describe('an answer of the AJAX loader', () => {
  const [request, answer] = [idOf(1), idOf(2)]
  const concurrent = (own: string, other = '') => ({ 'WARC-Record-ID': own, 'WARC-Concurrent-To': other })
  const between = record('metadata', 'fetchTimeMs: 12', { 'WARC-Record-ID': idOf(8) })

  it.each<[string, Buffer[]]>([
    ['the answer names', [loaderRequest(FORM, concurrent(request)), loaderAnswer('x', concurrent(answer, request))]],
    [
      'that names the answer',
      [loaderAnswer('x', concurrent(answer)), loaderRequest(FORM, concurrent(request, answer))],
    ],
    [
      'before it, with others between',
      [loaderRequest(FORM, concurrent(request)), between, loaderAnswer('x', concurrent(answer, request))],
    ],
    [
      'long after it',
      [loaderAnswer('x', concurrent(answer)), between, between, loaderRequest(FORM, concurrent(request, answer))],
    ],
    ['beside it, without a name', [loaderRequest(FORM), loaderAnswer('x')]],
    ['behind it, without a name', [loaderAnswer('x'), loaderRequest(FORM)]],
  ])('has the request %s', async (_, records) => {
    for (const bytes of [zipped(...records), Buffer.concat(records), gzipSync(Buffer.concat(records))]) {
      const reading = await read(bytes)
      expect(requests(reading)).toEqual([{ url: AJAX, form: KEPT, referer: REFERER }])
      expect(words(reading)).toEqual(['{"contents":"x"}'])
      expect(reading.unread).toEqual([])
    }
  })

  it('has its own request among many to the same address', async () => {
    const pages = [1, 2, 3].map(String)
    const pairs = pages.flatMap(page => [loaderRequest({ ...KEPT, page }), loaderAnswer(page)])
    const reversed = pages.flatMap(page => [loaderAnswer(page), loaderRequest({ ...KEPT, page })])
    for (const records of [pairs, reversed]) {
      const { captures } = await read(zipped(...records))
      expect(
        captures.map(({ request, body }) => [request.form?.['page'], JSON.parse(Buffer.from(body).toString())]),
      ).toEqual(pages.map(page => [page, { contents: page }]))
    }
  })

  it('has a request in its address, as pywb writes it', async () => {
    const inQuery = `${AJAX}?__wb_method=POST&${new URLSearchParams(FORM)}`
    const data = Buffer.from(String(new URLSearchParams(FORM))).toString('base64')
    const asData = `${AJAX}?__wb_method=POST&__wb_post_data=${encodeURIComponent(data)}`
    for (const url of [inQuery, asData]) {
      const reading = await read(zipped(loaderAnswer('x', { 'WARC-Target-URI': url })))
      expect(requests(reading)).toEqual([{ url: AJAX, form: KEPT }])
    }
    const both = [
      loaderRequest(FORM, { 'WARC-Target-URI': inQuery }),
      loaderAnswer('x', { 'WARC-Target-URI': inQuery }),
    ]
    expect(requests(await read(zipped(...both)))).toEqual([{ url: AJAX, form: KEPT, referer: REFERER }])
  })

  it('has a form in several parts', async () => {
    const body =
      '--b\r\nContent-Disposition: form-data; name="action"\r\n\r\nactivity_filter\r\n--b\r\nContent-Disposition: form-data; name="nonce"\r\n\r\n0123456789\r\n--b--\r\n'
    const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
    const block = http(body, headers, 'POST /wp-admin/admin-ajax.php HTTP/1.1')
    const multipart = record('request', block, { 'WARC-Target-URI': AJAX })
    expect(requests(await read(zipped(multipart, loaderAnswer('x'))))).toEqual([
      { url: AJAX, form: { action: 'activity_filter' } },
    ])
  })

  it('keeps no password, cookie or token, in a form or a referer', async () => {
    const secrets = { cookie: 'bp-activity=1; wordpress_logged_in=anna', password: 'anna', token: 'anna' }
    const sent = loaderRequest(
      { ...KEPT, ...secrets },
      {},
      { Referer: `${REFERER}?_wpnonce=0123456789`, Cookie: 'anna' },
    )
    const found = requests(await read(zipped(sent, loaderAnswer('x'))))
    expect(found).toEqual([{ url: AJAX, form: { ...KEPT, cookie: '' }, referer: `${REFERER}?_wpnonce=` }])
  })

  it('that changes something, or logs in, is left out without a word', async () => {
    const { captures, unread } = await read(
      zipped(
        loaderRequest({ action: 'post_update', content: 'x' }),
        loaderAnswer('x'),
        loaderRequest({ log: 'a', pwd: 'b' }),
        loaderAnswer('y'),
      ),
    )
    expect(captures).toEqual([])
    expect(unread).toMatchObject([{ why: expect.stringContaining('holds no pages') }])
  })

  it('without a request is named, once for a file', async () => {
    const { captures, unread } = await read(zipped(...['x', 'y'].map(text => loaderAnswer(text))))
    expect(captures).toEqual([])
    expect(unread).toEqual([
      {
        name: 'old.warc.gz, record at byte 0',
        why: expect.stringContaining("2 AJAX answers, of which this is the first, can't be read"),
      },
    ])
  })
})

describe('the body of a response', () => {
  const beans = page('Beans, peas')
  const inChunks = (body: Buffer | string, size = 7) => {
    const bytes = Buffer.from(body)
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    )
    const lines = parts.flatMap(part => [Buffer.from(`${part.length.toString(16)};x=1\r\n`), part, Buffer.from('\r\n')])
    return Buffer.concat([...lines, Buffer.from('0\r\n\r\n')])
  }
  const readBody = (body: Buffer | string, headers: Record<string, string>) =>
    read(zipped(record('response', http(body, headers), { 'WARC-Target-URI': `${SITE}/` })))

  it.each<[string, Buffer | string, Record<string, string>]>([
    ['in chunks', inChunks(beans), { 'Transfer-Encoding': 'chunked' }],
    ['in chunks that the recorder has joined', beans, { 'Transfer-Encoding': 'chunked' }],
    ['by gzip', gzipSync(beans), { 'Content-Encoding': 'gzip' }],
    ['by deflate', deflateSync(beans), { 'Content-Encoding': 'deflate' }],
    ['by deflate without its header', deflateRawSync(beans), { 'Content-Encoding': 'deflate' }],
    ['by brotli', brotliCompressSync(beans), { 'Content-Encoding': 'br' }],
    ['by gzip, in chunks', inChunks(gzipSync(beans)), { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' }],
    ['not, though the header says so', beans, { 'Content-Encoding': 'br', 'Content-Length': '17' }],
  ])('is encoded %s', async (_, body, headers) => {
    expect(words(await readBody(body, headers))).toEqual(['Beans, peas'])
  })

  it.each([
    ['that is damaged', gzipSync(beans).fill(7, 12), "its body can't be decoded"],
    ['that expands without end', gzipSync(Buffer.alloc(40 * 1024 * 1024)), 'larger than 32 MB'],
  ])('%s is named', async (_, body, why) => {
    const { captures, unread } = await readBody(body, { 'Content-Encoding': 'gzip' })
    expect(captures).toEqual([])
    expect(unread).toMatchObject([{ why: expect.stringContaining(why) }])
  })

  it.each<[string, string, string, boolean]>([
    ['text/html', '/', '<p>x</p>', true],
    ['application/xhtml+xml', '/', '<html/>', true],
    ['application/rss+xml', '/feed/', '<?xml version="1.0"?><rss></rss>', true],
    ['text/xml', '/sitemap.xml', '<?xml version="1.0"?><urlset></urlset>', false],
    ['application/json', '/wp-json/buddypress/v1/activity', '[]', true],
    ['application/json', '/manifest.json', '{}', false],
    ['text/plain', '/robots.txt', 'User-agent: *', false],
    ['', '/groups/', '<!DOCTYPE html><html></html>', true],
    ['application/octet-stream', '/groups/', '\n<!-- x --><html></html>', true],
    ['text/css', '/a.css', 'p {}', false],
    ['application/javascript', '/a.js', 'x()', false],
    ['image/svg+xml', '/a.svg', '<svg/>', false],
  ])('of the type "%s" at %s with %s is a page: %s', async (type, path, body, isPage) => {
    const block = http(body, { 'Content-Type': type })
    const reading = await read(zipped(record('response', block, { 'WARC-Target-URI': `${SITE}${path}` })))
    expect(reading.captures).toHaveLength(isPage ? 1 : 0)
  })
})
