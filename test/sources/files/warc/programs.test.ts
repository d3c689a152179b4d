import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { DOORS, leftOvers } from '../../../../src/sources/files/index.js'
import { wacz } from '../../../../src/sources/files/wacz.js'
import {
  AJAX,
  http,
  idOf,
  loaderAnswer,
  loaderRequest,
  page,
  read,
  record,
  SITE,
  sha1,
  words,
  zipped,
} from './making.js'

/** The shapes of records and files that crawlers write, each with what it has beside pages. */

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function zip(files: Record<string, Buffer | string>): Promise<Buffer> {
  const made = new ZipFile()
  for (const [name, content] of Object.entries(files))
    made.addBuffer(Buffer.from(content), name, { compress: !name.endsWith('.gz') })
  made.end()
  const pieces: Buffer[] = []
  for await (const piece of made.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** The names of the doors that read what is in a folder, and what is said of the rest. */
async function readFolder(files: Record<string, Buffer | string>) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  const found = { captures: 0, unread: [] as string[] }
  const settings = { capturedAt: null, site: null }
  for await (const one of leftOvers({ path: folder, name: 'crawl' }, DOORS, settings, new AbortController().signal)) {
    if (one.kind === 'capture') found.captures++
    if (one.kind === 'unread') found.unread.push(one.why)
  }
  return found
}

const at = (path: string, more: Record<string, string> = {}) => ({ 'WARC-Target-URI': `${SITE}/${path}`, ...more })
const own = (uri: string, type: string) => ({ 'WARC-Target-URI': uri, 'Content-Type': type })

describe('Browsertrix', () => {
  const FORM = { action: 'activity_filter', page: '2' }
  const first = zipped(
    record('warcinfo', 'software: Browsertrix-Crawler 1.4.0\r\nformat: WARC File Format 1.1\r\n', {}, 'WARC/1.1'),
    record(
      'response',
      http(page('one')),
      at('one/', { 'WARC-Record-ID': idOf(1), 'WARC-Page-ID': 'a1b2' }),
      'WARC/1.1',
    ),
    record('request', http('', {}, 'GET /one/ HTTP/1.1'), at('one/', { 'WARC-Concurrent-To': idOf(1) }), 'WARC/1.1'),
    record('resource', '{"urls":{}}', own(`urn:pageinfo:${SITE}/one/`, 'application/json'), 'WARC/1.1'),
    record('resource', 'one', own(`urn:text:${SITE}/one/`, 'text/plain'), 'WARC/1.1'),
    record('resource', 'JPEG', own(`urn:thumbnail:${SITE}/one/`, 'image/jpeg'), 'WARC/1.1'),
  )
  const posted = `${AJAX}?__wb_method=POST&${new URLSearchParams(FORM)}`
  const second = zipped(
    loaderAnswer('two', { 'WARC-Target-URI': posted, 'WARC-JSON-Metadata': '{"ipType":"Public"}' }),
    loaderRequest(FORM, { 'WARC-Target-URI': posted }),
  )
  const FILES = {
    'archive/rec-1-20240301120000000-0.warc.gz': first,
    'archive/rec-2-20240301120000000-0.warc.gz': second,
    'indexes/index.cdx.gz': gzipSync(`test,allotments)/one 20240301120000 {"url": "${SITE}/one/"}\n`),
    'indexes/index.idx': '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n',
    'pages/pages.jsonl': `{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}\n{"url": "${SITE}/one/"}\n`,
    'pages/extraPages.jsonl': '{"format":"json-pages-1.0","id":"extra","title":"Other"}\n',
    'logs/crawl.log': '',
    'datapackage.json': '{"profile": "data-package", "resources": [], "wacz_version": "1.1.1"}',
    'datapackage-digest.json': '{"path": "datapackage.json", "hash": "sha256:00"}',
  }

  it('writes WACZ files with several WARC files, records of its own, and requests in addresses', async () => {
    const reading = await read(await zip(FILES), wacz, 'crawl.wacz')
    expect(words(reading)).toEqual(['one', '{"contents":"two"}'])
    expect(reading.captures[1]?.request).toEqual({ url: AJAX, form: FORM })
    expect(reading.unread).toEqual([])
    expect(reading.passed).toEqual({ crawl: 6 })
  })

  it('writes the same into a folder, whose indexes and lists need no message', async () => {
    const { 'logs/crawl.log': _, ...files } = FILES
    expect(await readFolder(files)).toEqual({ captures: 2, unread: [] })
  })
})

describe('wget', () => {
  const WARCINFO = '<urn:uuid:00000000-0000-4000-8000-000000000099>'
  const common = { 'WARC-Warcinfo-ID': WARCINFO, 'WARC-IP-Address': '127.0.0.1' }
  const block = http(page('one'))
  const records = [
    record('warcinfo', 'software: Wget/1.21 (linux-gnu)\r\nrobots: classic\r\n', { 'WARC-Record-ID': WARCINFO }),
    record('request', http('', {}, 'GET /one/ HTTP/1.1'), {
      ...{ 'WARC-Target-URI': `<${SITE}/one/>`, 'WARC-Record-ID': idOf(1), ...common },
    }),
    record('response', block, {
      ...{ 'WARC-Target-URI': `<${SITE}/one/>`, 'WARC-Concurrent-To': idOf(1), 'WARC-Record-ID': idOf(2), ...common },
      ...{ 'WARC-Block-Digest': sha1(block), 'WARC-Payload-Digest': sha1(page('one')) },
    }),
    record('metadata', idOf(2), own('metadata://gnu.org/software/wget/warc/MANIFEST.txt', 'text/plain')),
    record(
      'resource',
      '--warc-file=one',
      own('metadata://gnu.org/software/wget/warc/wget_arguments.txt', 'text/plain'),
    ),
    record('resource', 'log', own('metadata://gnu.org/software/wget/warc/wget.log', 'text/plain')),
  ]

  it('puts addresses between angle brackets, and its arguments and log behind the pages', async () => {
    const reading = await read(zipped(...records))
    expect(words(reading)).toEqual(['one'])
    expect([reading.unread, reading.passed]).toEqual([[], { crawl: 5 }])
  })

  it('writes an index beside the WARC file with --warc-cdx', async () => {
    const cdx = ` CDX a b a m s k r M V g u\n${SITE}/one/ 20240301120000 ${SITE}/one/ text/html 200 ABC - - 0 one.warc.gz ${idOf(2)}\n`
    expect(await readFolder({ 'one.warc.gz': zipped(...records), 'one.cdx': cdx })).toEqual({ captures: 1, unread: [] })
  })
})

describe('Archive-It and Heritrix', () => {
  const revisit = (fields: Record<string, string>, block: Buffer | string = http('', { 'Content-Length': '70' })) =>
    record('revisit', block, {
      'WARC-Profile': 'http://netpreserve.org/warc/1.0/revisit/identical-payload-digest',
      ...at('again/', { 'WARC-Date': '2024-04-01T12:00:00Z' }),
      ...fields,
    })
  const original = record('response', http(page('one')), {
    ...at('one/', { 'WARC-Record-ID': idOf(1), 'WARC-Payload-Digest': sha1(page('one')) }),
  })
  const REFERS = { 'WARC-Refers-To-Target-URI': `${SITE}/one/`, 'WARC-Refers-To-Date': '2024-03-01T12:00:00Z' }

  it.each([
    ['by address and date', REFERS],
    ['by digest', { 'WARC-Payload-Digest': sha1(page('one')) }],
    ['by id', { 'WARC-Refers-To': idOf(1) }],
  ])('repeat the body of a page of another address: %s', async (_, fields) => {
    const reading = await read(zipped(original, revisit(fields)))
    expect(words(reading)).toEqual(['one', 'one'])
    expect(reading.captures[1]).toMatchObject({ url: `${SITE}/again/`, capturedAt: '2024-04-01T12:00:00.000Z' })
    expect(reading.unread).toEqual([])
  })

  it('name a page whose body is in another file', async () => {
    const { captures, unread } = await read(zipped(revisit(REFERS)))
    expect(captures).toEqual([])
    expect(unread).toMatchObject([{ why: expect.stringContaining('does not hold the record whose body it repeats') }])
  })

  it('record DNS, metadata and robots.txt beside pages', async () => {
    const reading = await read(
      zipped(
        record(
          'response',
          '20240301120000\nallotments.test. 300 IN A 127.0.0.1',
          own('dns:allotments.test', 'text/dns'),
        ),
        record('metadata', 'fetchTimeMs: 12', at('one/', { 'WARC-Concurrent-To': idOf(1) })),
        record('response', http('User-agent: *', { 'Content-Type': 'text/plain' }), at('robots.txt')),
        original,
      ),
    )
    expect(words(reading)).toEqual(['one'])
    expect([reading.unread, reading.passed]).toEqual([[], { crawl: 2, other: 1 }])
  })
})

describe('HTTrack and others', () => {
  it('leave out dates, ids and digests, and what a warcinfo record may say', async () => {
    const bare = { 'WARC-Date': '', 'WARC-Record-ID': '', 'Content-Type': '' }
    const reading = await read(
      Buffer.concat([record('warcinfo', '', bare), record('response', http(page('one')), { ...at('one/'), ...bare })]),
    )
    expect(words(reading)).toEqual(['one'])
    expect(reading.captures[0]).toMatchObject({ timeIsBound: true, capturedAt: '2025-01-01T00:00:00.000Z' })
    expect(reading.unread).toEqual([])
  })
})
