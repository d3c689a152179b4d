import { createHash } from 'node:crypto'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import type { Chunk, Exporter } from '../../src/export/exporter.js'
import { surt } from '../../src/export/warc/cdxj.js'
import { wacz } from '../../src/export/warc/wacz.js'
import { warc } from '../../src/export/warc/warc.js'
import type { KeptCapture } from '../../src/model/archive.js'
import { wacz as waczDoor } from '../../src/sources/files/wacz.js'
import { warc as warcDoor } from '../../src/sources/files/warc.js'
import { readerOf } from '../cli/fake-reader.js'
import { page, read } from '../sources/files/warc/making.js'
import { NO_PROGRAMS } from './no-programs.js'

const SITE = 'https://town.example'
const kept = (id: number, changes: Partial<KeptCapture> = {}): KeptCapture => ({
  ...{ id, sameAs: null, url: `${SITE}/groups/${id}/`, request: { url: `${SITE}/groups/${id}/` }, status: 200 },
  headers: {
    'content-type': 'text/html; charset=UTF-8',
    'content-encoding': 'br',
    'content-length': '17',
    'x-site': 'Café',
  },
  body: Buffer.from(page(`Beans ${id}`)),
  capturedAt: `2024-03-0${id}T12:00:00.500Z`,
  ...changes,
})
const AJAX = `${SITE}/wp-admin/admin-ajax.php`
const loader = kept(2, {
  ...{ url: AJAX, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"contents":"<p>x</p>"}') },
  request: { url: AJAX, form: { action: 'activity_filter', page: '2' }, referer: `${SITE}/groups/1/` },
})
const again = kept(3, {
  sameAs: 1,
  url: `${SITE}/groups/1/`,
  request: { url: `${SITE}/groups/1/` },
  headers: { etag: '"1"' },
  body: Buffer.alloc(0),
})
const CAPTURES = [kept(1), loader, again]

async function exported(exporter: Exporter, captures: KeptCapture[] = CAPTURES): Promise<Buffer> {
  const about = {
    archive: readerOf([]),
    captures: () => captures,
    again: () => [],
    options: {},
    ...{ status: 'all' as const, timezone: null, converter: NO_PROGRAMS },
  }
  const pieces: Buffer[] = []
  for await (const piece of exporter.render([], about) as AsyncIterable<Chunk>) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

/** Records as another program would read them: member by member, without our reader. */
function recordsOf(bytes: Buffer): { fields: Record<string, string>; block: Buffer; offset: number; length: number }[] {
  const records = []
  for (let offset = 0; offset < bytes.length; ) {
    // Our members have no name and no other extra.
    const { buffer, engine } = inflateRawSync(bytes.subarray(offset + 10), { info: true } as object) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    const length = 10 + engine.bytesWritten + 8
    const end = buffer.indexOf('\r\n\r\n')
    const lines = buffer.toString('utf8', 0, end).split('\r\n').slice(1)
    const fields = Object.fromEntries(lines.map(line => line.split(/: (.*)/, 2) as [string, string]))
    records.push({ fields, block: buffer.subarray(end + 4, -4), offset, length })
    expect(buffer.subarray(-4).toString()).toBe('\r\n\r\n')
    offset += length
  }
  return records
}

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const payload = (block: Buffer) => block.subarray(block.indexOf('\r\n\r\n') + 4)

describe('the format warc', () => {
  it('has a request and a response for each capture, and a revisit for one that showed the same', async () => {
    const records = recordsOf(await exported(warc))
    expect(records.map(({ fields }) => [fields['WARC-Type'], fields['WARC-Target-URI']])).toEqual([
      ['warcinfo', undefined],
      ...['request', 'response'].map(type => [type, `${SITE}/groups/1/`]),
      ...['request', 'response'].map(type => [type, AJAX]),
      ...['request', 'revisit'].map(type => [type, `${SITE}/groups/1/`]),
    ])
    const [, , first, asked, , , last] = records
    expect(asked?.block.toString()).toBe(
      'POST /wp-admin/admin-ajax.php HTTP/1.1\r\nHost: town.example\r\nReferer: https://town.example/groups/1/\r\n' +
        'Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nX-Requested-With: XMLHttpRequest\r\nContent-Length: 29\r\n\r\n' +
        'action=activity_filter&page=2',
    )
    expect(last?.fields).toMatchObject({
      'WARC-Refers-To': first?.fields['WARC-Record-ID'],
      'WARC-Refers-To-Date': '2024-03-01T12:00:00.500Z',
      'WARC-Payload-Digest': first?.fields['WARC-Payload-Digest'],
    })
  })

  it('has digests and lengths that are right, and ids that occur once', async () => {
    const records = recordsOf(await exported(warc))
    for (const { fields, block } of records) {
      expect(fields['WARC-Block-Digest']).toBe(sha256(block))
      expect(fields['Content-Length']).toBe(String(block.length))
      if (['request', 'response'].includes(fields['WARC-Type'] ?? ''))
        expect(fields['WARC-Payload-Digest']).toBe(sha256(payload(block)))
    }
    expect(new Set(records.map(({ fields }) => fields['WARC-Record-ID'])).size).toBe(records.length)
  })

  it('has bodies as they are stored, with headers that fit', async () => {
    const response = recordsOf(await exported(warc))[2]?.block.toString() ?? ''
    expect(response).toBe(
      `HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=UTF-8\r\nx-site: Café\r\ncontent-length: ${page('Beans 1').length}\r\n\r\n${page('Beans 1')}`,
    )
  })

  it('has no line that a site has put into a header, and no secret', async () => {
    const headers = { 'x-site': 'a\r\nSet-Cookie: x=1\r\n\r\n<p>', 'set-cookie': 'wordpress=1' }
    const [, , response] = recordsOf(await exported(warc, [kept(1, { headers })]))
    expect(response?.block.toString()).toBe(
      `HTTP/1.1 200 OK\r\nx-site: a Set-Cookie: x=1 <p>\r\ncontent-length: ${page('Beans 1').length}\r\n\r\n${page('Beans 1')}`,
    )
  })

  it('of no capture says at least what it is', async () => {
    expect(recordsOf(await exported(warc, [])).map(({ fields }) => fields['WARC-Type'])).toEqual(['warcinfo'])
  })
})

it.each([
  [warc, warcDoor],
  [wacz, waczDoor],
])('what $name writes, the door reads: the same captures', async (exporter, door) => {
  const bytes = await exported(exporter)
  const { captures, unread } = await read(bytes, door)
  expect(unread).toEqual([])
  expect(captures.map(({ request, url, status, capturedAt }) => ({ request, url, status, capturedAt }))).toEqual(
    CAPTURES.map(({ request, url, status, capturedAt }) => ({ request, url, status, capturedAt })),
  )
  expect(captures.map(({ body }) => Buffer.from(body).toString())).toEqual(
    [CAPTURES[0], CAPTURES[1], CAPTURES[0]].map(one => Buffer.from(one?.body ?? []).toString()),
  )
  expect((await exported(exporter)).equals(bytes)).toBe(true)
})

describe('the format wacz', () => {
  it('lists its files with their hashes, in a directory that has one date', async () => {
    const files = await filesOf(await exported(wacz))
    expect([...files.keys()]).toEqual([
      ...['archive/data.warc.gz', 'indexes/index.cdx', 'pages/pages.jsonl'],
      ...['datapackage.json', 'datapackage-digest.json'],
    ])
    const listed = JSON.parse(String(files.get('datapackage.json'))) as {
      resources: { path: string; hash: string; bytes: number }[]
    }
    expect(listed).toMatchObject({
      profile: 'data-package',
      wacz_version: '1.1.1',
      created: '2024-03-03T12:00:00.500Z',
    })
    for (const { path, hash, bytes } of listed.resources) {
      expect(hash).toBe(sha256(files.get(path) ?? Buffer.alloc(0)))
      expect(bytes).toBe(files.get(path)?.length)
    }
    expect(JSON.parse(String(files.get('datapackage-digest.json')))).toEqual({
      path: 'datapackage.json',
      hash: sha256(files.get('datapackage.json') ?? Buffer.alloc(0)),
    })
    expect(files.get('archive/data.warc.gz')?.equals(await exported(warc))).toBe(true)
  })

  it('has an index whose lines are sorted and lead to the responses', async () => {
    const files = await filesOf(await exported(wacz))
    const data = files.get('archive/data.warc.gz') as Buffer
    const lines = String(files.get('indexes/index.cdx')).trimEnd().split('\n')
    expect(lines).toEqual([...lines].sort())
    expect(lines.map(line => line.slice(0, line.indexOf('{')))).toEqual([
      'example,town)/groups/1 20240301120000 ',
      'example,town)/groups/1 20240303120000 ',
      'example,town)/wp-admin/admin-ajax.php?__wb_method=post&action=activity_filter&page=2 20240302120000 ',
    ])
    const entries = lines.map(line => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, string>)
    for (const { offset, length, url } of entries) {
      const record = gunzipSync(data.subarray(Number(offset), Number(offset) + Number(length))).toString()
      expect(record).toContain(`WARC-Target-URI: ${url}\r\n`)
      expect(record).toMatch(/^WARC\/1\.1\r\nWARC-Type: (?:response|revisit)\r\n/)
    }
    expect(entries.map(({ mime, status, method }) => [mime, status, method])).toEqual([
      ['text/html', '200', undefined],
      ['warc/revisit', '304', undefined],
      ['application/json', '200', 'POST'],
    ])
  })

  it('lists pages, each once', async () => {
    const files = await filesOf(await exported(wacz))
    const [head, ...pages] = String(files.get('pages/pages.jsonl'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as object)
    expect(head).toEqual({ format: 'json-pages-1.0', id: 'pages', title: 'All Pages' })
    expect(pages).toMatchObject([{ url: `${SITE}/groups/1/`, ts: '2024-03-01T12:00:00.500Z' }])
  })
})

it.each([
  ['https://www.Example.org/Town/?b=2&a=1', 'org,example)/town?a=1&b=2'],
  ['http://example.org/', 'org,example)/'],
  ['http://example.org:8080/a', 'org,example:8080)/a'],
  ['http://127.0.0.1:4000/groups/', '127.0.0.1:4000)/groups'],
  ['https://example.org/?p=7', 'org,example)/?p=7'],
])('the key of %s is %s', (address, key) => expect(surt(address)).toBe(key))

/** The files of a zip file, whose dates are checked. */
async function filesOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    expect([entry.lastModFileDate, entry.lastModFileTime, entry.compressionMethod]).toEqual([0x2821, 0, 0])
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    files.set(entry.fileName, Buffer.concat(pieces))
  }
  return files
}
