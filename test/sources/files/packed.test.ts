import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ZipFile } from 'yazl'
import { DOORS, type LeftOver, leftOvers } from '../../../src/sources/files/index.js'
import { safeName } from '../../../src/sources/files/packed/unpack.js'
import { pageRecord, zipped } from './warc/making.js'

/** Archives of saved pages, MHTML, WARC files and texts. */

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

type Files = Record<string, string | Buffer>

async function zip(files: Files): Promise<Buffer> {
  const made = new ZipFile()
  for (const [name, content] of Object.entries(files)) made.addBuffer(Buffer.from(content), name)
  made.end()
  const pieces: Buffer[] = []
  for await (const piece of made.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** `names`: as zip and tar programs of an attacker write them. */
function tar(files: Files, type = '0'): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content)
    const header = Buffer.alloc(512)
    const long = Buffer.byteLength(name) > 99
    header.write(long ? 'short' : name, 0)
    header.write(`${bytes.length.toString(8).padStart(11, '0')} `, 124)
    header.write('14571345000 ', 136)
    header.write('        ', 148)
    header.write(type, 156)
    header.write('ustar\x0000', 257)
    header.write(
      header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0'),
      148,
    )
    const filled = Buffer.alloc(Math.ceil(bytes.length / 512) * 512)
    bytes.copy(filled)
    return [...(long ? [tar({ '././@LongLink': `${name}\0` }, 'L').subarray(0, -1024)] : []), header, filled]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

async function found(name: string, content: Buffer): Promise<LeftOver[]> {
  writeFileSync(join(folder, name), content)
  const all: LeftOver[] = []
  const settings = { capturedAt: null, site: null }
  const named = { path: join(folder, name), name }
  for await (const one of leftOvers(named, DOORS, settings, new AbortController().signal)) all.push(one)
  return all
}

const read = (all: readonly LeftOver[]) =>
  all.flatMap(one => (one.kind === 'capture' ? [`${one.capture.imported?.door} ${one.capture.imported?.origin}`] : []))
const why = (all: readonly LeftOver[]) => all.flatMap(one => (one.kind === 'unread' ? [one.why] : []))

const PAGE =
  '<!doctype html>\n<!-- saved from url=(0030)http://allotments.test/groups/plots/ -->\n<html><body>x</body></html>'
const TEXT = 'Zoé posted an update in the group Plots 2 years ago\n\nThe gate is open until eight.\n'
const FILES: Files = {
  'saved/page.html': PAGE,
  'saved/page_files/a.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]),
  'thread.txt': TEXT,
  'crawl.warc.gz': zipped(pageRecord(1)),
}
const ALL = ['warc crawl.warc.gz', 'page page.html', 'text thread.txt']

describe('an archive of what is left', () => {
  it.each(['zip', 'tar', 'tar.gz'])('is read as a folder is: %s', async kind => {
    const bytes = kind === 'zip' ? await zip(FILES) : kind === 'tar' ? tar(FILES) : gzipSync(tar(FILES))
    const all = await found(`left.${kind}`, bytes)
    expect(read(all)).toEqual(ALL)
    expect(why(all)).toEqual([])
    expect(all.filter(({ kind }) => kind === 'part')).toHaveLength(1)
  })

  it('may be in another one, and no deeper', async () => {
    const inner = await zip({ 'thread.txt': TEXT })
    expect(read(await found('outer.zip', await zip({ 'inner.zip': inner })))).toEqual(['text thread.txt'])
    const deep = await found(
      'deep.zip',
      await zip({ 'outer.zip': await zip({ 'inner.zip': inner }), 'page.html': PAGE }),
    )
    expect(read(deep)).toEqual(['page page.html'])
    expect(why(deep)).toEqual([expect.stringContaining('deep.zip/outer.zip')])
  })

  it('is a compressed text or page, also one that was cut off', async () => {
    expect(read(await found('thread.txt.gz', gzipSync(TEXT)))).toEqual(['text thread.txt'])
    const members = Buffer.concat([gzipSync(TEXT), gzipSync('\nAnd more.\n')])
    expect(why(await found('members.txt.gz', members))).toEqual([])
    const long = `${TEXT}${Array.from({ length: 4000 }, (_, at) => `line ${at * 7919} `).join('\n')}`
    const cut = await found('cut.txt.gz', gzipSync(long).subarray(0, -500))
    expect(read(cut)).toEqual(['text cut.txt'])
    expect(why(cut)).toEqual([expect.stringMatching(/cut\.txt\.gz.*damaged/)])
  })

  it('writes nothing outside of its own folder, and leaves nothing behind', async () => {
    const own = join(folder, 'tmp')
    mkdirSync(own)
    vi.stubEnv('TMPDIR', own)
    const names = [
      '../../evil.txt',
      '/etc/evil.txt',
      '..\\evil.txt',
      'a/./b/../thread.txt',
      'a',
      `${'long/'.repeat(60)}x.txt`,
    ]
    const all = await found('evil.tar', tar(Object.fromEntries(names.map(name => [name, TEXT]))))
    expect(read(all)).toHaveLength(names.length)
    expect(existsSync(join(folder, '..', 'evil.txt'))).toBe(false)
    expect(existsSync(join(folder, '..', '..', 'evil.txt'))).toBe(false)
    expect(readdirSync(own)).toEqual([])
    expect(safeName('..')).toEqual(['file'])
    expect(safeName('a/../\0b')).toEqual(['a', '_b'])
  })

  it('has no links, and no bombs', async () => {
    expect(why(await found('links.tar', tar({ 'a.txt': '' }, '2')))).toEqual([
      expect.stringContaining('something else'),
    ])
    const bomb = await zip({ 'thread.txt': TEXT, 'bomb.txt': Buffer.alloc(80 * 1024 * 1024) })
    const all = await found('bomb.zip', bomb)
    expect(read(all)).toEqual(['text thread.txt'])
    expect(why(all)).toEqual([expect.stringContaining('bomb.txt: this file was left out')])
  })

  it('of something else is named once', async () => {
    const word = await zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' })
    expect(why(await found('letter.docx', word))).toEqual([
      'letter.docx is a zip archive of something else: there is no saved page, WARC file or text of a thread in it.',
    ])
    mkdirSync(join(folder, 'empty'))
    expect(why(await found('empty.zip', await zip({})))).toEqual([
      expect.stringContaining('empty.zip is a zip archive'),
    ])
  })

  it('that ends too early gives the files before its end', async () => {
    const all = await found('cut.tar', tar({ 'thread.txt': TEXT, 'page.html': PAGE.repeat(20) }).subarray(0, 2000))
    expect(read(all)).toContain('text thread.txt')
    expect(why(all).join()).toContain('cut.tar is damaged')
  })
})
