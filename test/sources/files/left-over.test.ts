import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DOORS, type Door, type LeftOver, leftOvers } from '../../../src/sources/files/index.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const SETTINGS = { capturedAt: null, site: null }

/** Reads files that begin with "note", and says where it was. */
const NOTES: Door = {
  name: 'notes',
  summary: 'notes',
  recognises: head => Buffer.from(head).toString().startsWith('note'),
  async *read({ name }) {
    yield { name, why: `${name} was read.` }
  },
}

function given(name: string, content: string | Buffer): string {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function found(path: string, name: string, doors: readonly Door[] = [NOTES]): Promise<LeftOver[]> {
  const all: LeftOver[] = []
  for await (const one of leftOvers({ path, name }, doors, SETTINGS, new AbortController().signal)) all.push(one)
  return all
}

const why = (all: readonly LeftOver[]) => all.flatMap(one => (one.kind === 'unread' ? [one.why] : []))

describe('a folder', () => {
  it('is read with all that is in it, in the order of the names, but for names with a dot', async () => {
    for (const name of ['b.txt', 'a/z.txt', 'a/b.txt', '.hidden', 'C.txt']) given(name, 'note')
    expect(why(await found(folder, 'left'))).toEqual(
      ['C.txt', 'a/b.txt', 'a/z.txt', 'b.txt'].map(name => `left/${name} was read.`),
    )
  })

  it('is read once, also where links lead in a circle', async () => {
    given('a/note.txt', 'note')
    symlinkSync(folder, join(folder, 'a/up'))
    symlinkSync(join(folder, 'a/self'), join(folder, 'a/self'))
    expect(why(await found(folder, 'left'))).toEqual([
      'left/a/note.txt was read.',
      'These links lead in a circle: left/a/self.',
      'left/a/up leads to a folder that was read already.',
    ])
  })

  it('may hold the pictures, styles and scripts of pages, which need no message', async () => {
    given('page_files/a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]))
    given('page_files/a.css', 'body { margin: 0 }')
    given('page_files/a.pdf', '%PDF-1.4')
    const all = await found(folder, 'left')
    expect(all.filter(({ kind }) => kind === 'part')).toHaveLength(2)
    expect(why(all)).toEqual([expect.stringContaining('left/page_files/a.pdf is a PDF')])
  })
})

describe('a file that no door reads', () => {
  const TAR = Buffer.alloc(512)
  TAR.write('ustar', 257, 'latin1')

  it.each<[string, string | Buffer, string]>([
    ['nothing', '', 'an empty file'],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'a JPEG picture'],
    ['a film', Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), 'a film'],
    ['an archive of threadkeep', 'SQLite format 3\0', 'an SQLite database'],
    ['a zip', 'PK\x03\x04 and more', 'a zip archive'],
    ['a compressed file', gzipSync('words'), 'a compressed file'],
    ['a tar', TAR, 'a tar archive'],
    ['a program', '\x7fELF', 'a program'],
    ['something else', 'a\0b', 'binary data'],
    [
      'a text',
      'Nothing but words.',
      'a text without a thread in it, which import does not read. Before each post a line has',
    ],
  ])('%s is called what it is, whatever its name', async (_, content, seen) => {
    const path = given('named.html', content)
    expect(why(await found(path, 'named.html'))).toEqual([expect.stringContaining(`named.html is ${seen}`)])
  })

  it('named by the user is no part of a page', async () => {
    const path = given('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]))
    expect((await found(path, 'a.png')).map(({ kind }) => kind)).toEqual(['unread'])
  })
})

it('a door that fails costs its file only', async () => {
  const broken: Door = {
    ...NOTES,
    read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('broken')) }) }),
  }
  given('a.txt', 'note')
  given('b.pdf', '%PDF-1.4')
  const said = why(await found(folder, 'left', [broken]))
  expect(said[0]).toContain('left/a.txt cannot be read: broken')
  expect(said[1]).toContain('left/b.pdf is a PDF')
})

it('the doors have names and summaries of their own', () => {
  expect(new Set(DOORS.map(({ name }) => name)).size).toBe(DOORS.length)
  for (const { summary } of DOORS) expect(summary).not.toBe('')
})
