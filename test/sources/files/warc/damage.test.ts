import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { warc } from '../../../../src/sources/files/warc.js'
import { http, page, pageRecord, read, readIn, record, SITE, words, zipped } from './making.js'

const RECORDS = [1, 2, 3, 4].map(number => pageRecord(number, `Page ${number} ${'about beans '.repeat(number * 20)}`))
const MEMBERS = RECORDS.map(one => gzipSync(one))
const [A, B, C, D] = MEMBERS as [Buffer, Buffer, Buffer, Buffer]

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x5a
  return copy
}
const numbers = (texts: string[]) => texts.map(text => Number(/Page (\d)/.exec(text)?.[1]))
const sizedBy = (bytes: Buffer, more: number) =>
  Buffer.from(
    bytes.toString('latin1').replace(/Content-Length: (\d+)/, (_, size) => `Content-Length: ${Number(size) + more}`),
    'latin1',
  )
const without = (bytes: Buffer, field: RegExp) => Buffer.from(bytes.toString('latin1').replace(field, ''), 'latin1')
const DIGEST = /WARC-Block-Digest.*\r\n/

describe('damage is named, and what is intact is read', () => {
  const garbage = Buffer.from('garbage of a bad disk \x1f\x8b\x08 and more', 'latin1')

  it.each<[string, Buffer, number[], RegExp]>([
    ['a flipped byte in a member', Buffer.concat([A, flipped(B, 60), C, D]), [1, 3, 4], /gzip/],
    ['a flipped byte in the header of a member', Buffer.concat([A, flipped(B, 1), C, D]), [1, 3, 4], /it is no record/],
    [
      'a flipped byte in the checksum; the digest proves the record',
      Buffer.concat([A, flipped(B, B.length - 6), C, D]),
      [1, 2, 3, 4],
      /checksum does not fit/,
    ],
    [
      'the end of the file is missing',
      Buffer.concat([A, B, C, D.subarray(0, 70)]),
      [1, 2, 3],
      /ends too early. Nothing behind it/,
    ],
    ['garbage between members', Buffer.concat([A, garbage, B, C, D]), [1, 2, 3, 4], /it is no record/],
    ['garbage before the first member', Buffer.concat([garbage, A, B, C, D]), [1, 2, 3, 4], /it is no record/],
    ['the first member', Buffer.concat([flipped(A, 60), B, C, D]), [2, 3, 4], /gzip/],
    ['two members', Buffer.concat([A, flipped(B, 60), flipped(C, 60), D]), [1, 4], /gzip/],
    [
      'a file that is compressed as a whole ends early',
      gzipSync(Buffer.concat(RECORDS)).subarray(0, -30),
      [1, 2, 3],
      /ends too early/,
    ],
    ['a plain file ends early', Buffer.concat(RECORDS).subarray(0, -300), [1, 2, 3], /it is cut off/],
    [
      'a plain file with a flipped byte',
      flipped(Buffer.concat(RECORDS), Buffer.concat(RECORDS).indexOf('Page 2') + 3),
      [1, 3, 4],
      /does not fit its digest/,
    ],
    [
      'a line of a header is garbage',
      Buffer.concat([
        RECORDS[0] as Buffer,
        flipped(RECORDS[1] as Buffer, 2),
        RECORDS[2] as Buffer,
        RECORDS[3] as Buffer,
      ]),
      [1, 3, 4],
      /it is no record/,
    ],
  ])('%s', async (_, bytes, intact, why) => {
    const reading = await read(bytes)
    expect(numbers(words(reading))).toEqual(intact)
    expect(reading.unread[0]?.why).toMatch(why)
    expect(reading.unread[0]?.name).toMatch(/^old\.warc\.gz, record at byte \d+/)
  })

  it.each([50, -50, 5000, 1_000_000_000])(
    'Content-Length is wrong by %d: the digest shows the true size',
    async more => {
      const records = RECORDS.map((one, at) => (at === 1 ? sizedBy(one, more) : one))
      for (const bytes of [zipped(...records), Buffer.concat(records)]) {
        const reading = await read(bytes)
        expect(numbers(words(reading))).toEqual([1, 2, 3, 4])
        expect(reading.unread).toEqual([])
      }
    },
  )

  it.each([50, -50, 1_000_000_000])('Content-Length is wrong by %d, and no digest shows the true size', async more => {
    const records = RECORDS.map((one, at) => (at === 1 ? without(sizedBy(one, more), DIGEST) : one))
    for (const bytes of [zipped(...records), Buffer.concat(records)]) {
      const reading = await read(bytes)
      expect(numbers(words(reading))).toEqual([1, 3, 4])
      expect(reading.unread).toMatchObject([
        { why: expect.stringContaining('not the size that its Content-Length gives') },
      ])
    }
  })

  it('a member expands to gigabytes', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const reading = await read(Buffer.concat([A, bomb, B]))
    expect(numbers(words(reading))).toEqual([1, 2])
    expect(reading.unread).toMatchObject([{ why: expect.stringContaining('expands to far more') }])
  })

  it('a header has no end', async () => {
    const endless = Buffer.concat([Buffer.from('WARC/1.0\r\n'), Buffer.alloc(300_000, 'X-Field: 1\r\n')])
    const reading = await read(Buffer.concat([RECORDS[0] as Buffer, endless, RECORDS[1] as Buffer]))
    expect(numbers(words(reading))).toEqual([1, 2])
    expect(reading.unread).toHaveLength(1)
  })
})

it('a file of another kind is not recognised', () => {
  const others = [
    '',
    'Skip to content',
    '<html>WARC/1.0</html>',
    'A text about WARC/1.0\r\nWARC-Type: response',
    '%PDF-1.4',
  ]
  for (const text of others) expect(warc.recognises(Buffer.from(text))).toBe(false)
  expect(warc.recognises(gzipSync('<html></html>'))).toBe(false)
})

describe('whatever happens to the bytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-warc-'))
  const recordOf = (number: number, size: number, kind: number) => {
    const text = `Page ${number} ${'x'.repeat(size)}`
    if (kind === 0)
      return record('response', http(Buffer.alloc(size, 7), { 'Content-Type': 'image/png' }), {
        'WARC-Target-URI': `${SITE}/a.png`,
      })
    if (kind === 1)
      return record('resource', page(text), { 'WARC-Target-URI': `${SITE}/${number}/`, 'Content-Type': 'text/html' })
    return pageRecord(number, text)
  }
  const file = fc.array(fc.tuple(fc.nat(3000), fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 8 })
  const damage = fc.array(
    fc.record({
      kind: fc.constantFrom('flip', 'cut', 'insert', 'end'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      size: fc.nat(400),
    }),
    { maxLength: 2 },
  )

  it('the pages of untouched records are read, each once, and nothing is thrown', async () => {
    try {
      await fc.assert(
        fc.asyncProperty(file, damage, async (shapes, damages) => {
          const pieces = shapes.map(([size, kind, isPlain], number) => {
            const bytes = recordOf(number, size, kind)
            return { number, isPage: kind > 0, bytes: isPlain ? bytes : gzipSync(bytes), isTouched: false }
          })
          const bytes = damaged(pieces, damages)
          const { captures } = await readIn(folder, bytes)
          const found = captures.map(({ body }) => Number(/Page (\d+)/.exec(Buffer.from(body).toString())?.[1]))
          const intact = pieces.filter(({ isPage, isTouched }) => isPage && !isTouched).map(({ number }) => number)
          expect(found).toEqual(expect.arrayContaining(intact))
          expect(new Set(found).size).toBe(found.length)
        }),
        { numRuns: 150 },
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

interface FilePart {
  bytes: Buffer
  isTouched: boolean
}

/** Damages the parts, marks those that it touches, and returns the file. */
function damaged(parts: FilePart[], damages: { kind: string; at: number; size: number }[]): Buffer {
  for (const { kind, at, size } of damages) {
    const part = parts[Math.min(parts.length - 1, Math.floor(at * parts.length))]
    if (!part) continue
    const inside = Math.floor((at * parts.length - Math.floor(at * parts.length)) * part.bytes.length)
    part.isTouched = true
    if (kind === 'flip') part.bytes = flipped(part.bytes, inside)
    if (kind === 'cut') part.bytes = Buffer.concat([part.bytes.subarray(0, inside), part.bytes.subarray(inside + size)])
    if (kind === 'insert')
      part.bytes = Buffer.concat([
        part.bytes.subarray(0, inside),
        Buffer.alloc(size, 0x41),
        part.bytes.subarray(inside),
      ])
    if (kind === 'end')
      for (const later of parts.slice(parts.indexOf(part)))
        Object.assign(later, { isTouched: true, bytes: Buffer.alloc(0) })
  }
  return Buffer.concat(parts.map(({ bytes }) => bytes))
}

it.each([
  ['a page', zipped(pageRecord(1), pageRecord(2))],
  ['garbage', Buffer.concat([zipped(pageRecord(1)), Buffer.alloc(4 * 1024 * 1024, 'x')])],
])('an interrupted reading ends without an error: in %s', async (_, bytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-warc-'))
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  const stop = new AbortController()
  const file = { name: 'old.warc.gz', path, size: bytes.length, modifiedAt: '2025-01-01T00:00:00.000Z' }
  const found = []
  for await (const one of warc.read(file, { capturedAt: null, site: null }, stop.signal)) {
    found.push(one)
    stop.abort()
  }
  rmSync(folder, { recursive: true })
  expect(found).toHaveLength(1)
})
