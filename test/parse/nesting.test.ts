import { describe, expect, it } from 'vitest'
import { item, parseItems, reply } from './markup.js'

/** `[id, parent]` of all posts, in the order of the page. */
const parents = (html: string) => parseItems(html).posts.map(({ id, parentId }) => [id, parentId])

/** BuddyBoss' list of replies, which names the post that it answers. */
const listOf = (parent: number, replies: string): string => `<ul data-parent_comment_id="${parent}">${replies}</ul>`

/** A reply with lists of its own below its text. */
const above = (id: number, lists: string): string => reply(id, {}).replace(/<\/li>$/, `${lists}</li>`)

describe('the parent that a list of replies names', () => {
  it('wins over the nesting: beyond its last level BuddyBoss nests no deeper', () => {
    const replies = above(2, listOf(2, reply(3, {})) + listOf(3, reply(4, {})))
    expect(parents(item(1, { replies }))).toEqual([
      ['1', null],
      ['2', '1'],
      ['3', '2'],
      ['4', '3'],
    ])
  })

  it('counts only where that parent is on the page: else the nesting does', () => {
    expect(parents(item(1, { replies: above(2, listOf(99, reply(3, {}))) }))).toEqual([
      ['1', null],
      ['2', '1'],
      ['3', '2'],
    ])
  })
})

describe('a number that comes twice in one thread', () => {
  const once = [
    ['1', null],
    ['2', '1'],
    ['3', '2'],
  ]

  it('is one reply, where it came first', () => {
    const page = parseItems(item(1, { replies: reply(2, { replies: reply(3, {}) }) + reply(3, { body: 'again' }) }))
    expect(page.posts.map(({ id, parentId }) => [id, parentId])).toEqual(once)
    expect(page.threads).toMatchObject([{ id: '1', shown: 3 }])
  })

  it('is not its own parent, and no circle', () => {
    const replies = reply(2, { replies: reply(3, { replies: reply(3, { replies: reply(2, {}) + reply(1, {}) }) }) })
    expect(parents(item(1, { replies }))).toEqual(once)
  })
})
