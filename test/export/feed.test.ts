import fc from 'fast-check'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { describe, expect, it } from 'vitest'
import { as2 } from '../../src/export/feed/as2.js'
import { atom } from '../../src/export/feed/atom.js'
import type { StoredPost, StoredThread } from '../../src/model/archive.js'
import { hostileText } from './hostile.js'
import { ANNA, chain, contextOf, keptThread, NOON, rendered, textOf } from './threads.js'

/** An element as a strict XML parser reads it. */
interface Node {
  name: string
  attributes: Record<string, string>
  text: string
  children: Node[]
}

/** @throws Error where the document is not well-formed. */
function parsed(xml: string): Node {
  const root: Node = { name: '', attributes: {}, text: '', children: [] }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const node = { name, attributes, text: '', children: [] }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('text', text => {
    const node = open.at(-1)
    if (node) node.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  return root.children[0] ?? root
}

const feed = (threads: StoredThread[], given: Parameters<typeof contextOf>[2] = {}): Node =>
  parsed(textOf(atom.render(threads, contextOf(atom, threads, { status: 'live', ...given }))))

const all = ({ children }: Node, name: string): Node[] => children.filter(child => child.name === name)
const one = (node: Node, name: string): Node | undefined => all(node, name)[0]
const words = (node: Node, name: string): string | undefined => one(node, name)?.text

const dated = (from: string | null, to = from) => ({ when: { from, to } })

describe('atom', () => {
  it('has the newest posts, the newest first, and says what each one answers', () => {
    const posts: Partial<StoredPost>[] = [
      { id: '1', heading: 'Salsify', ...dated('2026-01-01T00:00:00Z') },
      { id: '2', parentId: '1', ...dated('2026-03-01T00:00:00Z') },
      { id: '3', parentId: '2', ...dated('2026-02-01T00:00:00Z') },
    ]
    const other = keptThread({ thread: { id: '9' }, posts: [{ id: '9', ...dated('2025-01-01T00:00:00Z') }] })
    const entries = all(feed([keptThread({ posts }), other], { options: { limit: 3 } }), 'entry')
    expect(entries.map(entry => [words(entry, 'id'), words(entry, 'title')])).toEqual([
      ['tag:community.example,2008:post/2', 'Re: Salsify'],
      ['tag:community.example,2008:post/3', 'Re: Salsify'],
      ['tag:community.example,2008:post/1', 'Salsify'],
    ])
    expect(entries.map(entry => one(entry, 'thr:in-reply-to')?.attributes['ref'])).toEqual([
      'tag:community.example,2008:post/1',
      'tag:community.example,2008:post/2',
      undefined,
    ])
    expect(one(entries[1] as Node, 'thr:in-reply-to')?.attributes['href']).toBe('https://community.example/activity/2/')
  })

  it('has addresses that its readers take', () => {
    const html = '<p><a href="https://a.example/x|y#a#b">x</a></p>'
    const posts = [{ id: '1', url: 'https://community.example/a|b^c#d#e|f', html }]
    const [entry] = all(feed([keptThread({ posts })], {}), 'entry')
    expect(one(entry as Node, 'link')?.attributes['href']).toBe('https://community.example/a%7Cb%5Ec#d%23e%7Cf')
    expect(words(entry as Node, 'content')).toContain('<a href="https://a.example/x%7Cy#a%23b"')
  })

  it('is the same whatever the order of the threads, also for posts of one second', () => {
    const threads = ['12', '5', '7'].map(id => keptThread({ thread: { id }, posts: [{ id }] }))
    const ids = (many: StoredThread[]) =>
      all(feed(many, { options: { limit: 2 } }), 'entry').map(entry => words(entry, 'id'))
    expect(ids(threads)).toEqual(['tag:community.example,2008:post/12', 'tag:community.example,2008:post/7'])
    expect(ids(threads.toReversed())).toEqual(ids(threads))
  })

  it('takes its dates from the posts: of an interval the beginning, and the edit that the archive saw', () => {
    const posts = [
      { ...dated('2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z'), editedBy: '2026-05-01T00:00:00Z', revisions: 1 },
    ]
    const document = feed([keptThread({ posts })])
    const [entry] = all(document, 'entry')
    expect([words(entry as Node, 'published'), words(entry as Node, 'updated')]).toEqual([
      '2026-01-01T00:00:00Z',
      '2026-05-01T00:00:00Z',
    ])
    expect(words(document, 'updated')).toBe('2026-05-01T00:00:00Z')
    expect(words(feed([]), 'updated')).toBe('1970-01-01T00:00:00Z')
  })

  it('has the name and the address of its group or its site', () => {
    const named = (...threads: StoredThread[]) => {
      const document = feed(threads)
      return [words(document, 'title'), words(document, 'id'), one(document, 'link')?.attributes['href']]
    }
    const other = keptThread({ thread: { group: null }, posts: [{}] })
    const elsewhere = keptThread({ thread: { site: 'https://b.example/' }, posts: [{}] })
    const care = 'https://community.example/groups/care/'
    expect(named(chain(1))).toEqual(['Care at Home', 'tag:community.example,2008:group/care', care])
    expect(named(chain(1), other)).toEqual([
      'community.example',
      'tag:community.example,2008:feed/newest',
      'https://community.example/',
    ])
    expect(named(chain(1), elsewhere)).toEqual(['Newest posts', 'tag:threadkeep.invalid,2008:feed/newest', undefined])
    expect(named()).toEqual(['Newest posts', 'tag:threadkeep.invalid,2008:feed/newest', undefined])
  })

  it('leaves out what is gone, unless it is asked for', () => {
    const threads = [keptThread({ posts: [{ id: '1' }, { id: '2', parentId: '1', status: 'gone' }] })]
    expect(all(feed(threads), 'entry')).toHaveLength(1)
    const [gone, ...others] = all(feed(threads, { status: 'gone' }), 'entry')
    expect(others).toEqual([])
    expect(all(gone as Node, 'category').map(({ attributes }) => attributes['term'])).toEqual(['care', 'gone'])
  })

  it.each([0, -1, 1.5])('refuses a limit of %s', limit => {
    expect(() => feed([], { options: { limit } })).toThrow('is no number of posts')
  })

  it('keeps all that XML has, and is well-formed whatever was typed', () => {
    const name = 'a & <b> "c" \u0000\u0008\uFFFE\ud800 é 空 👩 ]]>'
    const [entry] = all(feed([named(name)]), 'entry')
    expect(words(one(entry as Node, 'author') as Node, 'name')).toBe('a & <b> "c" \ufffd\ufffd é 空 👩 ]]>')
    fc.assert(
      fc.property(hostileText, text => {
        const document = feed([named(text)])
        expect(all(document, 'entry')).toHaveLength(2)
        for (const { attributes } of all(document, 'entry').flatMap(({ children }) => children))
          expect(attributes['href'] ?? 'https:').toMatch(/^(?:https?|mailto|tel):/i)
      }),
      { numRuns: 300 },
    )
  })
})

function named(text: string): StoredThread {
  const author = { id: text, slug: text, name: text, url: text }
  const attachments = [{ kind: 'document' as const, name: text, url: text }]
  const links = [{ kind: 'mention' as const, text, url: text }]
  const post = { author, html: '', text, heading: text, topic: text, url: text, attachments, links }
  const group = { id: text, slug: text, name: text, url: text }
  return keptThread({
    thread: { id: '1', title: text, group },
    posts: [
      { ...post, id: '1' },
      { ...post, id: '2', parentId: '1' },
    ],
  })
}

/** What the vocabulary has for the things of our documents (www.w3.org/TR/activitystreams-vocabulary), and of which kind. */
const OBJECT = {
  ...{
    id: 'uri',
    name: 'text',
    attributedTo: 'uri',
    audience: 'uri',
    context: 'uri',
    inReplyTo: 'uri',
    published: 'date',
  },
  ...{ updated: 'date', url: 'uri', content: 'text', replies: 'thing', attachment: 'things', tag: 'things' },
}
const VOCABULARY: Record<string, Record<string, string>> = {
  OrderedCollection: { orderedItems: 'things', totalItems: 'number' },
  Collection: { totalItems: 'number' },
  Create: {
    id: 'uri',
    actor: 'thing',
    published: 'date',
    startTime: 'date',
    endTime: 'date',
    audience: 'thing',
    object: 'thing',
  },
  Note: OBJECT,
  Article: OBJECT,
  Tombstone: { ...OBJECT, formerType: 'text', deleted: 'date' },
  Person: { id: 'uri', name: 'text', preferredUsername: 'text', url: 'uri' },
  Group: { id: 'uri', name: 'text', url: 'uri' },
  ...{ Image: { url: 'uri', name: 'text' }, Video: { url: 'uri', name: 'text' }, Audio: { url: 'uri', name: 'text' } },
  ...{
    Document: { url: 'uri', name: 'text' },
    Page: { url: 'uri', name: 'text' },
    Mention: { href: 'uri', name: 'text' },
  },
}

type Thing = Record<string, unknown>

const KINDS: Record<string, (value: unknown) => boolean> = {
  uri: value => typeof value === 'string' && /^(?:https?|mailto|tel|tag):\S+$/i.test(value),
  text: value => typeof value === 'string',
  number: value => Number.isInteger(value),
  date: value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value),
  thing: value => faults(value as Thing).length === 0,
  things: value => Array.isArray(value) && value.every(item => faults(item).length === 0),
}

/** Keys that the vocabulary does not have, or whose value is not of its kind. */
function faults({ type, ...rest }: Thing): unknown[] {
  const known = VOCABULARY[String(type)]
  return Object.entries(rest).filter(([key, value]) => key !== '@context' && !KINDS[known?.[key] ?? '']?.(value))
}

const document = (...threads: StoredThread[]): Thing => JSON.parse(rendered(as2, ...threads))

const objects = (...threads: StoredThread[]): Thing[] =>
  (document(...threads)['orderedItems'] as Thing[]).map(({ object }) => object as Thing)

describe('as2', () => {
  it('has an activity a post, and their number', () => {
    const { '@context': context, type, totalItems } = document(chain(3), chain(1))
    expect([context, type, totalItems]).toEqual(['https://www.w3.org/ns/activitystreams', 'OrderedCollection', 4])
    expect(document()).toMatchObject({ totalItems: 0, orderedItems: [] })
    const places = objects(chain(3)).map(({ id, inReplyTo, replies }) => [
      id,
      inReplyTo,
      (replies as Thing)['totalItems'],
    ])
    expect(places).toEqual([
      ['tag:community.example,2008:post/1', undefined, 1],
      ['tag:community.example,2008:post/2', 'tag:community.example,2008:post/1', 1],
      ['tag:community.example,2008:post/3', 'tag:community.example,2008:post/2', 0],
    ])
  })

  it('has tombstones for what is gone and what was erased', () => {
    const posts: Partial<StoredPost>[] = [
      { id: '1', heading: 'Salsify' },
      { id: '2', parentId: '1', status: 'gone', goneAt: NOON, text: 'Never mind', html: '<p>Never mind</p>' },
      { id: '3', parentId: '1', forgotten: true, author: null, html: '', text: '' },
    ]
    const [article, gone, erased] = objects(keptThread({ posts }))
    expect(article).toMatchObject({ type: 'Article', name: 'Salsify', attributedTo: ANNA.url })
    expect(gone).toMatchObject({
      type: 'Tombstone',
      formerType: 'Note',
      deleted: NOON,
      content: '<p dir="auto">Never mind</p>',
    })
    expect(erased).toMatchObject({ type: 'Tombstone', formerType: 'Note' })
    expect(Object.keys(erased ?? {})).not.toContain('attributedTo')
  })

  it('says between which times a post was made', () => {
    const [early, late] = ['2025-03-01T00:00:00Z', '2026-02-28T23:59:59Z']
    const times = (from: string | null, to: string | null) => {
      const [item] = document(keptThread({ posts: [dated(from, to)] }))['orderedItems'] as Thing[]
      return [item?.['published'], item?.['startTime'], item?.['endTime']]
    }
    expect(times(early, early)).toEqual([early, undefined, undefined])
    expect(times(early, late)).toEqual([early, early, late])
    expect(times(null, late)).toEqual([late, undefined, late])
    expect(times(null, null)).toEqual([undefined, undefined, undefined])
  })

  it('holds nothing that the vocabulary does not have, whatever was typed', () => {
    expect(faults(document(named('Anna'), chain(2)))).toEqual([])
    fc.assert(
      fc.property(hostileText, text => {
        expect(faults(document(named(text)))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
