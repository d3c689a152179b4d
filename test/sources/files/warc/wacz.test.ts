import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { wacz } from '../../../../src/sources/files/wacz.js'
import { idOf, pageRecord, read, record, SITE, words, zipped } from './making.js'

const A = pageRecord(1, 'Beans')
const B = pageRecord(2, 'Peas')
const FIXED = { mtime: new Date(2026, 0, 1), forceDosTimestamp: true }

/** A zip file with these entries. `compress`: by name. */
function zip(
  entries: Record<string, Buffer | string>,
  compress: (name: string) => boolean = () => false,
): Promise<Buffer> {
  const file = new yazl.ZipFile()
  for (const [name, content] of Object.entries(entries))
    file.addBuffer(Buffer.from(content), name, { ...FIXED, compress: compress(name) })
  file.end()
  return bytesOf(file.outputStream)
}

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

const readWacz = (bytes: Buffer) => read(bytes, wacz, 'old.wacz')
const PAGES = { 'pages/pages.jsonl': '{}\n', 'datapackage.json': '{}' }

describe('a WACZ file', () => {
  it.each([
    ['stored', () => false],
    ['compressed', () => true],
  ])('has its WARC files %s', async (_, compress) => {
    const bytes = await zip({ 'archive/a.warc.gz': zipped(A), ...PAGES, 'archive/b.warc': B }, compress)
    expect(wacz.recognises(bytes)).toBe(true)
    const reading = await readWacz(bytes)
    expect(words(reading)).toEqual(['Beans', 'Peas'])
    expect(reading.unread).toEqual([])
  })

  it.each([
    ['stored', () => false],
    ['compressed', () => true],
  ])('has other WACZ files in it, %s', async (_, compress) => {
    const inner = [
      await zip({ 'archive/a.warc.gz': zipped(A) }),
      await zip({ 'archive/a.warc.gz': zipped(B) }, compress),
    ]
    const bytes = await zip(
      { 'one.wacz': inner[0] as Buffer, 'two.wacz': inner[1] as Buffer, 'datapackage.json': '{}' },
      compress,
    )
    expect(words(await readWacz(bytes))).toEqual(['Beans', 'Peas'])
  })

  it('repeats in one WARC file a record of another', async () => {
    const again = record('revisit', '', { 'WARC-Target-URI': `${SITE}/page/1/`, 'WARC-Refers-To': idOf(1) })
    const reading = await readWacz(await zip({ 'archive/a.warc.gz': zipped(again, B), 'archive/b.warc.gz': zipped(A) }))
    expect(words(reading).sort()).toEqual(['Beans', 'Beans', 'Peas'])
    expect(reading.unread).toEqual([])
  })

  it('names damage by entry and record', async () => {
    const damaged = Buffer.from(zipped(A, B))
    damaged[60] = (damaged[60] ?? 0) ^ 0xff
    const { unread } = await readWacz(await zip({ 'archive/a.warc.gz': damaged, ...PAGES }))
    expect(unread.map(({ name }) => name)).toEqual(['old.wacz, archive/a.warc.gz, record at byte 0'])
  })

  it('that is cut off is searched for records', async () => {
    const bytes = await zip({ 'archive/a.warc.gz': zipped(A, B), ...PAGES })
    const reading = await readWacz(bytes.subarray(0, -100))
    expect(words(reading)).toEqual(['Beans', 'Peas'])
    expect(reading.unread[0]?.why).toMatch(/^old\.wacz: the zip file is damaged .* Records are looked for/)
  })

  it('that is encrypted is named, and the others are read', async () => {
    const bytes = await zip({ 'archive/a.warc.gz': zipped(A), 'archive/b.warc.gz': zipped(B) })
    const reading = await readWacz(encrypted(bytes))
    expect(words(reading)).toEqual(['Peas'])
    expect(reading.unread).toEqual([
      {
        name: 'old.wacz, archive/a.warc.gz',
        why: 'old.wacz, archive/a.warc.gz: this file was left out, because it is encrypted.',
      },
    ])
  })

  it('that expands to gigabytes is named', async () => {
    const bytes = await zip({ 'archive/a.warc': Buffer.alloc(80 * 1024 * 1024), 'archive/b.warc': B }, () => true)
    const reading = await readWacz(bytes)
    expect(words(reading)).toEqual(['Peas'])
    expect(reading.unread).toMatchObject([{ why: expect.stringContaining('expands to far more') }])
  })

  it('that is nested without end is named', async () => {
    let bytes = await zip({ 'archive/a.warc.gz': zipped(A) })
    for (let depth = 0; depth < 5; depth++) bytes = await zip({ 'a.wacz': bytes })
    const { captures, unread } = await readWacz(bytes)
    expect(captures).toEqual([])
    expect(unread).toMatchObject([{ why: expect.stringContaining('nested too deep') }])
  })

  it('whose compressed entry is damaged gives what is before the damage', async () => {
    const bytes = await zip({ 'archive/a.warc': Buffer.concat([A, B, B, A]) }, () => true)
    const at = bytes.indexOf('a.warc') + 300
    bytes.fill(0xff, at, at + 8)
    const { captures, unread } = await readWacz(bytes)
    expect(captures.length).toBeLessThan(4)
    expect(unread[0]?.why).toMatch(/this file is damaged \(.*\)\. Records before the damage are read/)
  })
})

it.each<[string, () => Promise<Buffer>]>([
  ['of something else', () => zip({ 'word/document.xml': '<xml/>' })],
  ['without files', () => zip({})],
])('a zip file %s is named', async (_, make) => {
  const bytes = await make()
  expect(wacz.recognises(bytes)).toBe(true)
  expect((await readWacz(bytes)).unread).toEqual([
    {
      name: 'old.wacz',
      why: 'old.wacz is a zip file without WARC files, so it is no WACZ. Unpack it, and import its folder.',
    },
  ])
})

it('other files are not recognised', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('PK'), gzipSync('PK'), Buffer.from('Skip to content')])
    expect(wacz.recognises(bytes)).toBe(false)
})

/** The first entry marked as encrypted, in its own header and in the directory. */
function encrypted(bytes: Buffer): Buffer {
  for (const [signature, flags] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    const at = bytes.indexOf(Buffer.from(signature, 'latin1'))
    bytes.writeUInt16LE(bytes.readUInt16LE(at + flags) | 1, at + flags)
  }
  return bytes
}
