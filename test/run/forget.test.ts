import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { UsageError } from '../../src/model/errors.js'
import { ENV, rows } from '../archive/shelf.js'
import { DEMO } from '../community/index.js'
import { town } from '../community/town.js'
import { type Desk, desk, idsHeld } from './outside.js'

/** Whatever lies in the files of an archive, free pages and logs included, and in its compressed bodies. */
function everything(file: string): string[] {
  const files = readdirSync(dirname(file)).filter(name => name.startsWith(basename(file)))
  const bodies = rows<{ body: Buffer }>(file, 'SELECT body FROM blobs').map(({ body }) => gunzipSync(body))
  return [...files.map(name => readFileSync(join(dirname(file), name))), ...bodies].map(bytes => bytes.toString('utf8'))
}

function holding(file: string, needles: string[]): string[] {
  const texts = everything(file).map(text => text.toLowerCase())
  return needles.filter(needle => texts.some(text => text.includes(needle.toLowerCase())))
}

function forget(file: string, name: string, redact = false) {
  const archive = openArchive(file, 'write', { ...ENV, pid: 7, command: 'forget' })
  try {
    const [member] = archive.forgetting.people.named(name, null)
    if (!member) throw new Error(`no ${name}`)
    return archive.forgetting.forget(member, { at: '2026-11-01T00:00:00.000Z', version: '0', redact })
  } finally {
    archive.close()
  }
}

const words = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[^;]*;.*/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 40)

/** What tells of a member: spellings of the name, the profile's address, texts long enough to be theirs alone. */
function needlesOf(slug: string): string[] {
  const { name, id } = DEMO.members.find(member => member.slug === slug) ?? { name: '', id: 0 }
  const texts = DEMO.posts.filter(({ memberId }) => memberId === id).map(({ html }) => words(html))
  const escaped = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[^\0-\x7f]/g, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [
    name,
    name.replaceAll("'", '&#039;'),
    name.replaceAll("'", '&#8217;'),
    escaped,
    `members/${slug}`,
    ...texts,
  ].filter(
    needle =>
      needle.length > 2 && (needle.length > 20 || needle === name || needle.includes('members/') || needle === escaped),
  )
}

const posts = (one: Desk) => one.threads().flatMap(thread => thread.posts.map(({ post }) => post))

const HOW = [
  ['legacy', { pack: 'legacy' }],
  ['nouveau', { pack: 'nouveau' }],
  ['nouveau by REST', { pack: 'nouveau', rest: true }],
] as const

describe.each(HOW)('a member of a community (%s)', (_, how) => {
  it.each(['siobhan', 'lin-meihui', 'night-shift'])('%s goes, and does not come back', async slug => {
    const { server } = await town(how)
    const one = desk()
    await one.run(server.url)
    const needles = needlesOf(slug)
    expect(holding(one.file, needles).length).toBeGreaterThan(1)
    const before = { ids: idsHeld(one), others: posts(one).filter(({ author }) => author?.slug !== slug) }

    const erased = forget(one.file, slug, true)
    expect(erased.posts).toBeGreaterThan(0)
    expect(holding(one.file, needles)).toEqual([])
    expect(idsHeld(one)).toEqual(before.ids)
    const [marked, others] = [true, false].map(is => posts(one).filter(({ forgotten = false }) => forgotten === is))
    expect(marked).toHaveLength(erased.posts)
    for (const post of marked ?? []) expect(post).toMatchObject({ author: null, text: '', html: '', attachments: [] })
    expect(others?.map(({ id }) => id)).toEqual(before.others.map(({ id }) => id))

    one.clock.advance(86_400_000)
    const again = await one.run(server.url)
    expect(again).toMatchObject({ exitCode: 0, newPosts: 0, changedPosts: 0 })
    expect(holding(one.file, needles)).toEqual([])
    expect(idsHeld(one)).toEqual(before.ids)
    expect(posts(one).filter(({ forgotten }) => forgotten)).toHaveLength(erased.posts)
    expect(one.groups().map(({ completeness }) => completeness.state)).toEqual([
      'complete',
      'complete',
      'unknown',
      'complete',
    ])
  })
})

describe('after a member was forgotten', () => {
  it('new posts of theirs are kept as places only, and edits bring nothing', async () => {
    const community = structuredClone(DEMO)
    const { server } = await town({ pack: 'nouveau' }, community)
    const one = desk()
    await one.run(server.url)
    forget(one.file, 'tomas', true)
    const own = community.posts.filter(({ memberId }) => memberId === 9)
    const parent = community.posts.find(post => post.parentId === null && post.html)
    const newest = Math.max(...community.posts.map(({ id }) => id))
    if (own[1]) own[1].html = '<p>Edited by the one who was forgotten.</p>'
    community.posts.push({
      ...(own.find(post => post.parentId !== null) as (typeof own)[0]),
      id: newest + 1,
      parentId: parent?.id ?? null,
      html: '<p>A wholly new reply of mine.</p>',
    })
    one.clock.advance(86_400_000)
    expect(await one.run(server.url)).toMatchObject({ newPosts: 1, changedPosts: 0 })
    expect(holding(one.file, [...needlesOf('tomas'), 'Edited by the one', 'A wholly new reply'])).toEqual([])
    expect(posts(one).find(({ id }) => id === String(newest + 1))).toMatchObject({
      forgotten: true,
      text: '',
      author: null,
    })
  })

  it('what others wrote of them stays, and is told', async () => {
    const { server } = await town({ pack: 'nouveau' })
    const one = desk()
    await one.run(server.url)
    const { mentions } = forget(one.file, '@bert')
    const naming = posts(one).filter(({ html }) => html.includes('members/bert'))
    expect(mentions).toEqual(naming.map(({ id }) => id))
    expect(mentions.length).toBeGreaterThan(0)
    expect(await one.run(server.url)).toMatchObject({ changedPosts: 0 })
  })

  it('the address of the profile is refused, and was taken off the list of targets', async () => {
    const { server } = await town({ pack: 'nouveau' })
    const one = desk()
    const profile = `${server.url}members/bert/`
    await one.run([profile, server.url])
    forget(one.file, 'Bert Whitlock', true)
    expect(one.standing().targets.map(({ url }) => url)).toEqual([server.url])
    const failure = await one.run(profile).catch(error => error)
    expect(failure).toBeInstanceOf(UsageError)
    expect(failure.message).toContain('was forgotten')
    expect(holding(one.file, ['members/bert'])).toEqual([])
  })
})
