import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { newMerge } from '../archive/merge/merging.js'
import { type CommunityServer, communityOf, serveCommunity } from '../community/index.js'
import { timeSince } from '../community/time-since.js'
import { type Desk, desk, testClock } from './outside.js'
import { reread } from './reparse/reread.js'

/** Texts of threads, and the same threads on the site: one archive, whichever comes first. */

const NOW = Date.UTC(2025, 5, 1, 12) / 1000
const COPIED = Date.UTC(2024, 2, 1, 12) / 1000
const AT = new Date(COPIED * 1000).toISOString()

const OPENING =
  'The lower gate is closed until the swallows have left, so please come in by the yard and mind the hoses.'
const REPLY = 'Could somebody leave the key of the yard with the miller?'

const POSTS = [
  { id: 11, memberId: 2, words: OPENING, date: '2024-01-05T09:00:00Z' },
  { id: 12, memberId: 3, words: REPLY, date: '2024-01-06T09:00:00Z', parentId: 11 },
  { id: 13, memberId: 2, words: 'Done.', date: '2024-01-07T09:00:00Z', parentId: 12 },
  { id: 14, memberId: 2, words: 'Thanks!', date: '2024-01-08T09:00:00Z' },
  { id: 15, memberId: 2, words: 'Thanks!', date: '2024-02-20T09:00:00Z' },
]

const NAMES: Record<number, string> = { 2: "'Ada Brook", 3: 'Ben Marsh' }

const community = communityOf({
  groups: [{ slug: 'ferry', name: 'Ferry & Mill' }],
  members: [
    { id: 2, slug: 'ada', name: NAMES[2] ?? '' },
    { id: 3, slug: 'ben', name: NAMES[3] ?? '' },
  ],
  posts: POSTS.map(({ words, ...post }) => ({ ...post, groupSlug: 'ferry', html: `<p>${words}</p>\n` })),
})

const ago = (date: string) => timeSince(COPIED - Date.parse(date) / 1000)
const dateOf = (id: number) => POSTS.find(post => post.id === id)?.date ?? ''

interface Shown {
  author?: number
  words: string
  date: string
  depth: number
}

/** As w3m prints it. `wrapped`: as another converter with another width does. */
function dump(posts: readonly Shown[], bullet = '•'): string {
  const lines = posts.flatMap(({ author, words, date, depth }) => {
    const pad = '    '.repeat(depth)
    const name = author === undefined ? '' : (NAMES[author] ?? '')
    const said = depth === 0 ? 'posted an update in the group Ferry & Mill' : 'replied'
    return [`${pad}  ${bullet} ${name} ${said} ${ago(date)}`, '', `${pad}    ${words}`, '']
  })
  return `Skip to content\n\nActivity\n\n${lines.join('\n')}\nSearch\n`
}

const THREAD: Shown[] = [
  { author: 2, words: OPENING, date: dateOf(11), depth: 0 },
  { author: 3, words: REPLY, date: dateOf(12), depth: 1 },
  { author: 2, words: 'Done.', date: dateOf(13), depth: 2 },
]
/** A reply that was deleted before the site was read. */
const DELETED: Shown = {
  author: 3,
  words: 'The miller has lost it in the race, I am afraid.',
  date: dateOf(13),
  depth: 2,
}

let folder = ''
let site: CommunityServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  site = await serveCommunity(community, { pack: 'legacy', now: NOW })
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await site.close()
})

function text(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const newDesk = () => desk(undefined, testClock((NOW + 3600) * 1000))
const live = (one: Desk, via: 'rest' | 'page' = 'page') => one.run(`${site.url}groups/ferry/`, { via })
const read = (one: Desk, ...paths: string[]) => one.imports(paths, { capturedAt: AT })

/** What a reader sees, but for the times of reading. */
function contentOf(one: Desk): unknown {
  const strip = (key: string, value: unknown) => (/(?:SeenAt|^readAt|^editedBy)$/.test(key) ? undefined : value)
  return {
    threads: JSON.parse(JSON.stringify(one.threads(), strip)),
    members: one.sql('SELECT site_member_id, slug, name FROM members ORDER BY name'),
    groups: one.sql('SELECT slug, name, url FROM groups ORDER BY slug'),
    sites: one.sql('SELECT url FROM sites ORDER BY url'),
    revisions: one.sql('SELECT text FROM revisions'),
  }
}

const places = (one: Desk) =>
  one.threads().map(({ posts }) => posts.map(({ post, depth }) => `${depth} ${post.id} ${post.author?.name ?? '?'}`))

describe('a text of a thread', () => {
  it('is a thread of its own, with intervals and without addresses', async () => {
    const one = newDesk()
    const report = await read(one, text('alone.txt', dump(THREAD)))
    expect(report).toMatchObject({ exitCode: 0, newPosts: 3 })
    const [thread] = one.threads()
    expect(thread?.group).toMatchObject({ id: null, slug: 'ferry-mill', name: 'Ferry & Mill' })
    expect(thread?.posts.map(({ post, depth }) => [depth, post.author?.name, post.text])).toEqual([
      [0, "'Ada Brook", OPENING],
      [1, 'Ben Marsh', REPLY],
      [2, "'Ada Brook", 'Done.'],
    ])
    const date = dateOf(11)
    expect((thread?.when.from ?? '9') <= date && date <= (thread?.when.to ?? '')).toBe(true)
    expect(thread?.when.from).not.toBeNull()
    expect(await read(one, text('again.txt', `${dump(THREAD)}\n`))).toMatchObject({ newPosts: 0, changedPosts: 0 })
  })

  it.each(['page', 'rest'] as const)('becomes the rows of the site, read %s before or after it', async via => {
    const [first, last, only] = [newDesk(), newDesk(), newDesk()]
    const path = text('thread.txt', dump(THREAD))
    await live(only, via)
    await read(first, path)
    await live(first, via)
    await live(last, via)
    expect(await read(last, path)).toMatchObject({ exitCode: 0, newPosts: 0, changedPosts: 0 })
    expect(contentOf(first)).toEqual(contentOf(last))
    expect(places(first)).toEqual(places(only))
    const again = await read(first, text('other.txt', dump(THREAD, '*')))
    expect(again).toMatchObject({ newPosts: 0, changedPosts: 0 })
    expect(contentOf(first)).toEqual(contentOf(last))
  })

  it('keeps a reply that only the text has, in its place', async () => {
    const [first, last] = [newDesk(), newDesk()]
    const path = text('deleted.txt', dump([...THREAD.slice(0, 2), DELETED, ...THREAD.slice(2)]))
    await read(first, path)
    await live(first)
    await live(last)
    expect(await read(last, path)).toMatchObject({ newPosts: 1 })
    expect(contentOf(first)).toEqual(contentOf(last))
    const thread = places(first).find(posts => posts.some(post => post.startsWith('0 11 ')))
    expect(thread?.map(post => post.replace(/x[0-9a-f]{16}/, 'x'))).toEqual([
      "0 11 'Ada Brook",
      '1 12 Ben Marsh',
      '2 x Ben Marsh',
      "2 13 'Ada Brook",
    ])
    expect(await read(first, path)).toMatchObject({ newPosts: 0 })
    expect(await live(first)).toMatchObject({ newPosts: 0, exitCode: 0 })
  })

  it('leaves another thread with the same few words alone', async () => {
    const one = newDesk()
    await live(one)
    const mine = dump([{ author: 2, words: 'Thanks!', date: dateOf(14), depth: 0 }])
    expect(await read(one, text('thanks.txt', mine))).toMatchObject({ newPosts: 1 })
    expect(one.threads()).toHaveLength(4)
  })

  it('does not take the words of another time for the same post', async () => {
    const one = newDesk()
    await live(one)
    const other = dump([{ author: 2, words: OPENING, date: '2023-06-01T09:00:00Z', depth: 0 }])
    expect(await read(one, text('earlier.txt', other))).toMatchObject({ newPosts: 1 })
  })

  it('is found without its authors, by its replies', async () => {
    const one = newDesk()
    await live(one)
    const words = `In group: Ferry & Mill\n\n  • ${OPENING}\n\n    • ${REPLY}\n\n      • Done.\n`
    expect(await read(one, text('bare.txt', words))).toMatchObject({ newPosts: 0 })
  })

  it('by two converters, one of which loses the indentation, is one thread in any order', async () => {
    const flat = dump(THREAD.map(one => ({ ...one })))
      .replace(/^\s*• /gm, '')
      .replace(/^ +/gm, '')
    const paths = [text('nested.txt', dump(THREAD)), text('flat.txt', flat)]
    const [one, other] = [newDesk(), newDesk()]
    for (const path of paths) await read(one, path)
    for (const path of [...paths].reverse()) await read(other, path)
    expect(contentOf(one)).toEqual(contentOf(other))
    expect(places(one)).toHaveLength(1)
    expect(places(one)[0]).toHaveLength(3)
  })

  it('of another archive is the same post after a merge, either way round, and nothing is new the second time', async () => {
    const [copied, lived] = [newDesk(), newDesk()]
    await read(copied, text('merged.txt', dump([...THREAD.slice(0, 2), DELETED, ...THREAD.slice(2)])))
    await live(lived)
    const files = [newMerge(copied.file, lived.file), newMerge(lived.file, copied.file)]
    const [one, other] = files.map(file => desk(file)) as [Desk, Desk]
    expect(contentOf(one)).toEqual(contentOf(other))
    expect(places(one)).toHaveLength(3)
    expect(places(one).flat()).toHaveLength(6)
  })

  it('is read again from its capture, before and after the site was read', async () => {
    const one = newDesk()
    await read(one, text('reread.txt', dump([...THREAD.slice(0, 2), DELETED, ...THREAD.slice(2)])))
    expect((await reread(one.file)).posts).toMatchObject({ same: 4, changed: 0, added: 0 })
    await live(one)
    const before = contentOf(one)
    expect((await reread(one.file)).posts).toMatchObject({ same: 6, changed: 0, added: 0 })
    expect(contentOf(one)).toEqual(before)
  })

  it.each(['ben', 'Ben Marsh'])('of the erased member %s stays without words, also in a new text', async name => {
    const one = newDesk()
    await read(one, text('before.txt', dump(THREAD)))
    if (name === 'ben') await live(one)
    forgetMember(one.file, name)
    expect(holds(one.file, REPLY)).toBe(false)
    await read(one, text('after.txt', `${dump(THREAD)}\n\n`))
    await read(one, text('more.txt', dump([...THREAD, DELETED])))
    expect(holds(one.file, REPLY)).toBe(false)
    expect(holds(one.file, DELETED.words)).toBe(false)
    expect(holds(one.file, OPENING)).toBe(true)
  })
})

function forgetMember(file: string, name: string): void {
  const env = { now: () => NOW * 1000, pid: 7, host: 'here', command: 'forget', isAlive: () => true }
  const archive = openArchive(file, 'write', env)
  try {
    const [member] = archive.forgetting.people.named(name, null)
    if (!member) throw new Error(`there is no member ${name}`)
    archive.forgetting.forget(member, { at: '2025-06-01T00:00:00.000Z', version: '0', redact: false })
  } finally {
    archive.close()
  }
}

/** Whether the words are anywhere in the file, also in a compressed body. */
function holds(file: string, words: string): boolean {
  const db = new Sqlite(file, { readonly: true })
  try {
    const bodies = db.prepare('SELECT body FROM blobs').pluck().all() as Uint8Array[]
    return [readFileSync(file), ...bodies.map(body => gunzipSync(body))].some(bytes => bytes.includes(words))
  } finally {
    db.close()
  }
}
