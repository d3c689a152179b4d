import { describe, expect, it } from 'vitest'
import type { PostNode } from '../../src/model/archive.js'
import { exactly } from '../../src/model/time.js'
import { page, post, type Shelf, shelf, text } from './shelf.js'

/** Ids, each with the list of its replies if it has some. */
const tree = (nodes: PostNode[], depth = 0): unknown[] =>
  nodes.flatMap((node, at) => {
    if (node.depth !== depth) return []
    const end = nodes.findIndex((other, index) => index > at && other.depth <= depth)
    const replies = tree(nodes.slice(at + 1, end < 0 ? undefined : end), depth + 1)
    expect(node.replies).toBe(replies.length)
    return [replies.length > 0 ? [node.post.id, replies] : node.post.id]
  })
const thread = (one: Shelf, id = '1') => [...one.archive.reader.threads({ threads: [id] })][0]
const posts = (one: Shelf, id?: string) => [...(thread(one, id)?.posts ?? [])]
const states = (one: Shelf) =>
  one.sql('SELECT site_post_id AS id, held, claimed, completeness AS state FROM readable_threads ORDER BY id')
const reply = (id: string, parent: string, changes = {}) => post(id, parent, { threadId: '1', ...changes })
const at = (day: number) => exactly(`2025-06-${String(day).padStart(2, '0')}T12:00:00Z`)

describe('completeness', () => {
  it('complete: all that a whole view showed is held in full', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1')]))
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 2, state: 'complete' }])
    one.close()
  })

  it('short: a text is shortened, until it is had', () => {
    const one = shelf()
    one.save(page([post('1', null, { truncated: true, text: 'Po…' }), reply('2', '1')]))
    expect(states(one)).toEqual([{ id: '1', held: 1, claimed: 2, state: 'short' }])
    one.save(page([], { text: text('1', '<p>Post 1</p>') }))
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 2, state: 'complete' }])
    one.close()
  })

  it('short: the site claims more than it shows', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1')], { threads: [{ id: '1', shown: 2, whole: true, claimed: 5 }] }))
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 5, state: 'short' }])
    one.close()
  })

  it('unknown: no view was whole', () => {
    const one = shelf()
    one.save(page([post('1', null)], { threads: [{ id: '1', shown: 1, whole: false, claimed: null }] }))
    expect(states(one)).toEqual([{ id: '1', held: 1, claimed: null, state: 'unknown' }])
    one.close()
  })

  it('a reply that the last whole view no longer showed is kept, and is not missing', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1'), reply('3', '1')]))
    one.save(page([post('1', null), reply('3', '1')]))
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 2, state: 'complete' }])
    expect(tree(posts(one))).toEqual([['1', ['2', '3']]])
    one.close()
  })
})

describe('a reply that only the permalink page shows', () => {
  it('is spam, once a stream has shown the thread, and is left out with nothing lost below it', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('3', '1')]), { pass: 'a' })
    const result = one.save(page([post('1', null), reply('2', '1'), reply('3', '2')]), {
      authority: 'permalink',
      pass: 'a',
    })
    expect(result).toMatchObject({ leftOut: 1, newPosts: 0 })
    expect(tree(posts(one))).toEqual([['1', ['3']]])
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 2, state: 'complete' }])
    one.close()
  })

  it('is new, if it was written after the stream was read', () => {
    const one = shelf()
    one.save(page([post('1', null)]), { pass: 'a' })
    const late = reply('2', '1', { when: exactly('2026-01-01T01:30:00Z') })
    const spam = reply('3', '1', { when: exactly('2025-12-31T23:00:00Z') })
    const below = reply('4', '3', { when: exactly('2026-01-01T01:40:00Z') })
    expect(one.save(page([post('1', null), late, spam, below]), { authority: 'permalink', pass: 'b' })).toMatchObject({
      newPosts: 2,
      leftOut: 1,
    })
    expect(tree(posts(one))).toEqual([['1', ['2', '4']]])
    one.close()
  })

  it('takes no place from the replies that the stream has put in order, and a new one comes last', () => {
    const one = shelf()
    const vague = { when: { from: '2025-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' } }
    one.save(page([post('1', null), reply('8', '1', vague), reply('3', '1', vague)]), { pass: 'a' })
    const other = page([post('1', null), reply('2', '1', vague), reply('3', '1', vague), reply('8', '1', vague)])
    one.save(other, { authority: 'permalink', pass: 'b' })
    expect(tree(posts(one))).toEqual([['1', ['8', '3', '2']]])
    one.close()
  })

  it('is gone once the stream shows its thread without it', () => {
    const one = shelf()
    const both = page([post('1', null), reply('2', '1'), reply('3', '1')])
    one.save(both, { pass: 'a' })
    one.save(page([post('1', null), reply('3', '1')]), { pass: 'b', goesOn: true })
    expect(one.save(both, { authority: 'permalink', pass: 'b' })).toMatchObject({ leftOut: 1, newPosts: 0 })
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 2, state: 'complete' }])
    const [seen] = one.sql(
      "SELECT max(last_seen_at) < (SELECT max(last_seen_at) FROM posts) AS earlier FROM posts WHERE site_post_id = '2'",
    )
    expect(seen).toEqual({ earlier: 1 })
    one.close()
  })

  it('is not taken for spam by a permalink page alone, nor if the stream of this reading has shown it', () => {
    const one = shelf()
    const both = page([post('1', null), reply('2', '1'), reply('3', '1')])
    one.save(both, { pass: 'a', goesOn: true })
    expect(one.save(both, { authority: 'permalink', pass: 'a' })).toMatchObject({ leftOut: 0 })
    expect(one.save(both, { authority: 'permalink', pass: 'b' })).toMatchObject({ leftOut: 0 })
    one.close()
  })

  it('is taken in where no stream was read', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1')]), { authority: 'permalink' })
    expect(tree(posts(one))).toEqual([['1', ['2']]])
    expect(states(one)).toEqual([{ id: '1', held: 2, claimed: 2, state: 'complete' }])
    one.close()
  })
})

describe('replies without their thread', () => {
  it('are roots until the opening post is read, which is then no second post', () => {
    const one = shelf()
    one.save(
      page([post('5', '1', { parentId: undefined })], {
        threads: [{ id: '1', shown: 1, whole: false, claimed: null }],
      }),
    )
    expect(tree(posts(one, '5'))).toEqual(['5'])
    expect(states(one)).toMatchObject([{ id: '1', state: 'unknown' }])
    expect(one.save(page([post('1', null), reply('4', '1'), reply('5', '4')]))).toMatchObject({ newPosts: 2 })
    expect(tree(posts(one, '5'))).toEqual([['1', [['4', ['5']]]]])
    expect(one.sql('SELECT status FROM posts GROUP BY status')).toEqual([{ status: 'live' }])
    one.close()
  })

  it('lie in the group of their thread', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    one.save(page([post('5', '1', { parentId: undefined, group: undefined })], { threads: [] }))
    expect(one.sql('SELECT count(DISTINCT group_id) AS groups, count(group_id) AS posts FROM posts')).toEqual([
      { groups: 1, posts: 2 },
    ])
    one.close()
  })
})

describe('the order of siblings', () => {
  it('is by date, then number, as the software means it', () => {
    const one = shelf()
    one.save(
      page([
        post('1', null),
        reply('9', '1', { when: at(3) }),
        reply('10', '1', { when: at(2) }),
        reply('8', '1', { when: at(3) }),
      ]),
    )
    expect(tree(posts(one))).toEqual([['1', ['10', '8', '9']]])
    one.close()
  })

  it('is as the site showed them where a date is an interval', () => {
    const one = shelf()
    const vague = { when: { from: '2025-01-01T00:00:00Z', to: '2025-12-31T00:00:00Z' } }
    one.save(page([post('1', null), reply('9', '1', vague), reply('10', '1', { when: at(2) }), reply('8', '1', vague)]))
    expect(tree(posts(one))).toEqual([['1', ['9', '10', '8']]])
    one.close()
  })

  it('of a long thread is the same each time its posts are read, batch by batch', () => {
    const one = shelf()
    const image = (id: number) => ({ kind: 'image' as const, url: `https://town.example/${id}.png`, name: null })
    const replies = Array.from({ length: 170 }, (_, at) => reply(String(at + 2), '1', { attachments: [image(at + 2)] }))
    one.save(page([post('1', null), ...replies.reverse()]))
    const known = thread(one)
    expect(known?.posts.length).toBe(171)
    for (let walk = 0; walk < 2; walk++) {
      const nodes = [...(known?.posts ?? [])].map(({ post }) => [post.id, post.attachments.map(({ url }) => url)])
      expect(nodes.slice(0, 2)).toEqual([
        ['1', []],
        ['2', [image(2).url]],
      ])
      expect(nodes.slice(1)).toEqual(Array.from({ length: 170 }, (_, at) => [String(at + 2), [image(at + 2).url]]))
    }
    one.close()
  })

  it.each([0, 60])('is read with its pictures where %i posts of another thread are between', between => {
    const one = shelf()
    const image = (id: string) => ({ kind: 'image' as const, url: `https://town.example/${id}.png`, name: null })
    const shown = (id: string, parent: string | null) => post(id, parent, { attachments: [image(id)] })
    one.save(page([shown('1', null)]))
    one.save(page([post('100', null), ...Array.from({ length: between }, (_, at) => shown(String(at + 101), '100'))]))
    one.save(page([shown('1', null), shown('2', '1')]))
    const [first] = [...one.archive.reader.threads({})]
    expect([...(first?.posts ?? [])].map(node => node.post.attachments)).toEqual([[image('1')], [image('2')]])
    one.close()
  })

  it('holds a chain of three thousand', () => {
    const one = shelf()
    const chain = Array.from({ length: 3000 }, (_, index) => reply(String(index + 2), String(index + 1)))
    one.save(page([post('1', null), ...chain]))
    expect(posts(one).map(({ depth }) => depth)).toEqual(Array.from({ length: 3001 }, (_, depth) => depth))
    one.close()
  })
})
