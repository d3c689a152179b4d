import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { warc } from '../../../../src/sources/files/warc.js'
import { http, idOf, page, pageRecord, read, record, SITE, sha1, words, zipped } from './making.js'

const INFO = record('warcinfo', 'software: a recorder\r\n', { 'Content-Type': 'application/warc-fields' })
const THREE = [1, 2, 3].map(number => pageRecord(number))
const ALL = ['Page 1', 'Page 2', 'Page 3']

describe('a WARC file', () => {
  it.each<[string, Buffer]>([
    ['each record compressed', zipped(INFO, ...THREE)],
    ['compressed as a whole', gzipSync(Buffer.concat([INFO, ...THREE]))],
    ['not compressed', Buffer.concat([INFO, ...THREE])],
    ['plain records behind compressed ones', Buffer.concat([zipped(INFO, ...THREE.slice(0, 2)), THREE[2] as Buffer])],
    ['compressed records behind plain ones', Buffer.concat([INFO, THREE[0] as Buffer, zipped(...THREE.slice(1))])],
    ['line ends before the first record', Buffer.concat([Buffer.from('\r\n\r\n'), ...THREE])],
    ['zeros behind the last record', Buffer.concat([zipped(...THREE), Buffer.alloc(5000)])],
    ['records without line ends behind them', Buffer.concat(THREE.map(one => one.subarray(0, -4)))],
    ['members that end anywhere', inMembersOf(Buffer.concat([INFO, ...THREE]), 100)],
    ['no information about itself', zipped(...THREE)],
  ])('%s: all of it is read', async (_, bytes) => {
    expect(warc.recognises(bytes.subarray(0, 65_536))).toBe(true)
    const reading = await read(bytes)
    expect(words(reading)).toEqual(ALL)
    expect(reading.unread).toEqual([])
  })

  it.each(['WARC/0.18', 'WARC/1.0', 'WARC/1.1'])('of version %s', async version => {
    const fields = { 'WARC-Target-URI': `${SITE}/` }
    const reading = await read(record('response', http(page('Beans')), fields, version))
    expect(words(reading)).toEqual(['Beans'])
  })

  it('has headers with LF only', async () => {
    const lines = THREE.map(one => Buffer.from(one.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))
    const shorter = lines.map(one => resized(one).replace(/WARC-Block-Digest.*\n/, ''))
    expect(words(await read(Buffer.from(shorter.join(''), 'latin1')))).toEqual(ALL)
  })

  it('has addresses between angle brackets, as wget writes them', async () => {
    const { captures } = await read(pageRecord(1, 'Beans', { 'WARC-Target-URI': `<${SITE}/groups/plots/>` }))
    expect(captures.map(({ url }) => url)).toEqual([`${SITE}/groups/plots/`])
  })

  it('has pages as resources and conversions', async () => {
    const fields = (number: number) => ({ 'WARC-Target-URI': `${SITE}/${number}/`, 'Content-Type': 'text/html' })
    const records = [record('resource', page('One'), fields(1)), record('conversion', page('Two'), fields(2))]
    const reading = await read(zipped(...records))
    expect(words(reading)).toEqual(['One', 'Two'])
    expect(reading.captures.map(({ status }) => status)).toEqual([200, 200])
  })

  it('has records of other kinds only, which is named', async () => {
    const picture = record('response', http('GIF89a', { 'Content-Type': 'image/gif' }), {
      'WARC-Target-URI': `${SITE}/a.gif`,
    })
    const { captures, unread } = await read(zipped(INFO, picture))
    expect(captures).toEqual([])
    expect(unread).toEqual([{ name: 'old.warc.gz', why: 'old.warc.gz holds no pages, only other records.' }])
  })

  it('holds a page that is too large, and the others are read', async () => {
    const huge = pageRecord(9, 'x'.repeat(33 * 1024 * 1024))
    for (const bytes of [
      zipped(huge, ...THREE),
      Buffer.concat([huge, ...THREE]),
      gzipSync(Buffer.concat([huge, ...THREE])),
    ]) {
      const reading = await read(bytes)
      expect(words(reading)).toEqual(ALL)
      expect(reading.unread).toMatchObject([{ why: expect.stringContaining('larger than 32 MB') }])
    }
  })
})

describe('a capture', () => {
  it('has the date of the record, to the millisecond', async () => {
    const dates = ['2024-03-01T12:00:00Z', '2024-03-01T12:00:00.123456Z', '20240301120000', '2024-03', '']
    const times = []
    for (const date of dates) {
      const [capture] = (await read(pageRecord(1, 'Beans', { 'WARC-Date': date }))).captures
      times.push([capture?.capturedAt, capture?.timeIsBound ?? false])
    }
    expect(times).toEqual([
      ['2024-03-01T12:00:00.000Z', false],
      ['2024-03-01T12:00:00.123Z', false],
      ['2024-03-01T12:00:00.000Z', false],
      ['2024-03-31T23:59:59.000Z', true],
      ['2025-01-01T00:00:00.000Z', true],
    ])
  })

  it('has no cookies and no nonces', async () => {
    const body = '<!DOCTYPE html><html><body><a data-nonce="0123456789">x</a></body></html>'
    const headers = { 'Set-Cookie': 'wordpress_logged_in=anna', 'X-WP-Nonce': '0123456789' }
    const fields = { 'WARC-Target-URI': `http://anna:pw@allotments.test/?_wpnonce=0123456789&page=2` }
    const { captures } = await read(record('response', http(body, headers), fields))
    expect(captures).toHaveLength(1)
    expect(JSON.stringify({ ...captures[0], body: Buffer.from(captures[0]?.body ?? []).toString() })).not.toMatch(
      /0123456789|logged_in|anna|pw@/,
    )
  })

  it('keeps its status, and what shows nothing is skipped without a word', async () => {
    const of = (number: number, firstLine: string) =>
      record('response', http(page(firstLine), {}, firstLine), { 'WARC-Target-URI': `${SITE}/${number}/` })
    const reading = await read(
      zipped(of(1, 'HTTP/1.1 404 Not Found'), of(2, 'HTTP/1.1 301 Moved Permanently'), of(3, 'HTTP/2 200')),
    )
    expect(reading.captures.map(({ status }) => status)).toEqual([404, 200])
    expect(reading.unread).toEqual([])
  })

  it('is named if the site or the recorder cut it off', async () => {
    const cut = http('<!DOCTYPE html><html><body><p>Half', { 'Content-Length': '9000' })
    const { captures, unread } = await read(record('response', cut, { 'WARC-Target-URI': `${SITE}/` }))
    expect(captures).toEqual([])
    expect(unread).toEqual([
      {
        name: 'old.warc.gz, record at byte 0',
        why: `old.warc.gz, record at byte 0: the capture of ${SITE}/ was left out, because the page is cut off.`,
      },
    ])
  })
})

describe('a revisit', () => {
  const first = pageRecord(1, 'Beans', { 'WARC-Payload-Digest': 'sha1:BEANS' })
  const again = (fields: Record<string, string>, block: string | Buffer = '') =>
    record('revisit', block, {
      'WARC-Target-URI': `${SITE}/page/1/`,
      'WARC-Date': '2024-04-01T12:00:00Z',
      'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
      ...fields,
    })
  const BY_ADDRESS = { 'WARC-Refers-To-Target-URI': `${SITE}/page/1/`, 'WARC-Refers-To-Date': '2024-03-01T12:00:00Z' }

  it.each([
    ['id', { 'WARC-Refers-To': idOf(1) }],
    ['address and date', BY_ADDRESS],
    ['digest', { 'WARC-Payload-Digest': 'sha1:BEANS' }],
  ])('has the body of the record that it names by %s', async (_, fields) => {
    for (const bytes of [
      zipped(first, again(fields)),
      Buffer.concat([first, again(fields)]),
      zipped(again(fields), first),
    ]) {
      const reading = await read(bytes)
      expect(words(reading)).toEqual(['Beans', 'Beans'])
      expect(reading.captures.map(({ capturedAt }) => capturedAt).sort()).toEqual([
        '2024-03-01T12:00:00.000Z',
        '2024-04-01T12:00:00.000Z',
      ])
      expect(reading.unread).toEqual([])
    }
  })

  it('has its own headers, unless it is the answer 304', async () => {
    const revisit = again(BY_ADDRESS, http('', { 'X-Number': '2' }))
    const unchanged = again(
      { ...BY_ADDRESS, 'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/server-not-modified' },
      http('', { 'X-Number': '3' }, 'HTTP/1.1 304 Not Modified'),
    )
    const { captures } = await read(zipped(first, revisit, unchanged))
    expect(captures.map(({ status, headers }) => [status, headers['x-number'] ?? null])).toEqual([
      [200, null],
      [200, '2'],
      [200, null],
    ])
  })

  it('is named if the file does not hold that record', async () => {
    const { captures, unread } = await read(zipped(first, again({ 'WARC-Refers-To': idOf(77) })))
    expect(captures).toHaveLength(1)
    expect(unread).toMatchObject([{ why: expect.stringContaining('does not hold the record whose body it repeats') }])
  })

  it('in a file that is compressed as a whole is read at the end, however far its record is', async () => {
    const filler = Array.from({ length: 60 }, (_, number) => pageRecord(100 + number, `${number} ${noise(100_000)}`))
    const revisits = [again({ 'WARC-Refers-To': idOf(159) }), again({ 'WARC-Refers-To': idOf(100) })]
    const reading = await read(gzipSync(Buffer.concat([...filler, ...revisits])))
    expect(words(reading).map(text => text.split(' ')[0])).toEqual([...filler.keys(), 0, 59].map(String))
  })
})

/** One gzip member for each `size` bytes. */
function inMembersOf(bytes: Buffer, size: number): Buffer {
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) => part * size)
  return Buffer.concat(starts.map(start => gzipSync(bytes.subarray(start, start + size))))
}

/** A record with the length that its block has. */
function resized(bytes: Buffer): string {
  const [head = '', ...rest] = bytes.toString('latin1').split('\n\n')
  const block = rest.join('\n\n').replace(/\n\n$/, '')
  return `${head.replace(/Content-Length: \d+/, `Content-Length: ${block.length}`)}\n\n${block}\n\n`
}

/** Letters that do not compress well. */
const noise = (length: number): string =>
  Array.from({ length }, (_, at) => String.fromCharCode(97 + ((at * at * 7919 + (at >> 3) * 104_729) % 26))).join('')

it('knows a digest in hexadecimal and in base 32', async () => {
  const block = http(page('Beans'))
  const wrong = { 'WARC-Block-Digest': sha1('other'), 'WARC-Target-URI': `${SITE}/` }
  expect(words(await read(record('response', block, { ...wrong, 'WARC-Block-Digest': sha1(block) })))).toEqual([
    'Beans',
  ])
  expect((await read(record('response', block, wrong))).unread).toMatchObject([
    { why: expect.stringContaining('it does not fit its digest') },
  ])
})
