import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { gexf } from '../../../src/export/graph/gexf.js'
import { graphml } from '../../../src/export/graph/graphml.js'
import type { Node } from '../../../src/export/graph/nodes.js'
import { mostActive } from '../../../src/export/graph/selection.js'
import { svg } from '../../../src/export/graph/svg.js'
import { edges, network, nodes } from '../../../src/export/graph/tables.js'
import type { StoredAuthor, StoredPost, StoredThread } from '../../../src/model/archive.js'
import { contextOf, keptThread, renderedAs, textOf } from '../threads.js'

/** Anna asks; Ben answers her twice and himself once, and names her; a former member answers; Cleo is only named. */

const BEN: StoredAuthor = { id: '2', slug: 'ben', name: 'Ben', url: 'https://community.example/members/ben/' }
const FORMER: StoredAuthor = { id: '9', slug: null, name: null, url: null }
const SITE = 'community.example'

const at = (day: number) => ({ from: `2026-10-0${day}T08:00:00Z`, to: `2026-10-0${day}T08:00:00Z` })
const mention = (slug: string) => ({
  ...{ kind: 'mention' as const, text: `@${slug}`, url: `https://community.example/members/${slug}/` },
})

const POSTS: Partial<StoredPost>[] = [
  { id: '1', when: at(1) },
  { id: '2', parentId: '1', author: BEN, when: at(2), text: 'Yes @Anna, and @cleo', links: [mention('cleo')] },
  { id: '3', parentId: '1', author: BEN, when: { from: '2026-10-03T00:00:00Z', to: null }, text: 'me@anna.example' },
  { id: '4', parentId: '3', author: BEN, when: at(4), text: '@nobody-here.' },
  { id: '5', parentId: '2', author: FORMER, when: at(5) },
  { id: '6', parentId: '1', author: null, when: at(6), text: '@anna' },
  { id: '7', parentId: '1', author: null, forgotten: true },
  { id: '8', parentId: '777', when: at(8) },
]

const THREAD: StoredThread = keptThread({ posts: POSTS })

const csv = (exporter: typeof edges, options = {}, thread = THREAD) =>
  renderedAs(exporter, { options }, thread)
    .trimEnd()
    .split('\r\n')
    .map(line => line.replaceAll(`${SITE}:`, '').split(','))

const ties = (options = {}) =>
  csv(edges, options)
    .slice(1)
    .map(([from, to, what, weight]) => [from, what, to, weight].join(' '))

describe('who answers whom', () => {
  it('is an edge a reply, whose two authors are known', () => {
    expect(ties()).toEqual([
      'member:ben reply member:anna 1',
      'member-id:9 reply member:ben 1',
      'member:ben reply member:anna 1',
      'member:ben reply member:ben 1',
    ])
  })

  it('has the date of the post, or the interval that is known of it', () => {
    const dates = csv(edges).map(row => row.slice(4, 8))
    expect(dates[0]).toEqual(['posted_at', 'posted_from', 'posted_to', 'post'])
    expect(dates[1]).toEqual([...Array(3).fill('2026-10-02T08:00:00Z'), '2'])
    expect(dates[3]).toEqual(['', '2026-10-03T00:00:00Z', '', '3'])
  })

  it('may be an edge a pair, with the number of its posts', () => {
    expect(ties({ edges: 'weighted' })).toEqual([
      'member:ben reply member:anna 2',
      'member-id:9 reply member:ben 1',
      'member:ben reply member:ben 1',
    ])
    expect(csv(edges, { edges: 'weighted' })[1]?.slice(4, 8)).toEqual([
      ...['', '2026-10-02T08:00:00Z', '2026-10-03T00:00:00Z', ''],
    ])
  })

  it('says what it leaves out', () => {
    expect(renderedAs(graphml, {}, THREAD)).toContain(
      '<desc>Who answers whom: 3 members, 4 replies (1 to oneself). Left out, replies and mentions: 1 to a post that is ' +
        'not held; 1 by or to an author who is not known; 1 by or to an erased member.</desc>',
    )
  })
})

describe('who mentions whom', () => {
  it('is an edge for each link, and for each @name that is a known member', () => {
    expect(ties({ relation: 'mention' })).toEqual([
      'member:ben mention member:cleo 1',
      'member:ben mention member:anna 1',
    ])
    expect(renderedAs(graphml, { options: { relation: 'mention' } }, THREAD)).toContain(
      '4 members, 2 mentions. Left out, replies and mentions: 1 by or to an author who is not known; 1 of an @name that is no known member.',
    )
  })

  it('makes a node of whoever only a link names, who is the same node if a later post shows the name', () => {
    const names = (thread: StoredThread) =>
      csv(nodes, { relation: 'mention' }, thread).map(([id, label]) => `${id} ${label}`)
    expect(names(THREAD)).toContain('member:cleo cleo')
    const cleo = { id: '3', slug: 'Cleo', name: 'Cleo C.', url: 'https://community.example/members/cleo/' }
    const later = keptThread({ posts: [...POSTS, { id: '10', parentId: '1', author: cleo }] })
    expect(names(later)).toContain('member:cleo Cleo C.')
    expect(names(later)).toHaveLength(names(THREAD).length)
  })
})

describe('who wrote in which group', () => {
  it('is an edge a member and group, also among single posts', () => {
    expect(ties({ relation: 'membership' })).toEqual([
      'member:anna membership group:care 2',
      'member:ben membership group:care 3',
      'member-id:9 membership group:care 1',
    ])
    expect(ties({ relation: 'all' })).toHaveLength(9)
  })
})

describe('a node', () => {
  it('has the number and dates of its posts', () => {
    const rows = csv(nodes, { relation: 'all' })
    const of = (id: string) => rows.find(([own]) => own === id)?.slice(7, 11)
    expect(of('member:ben')).toEqual(['3', '0', '2026-10-02T08:00:00Z', '2026-10-04T08:00:00Z'])
    expect(of('member:cleo')).toEqual(['0', '0', '', ''])
    expect(of('group:care')).toEqual(['8', '1', '2026-10-01T08:00:00Z', '2026-10-28T12:00:00Z'])
  })

  it('that answers a post which is not shown still has its edge', () => {
    const thread = keptThread({
      posts: [
        { id: '1', status: 'gone' },
        { id: '2', parentId: '1', author: BEN },
      ],
    })
    expect(renderedAs(edges, { status: 'live' }, thread)).toContain(`${SITE}:member:ben,${SITE}:member:anna,reply`)
    expect(renderedAs(nodes, { status: 'live' }, thread)).toContain(`${SITE}:member:anna,Anna,member`)
  })

  it.each([
    ['two sites', 'https://a.example/', 'https://a.example/town/'],
    ['a slug that looks escaped', 'a_41', 'aA'],
    ['letters of other scripts', '陳', '阿'],
    ['long slugs', 'x'.repeat(300), `${'x'.repeat(300)}y`],
  ])('differs: %s', (_, one, other) => {
    const isSite = one.startsWith('https')
    const threads = [one, other].map((name, index) =>
      keptThread({
        thread: { id: String(index), ...(isSite ? { site: name } : {}) },
        posts: [{ id: '1', author: { ...BEN, slug: isSite ? 'ben' : name } }],
      }),
    )
    const ids = renderedAs(nodes, {}, ...threads)
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map(row => row.split(',')[0] ?? '')
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._:-]+$/)
  })
})

it('both tables are in one folder, with what was left out', () => {
  const files = [...(network.files?.([THREAD], contextOf(network, [THREAD])) ?? [])]
  expect(files.map(({ name }) => name)).toEqual(['nodes.csv', 'edges.csv', 'README.txt'])
  expect(files.map(({ body }) => textOf(body).split('\n').length)).toEqual([5, 6, 2])
})

/** Elements of a document by name, with their attributes. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes: attributes as Record<string, string> }))
  parser.write(xml).close()
  return found
}

describe('gexf', () => {
  it('dates its edges in the form that NetworkX and Gephi read', () => {
    const all = elementsOf(renderedAs(gexf, {}, THREAD))
    expect(all[0]?.attributes).toEqual({ xmlns: 'http://www.gexf.net/1.2draft', version: '1.2' })
    expect(all.find(({ name }) => name === 'graph')?.attributes).toMatchObject({ mode: 'dynamic', timeformat: 'date' })
    const starts = all.filter(({ name }) => name === 'edge').map(({ attributes }) => attributes['start'])
    expect(starts).toEqual([
      '2026-10-02T08:00:00Z',
      '2026-10-05T08:00:00Z',
      '2026-10-03T00:00:00Z',
      '2026-10-04T08:00:00Z',
    ])
  })
})

describe('nodes', () => {
  it('have the threads that a member began, and no other ones', () => {
    // A reply to a post that is not held opens no thread.
    const thread = keptThread({ posts: [{ id: '1' }, { id: '8', parentId: '777', author: BEN }] })
    const [head = [], ...rows] = csv(nodes, {}, thread)
    const began = Object.fromEntries(rows.map(row => [row[0], row[head.indexOf('threads')]]))
    expect(began).toMatchObject({ 'member:anna': '1', 'member:ben': '0' })
  })

  it('have an id of the whole slug up to 120 letters', () => {
    const idOf = (slug: string) => {
      const author = { id: '1', slug, name: 'A', url: null }
      return csv(nodes, {}, keptThread({ posts: [{ author }] }))[1]?.[0]
    }
    expect(idOf('a'.repeat(120))).toBe(`member:${'a'.repeat(120)}`)
    expect(idOf('a'.repeat(121))).toMatch(/^member:a{120}_[0-9a-f]{64}$/)
  })

  it('in a picture are those with most posts, then those with most ties, then by id', () => {
    const node = (id: string, posts: number): Node => ({
      ...{ id, kind: 'member', label: id, site: '', siteId: null, slug: id, name: id, url: null, posts, threads: 0 },
      when: { from: null, to: null },
    })
    const [a, b, c, d] = [node('a', 1), node('b', 1), node('c', 1), node('d', 2)]
    const tie = (source: Node, target: Node) => ({
      ...{ relation: 'reply' as const, source, target, weight: 1, when: { from: null, to: null }, post: null },
    })
    const ties = [tie(b, c), tie(b, c), tie(a, d)]
    const counts = { replies: 3, loops: 0, mentions: 0, withoutParent: 0, unknown: 0, erased: 0, names: 0 }
    const shown = mostActive({ relations: ['reply'], nodes: [a, c, b, d], edges: ties, counts }, 4)
    expect(shown.nodes.map(({ id }) => id)).toEqual(['d', 'b', 'c', 'a'])
  })
})

describe('svg', () => {
  const drawn = async (options: Record<string, string | number> = {}, ...threads: StoredThread[]) => {
    let text = ''
    const chunks = svg.render(
      threads,
      contextOf(svg, threads, { options: { relation: 'reply', most: 60, ...options } }),
    )
    for await (const chunk of chunks) text += chunk
    return text
  }

  it('is the same twice, and has only shapes and texts', async () => {
    const text = await drawn({}, THREAD)
    expect(await drawn({}, THREAD)).toBe(text)
    const names = new Set(elementsOf(text).map(({ name }) => name))
    expect([...names].sort()).toEqual(['circle', 'desc', 'g', 'path', 'rect', 'svg', 'text', 'title'])
    expect(text).toContain('<title>Ben answers Anna: 2</title>')
    expect(text).toContain('Replies to oneself are not drawn (1).')
  })

  it('draws the most active, and says how many it leaves out', async () => {
    const text = await drawn({ most: 2 }, THREAD)
    expect(text.match(/<circle/g)).toHaveLength(2)
    expect(text).toContain(
      'Drawn are the 2 with most posts of 3, with 1 line. Left out are the other 1, and 1 post of theirs or to them.',
    )
  })

  it('keeps labels apart', async () => {
    const posts = Array.from({ length: 40 }, (_, index) => ({
      ...{ id: String(index + 1), parentId: index === 0 ? null : String(Math.ceil(index / 3)) },
      author: { id: String(index), slug: `m${index}`, name: `Member number ${index}`, url: null },
    }))
    const texts = elementsOf(await drawn({}, keptThread({ posts }))).filter(
      ({ name, attributes }) => name === 'text' && attributes['stroke'],
    )
    const places = texts.map(({ attributes }) => [Number(attributes['x']), Number(attributes['y'])] as const)
    const covered = places.filter(([x, y], index) =>
      places.some(([a, b], other) => other < index && Math.abs(a - x) < 80 && Math.abs(b - y) < 10),
    )
    expect([texts.length, covered]).toEqual([40, []])
  })

  it.each([0, 401, 1.5])('refuses %s as a number of members', async most => {
    await expect(drawn({ most }, THREAD)).rejects.toThrow('is no number of members for a picture')
  })

  it('of nobody says so', async () => {
    expect(await drawn()).toContain('There is nobody to draw.')
  })
})
