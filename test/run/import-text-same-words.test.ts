import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMerge } from '../archive/merge/merging.js'
import { processorTime } from '../processor-time.js'
import { type Desk, desk } from './outside.js'
import { reread } from './reparse/reread.js'

/** Threads whose opening posts have the same words at different times. */

const AT = '2024-03-01T12:00:00Z'
const LONG = 'It is Monday again, so here is the weekly thread: which lock did you pass this week? Pictures below.'

const threadOf = (words: string, date: string, replier: string, reply = "You're welcome") =>
  `Ada posted an update in the group Ferry ${date}\n\n${words}\n\n  * ${replier} replied ${date}\n\n    ${reply}\n\n`

const KINDS = {
  'the same long words on two days': [
    threadOf(LONG, 'on 4 March 2022', 'Ben'),
    threadOf(LONG, 'on 11 March 2023', 'Cara'),
  ],
  'the same long words a week apart': [
    threadOf(LONG, 'on 4 March 2022', 'Ben'),
    threadOf(LONG, 'on 11 March 2022', 'Cara'),
  ],
  'the same long words four days apart': [
    threadOf(LONG, 'on 4 March 2022', 'Ben'),
    threadOf(LONG, 'on 8 March 2022', 'Cara'),
  ],
  'two words and the same reply': [
    threadOf('Thanks!', '2 years ago', 'Ben'),
    threadOf('Thanks!', '1 month ago', 'Cara'),
  ],
} as const

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
async function read(one: Desk, content: string, capturedAt = AT) {
  const path = join(folder, `${++files}.txt`)
  writeFileSync(path, content)
  return one.imports([path], { capturedAt })
}

async function deskWith(...texts: string[]): Promise<Desk> {
  const one = desk(undefined)
  for (const text of texts) await read(one, text)
  return one
}

const contentOf = (one: Desk) =>
  one
    .threads()
    .map(({ posts }) => posts.map(({ post, depth }) => `${depth} ${post.id} ${post.author?.name} ${post.text}`))
    .sort()

const authors = (one: Desk) =>
  one
    .threads()
    .map(({ posts }) => posts.map(({ post }) => post.author?.name).join(' '))
    .sort()

describe.each(Object.entries(KINDS))('%s', (_, [first, second]) => {
  it('are two threads, in one file or in two, in any order', async () => {
    const desks = [
      await deskWith(first, second),
      await deskWith(second, first),
      await deskWith(first + second),
      await deskWith(second + first),
      await deskWith(first + second, second, first),
    ]
    const [one] = desks as [Desk]
    expect(authors(one)).toEqual(['Ada Ben', 'Ada Cara'])
    for (const other of desks) expect(contentOf(other)).toEqual(contentOf(one))
  })

  it('are the same threads when they are read again, merged, or read from their captures', async () => {
    const [one, other] = [await deskWith(first, second), await deskWith(second)]
    for (const text of [first, second, second + first])
      expect(await read(one, `${text}\n`)).toMatchObject({ newPosts: 0, changedPosts: 0 })
    expect((await reread(one.file)).posts).toMatchObject({ same: 4, changed: 0, added: 0 })
    const alone = await deskWith(first)
    for (const pair of [
      [alone.file, other.file],
      [other.file, alone.file],
      [one.file, other.file],
    ] as const)
      expect(contentOf(desk(newMerge(...pair)))).toEqual(contentOf(one))
  })
})

describe('a text of one thread that was copied twice', () => {
  const copies = [
    { text: threadOf('Thanks!', '1 year ago', 'Ben'), at: '2024-03-01T12:00:00Z' },
    { text: threadOf('Thanks!', '1 year ago', 'Ben'), at: '2024-07-01T12:00:00Z' },
  ] as const

  it.each([copies, [...copies].reverse()])('is one thread with the same ids in any order', async (...order) => {
    const one = desk(undefined)
    for (const { text, at } of order) await read(one, text, at)
    expect(authors(one)).toEqual(['Ada Ben'])
    const alone = await Promise.all(
      copies.map(async ({ text, at }) => {
        const each = desk(undefined)
        await read(each, text, at)
        return each
      }),
    )
    const merged = newMerge(...(alone.map(({ file }) => file) as [string, string]))
    expect(contentOf(desk(merged))).toEqual(contentOf(one))
    for (const { text, at } of copies)
      expect(await read(one, `${text}\n`, at)).toMatchObject({ newPosts: 0, changedPosts: 0 })
  })
})

it('says the same words many times: each is a thread, read in a short time', async () => {
  const time = processorTime()
  const one = await deskWith('Ada posted an update 2 years ago\n\nThanks!\n\n'.repeat(2000))
  expect(one.sql('SELECT count(*) AS posts FROM posts')).toEqual([{ posts: 2000 }])
  expect(time()).toBeLessThan(10_000)
})
