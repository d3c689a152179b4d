import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capture } from '../../../src/model/capture.js'
import { parse } from '../../../src/parse/index.js'
import type { LeftFile, Passed, Unread } from '../../../src/sources/files/door.js'
import { DOORS, isPassed, isUnreadFile } from '../../../src/sources/files/index.js'
import { text } from '../../../src/sources/files/text.js'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url))
const THREAD = 'Zoé posted an update in the group Vélo – “Café” 2 years ago\n\nDépart à huit heures.\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bytes = (words: string) => new TextEncoder().encode(words)

const recogniser = (head: Uint8Array) => DOORS.find(door => door.recognises(head))?.name

async function opened(body: Uint8Array, settings = {}, size = body.length): Promise<Capture | Unread | Passed> {
  const path = join(folder, 'thread.txt')
  writeFileSync(path, body)
  const file: LeftFile = { name: 'texts/thread.txt', path, size, modifiedAt: statSync(path).mtime.toISOString() }
  for await (const one of text.read(file, { capturedAt: null, site: null, ...settings }, new AbortController().signal))
    return one
  throw new Error('nothing was found')
}

async function captureOf(body: Uint8Array, settings = {}): Promise<Capture> {
  const found = await opened(body, settings)
  if (isUnreadFile(found) || isPassed(found)) throw new Error('no capture')
  return found
}

describe('the door for texts', () => {
  const cases = readdirSync(join(FIXTURES, 'text-dump'), { recursive: true, encoding: 'utf8' })
  const sources = cases.filter(name => name.endsWith('source.txt'))

  it.each(sources)('decides by content about %s', name => {
    const hasThread = !name.includes('no-thread')
    expect(recogniser(readFileSync(join(FIXTURES, 'text-dump', name)))).toBe(hasThread ? 'text' : undefined)
  })

  it.each([
    ['an empty file', new Uint8Array()],
    ['a program', bytes('\x7fELF\x02\x01\x01\0\0\0 posted an update in the group Bees 2 years ago')],
    ['a PDF', bytes('%PDF-1.7\nAnn posted an update in the group Bees 2 years ago')],
    ['JSON', bytes('{"action":"Ann posted an update in the group Bees 2 years ago"}')],
    ['prose', bytes('We met two years ago, and she replied to my letter. Image quality was poor.\n'.repeat(50))],
    ['a script', bytes('function reply(){ return "posted" }\n// 3 days ago it worked\n')],
  ])('leaves %s to others', (_, head) => {
    expect(text.recognises(head)).toBe(false)
  })

  it('leaves pages to the door for pages', () => {
    expect(recogniser(bytes(`<!doctype html><html><body><pre>${THREAD}</pre></body></html>`))).not.toBe('text')
  })

  it('looks no further than the time of the file and the settings', async () => {
    const known = await captureOf(bytes(THREAD), { capturedAt: '2024-03-01T00:00:00Z', site: 'https://velo.example/' })
    expect(known).toMatchObject({ capturedAt: '2024-03-01T00:00:00Z', request: { site: 'https://velo.example/' } })
    expect(known.timeIsBound).toBeUndefined()
    expect(await captureOf(bytes(THREAD))).toMatchObject({ timeIsBound: true, imported: { origin: 'thread.txt' } })
  })

  it('gives the same words in every encoding', async () => {
    const wide = Buffer.from(THREAD, 'utf16le')
    const bodies = [
      bytes(THREAD),
      bytes(`\ufeff${THREAD}`),
      wide,
      Buffer.from(wide).swap16(),
      Buffer.concat([Buffer.from([0xff, 0xfe]), wide]),
    ]
    for (const body of bodies) {
      expect(recogniser(body)).toBe('text')
      const { posts } = parse({ ...(await captureOf(body)), imported: { door: 'text', origin: 'thread.txt' } })
      expect(posts.map(post => [post.author?.name, post.group?.name, post.text])).toEqual([
        ['Zoé', 'Vélo – “Café”', 'Départ à huit heures.'],
      ])
    }
  })

  it('says what to do with a text that is too large', async () => {
    const found = await opened(bytes(THREAD), {}, 40 * 1024 ** 2)
    expect(found).toEqual({
      name: 'texts/thread.txt',
      why: 'texts/thread.txt is a text of more than 32 MB. Split it between two threads, and import the parts.',
    })
  })
})
