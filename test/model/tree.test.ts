import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PostNode } from '../../src/model/archive.js'
import { replyOrder } from '../../src/model/tree.js'
import { flatPosts } from '../export/arbitrary.js'
import { keptPost } from '../export/threads.js'

const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id)
const tree = (pairs: [string, string | null][]) =>
  replyOrder(
    pairs.map(([id, parentId]) => keptPost({ id, parentId })),
    byId,
    '1',
  )
const outline = (nodes: PostNode[]): string => nodes.map(node => `${node.depth}:${node.post.id}`).join(' ')

/** The direct replies; null: the roots. */
function repliesTo(parent: PostNode | null, nodes: PostNode[]): PostNode[] {
  const start = parent ? parent.position + 1 : 0
  const depth = parent ? parent.depth + 1 : 0
  const end = nodes.findIndex((node, at) => at >= start && node.depth < depth)
  return nodes.slice(start, end < 0 ? undefined : end).filter(node => node.depth === depth)
}

describe('replyOrder', () => {
  it('nests replies below what they answer, siblings in order, whatever the order of the rows', () => {
    expect(
      outline(
        tree([
          ['4', '2'],
          ['3', '1'],
          ['2', '1'],
          ['1', null],
        ]),
      ),
    ).toBe('0:1 1:2 2:4 1:3')
  })

  it('makes roots of replies whose parent is absent', () =>
    expect(
      outline(
        tree([
          ['2', '1'],
          ['3', '2'],
          ['9', '8'],
        ]),
      ),
    ).toBe('0:2 1:3 0:9'))

  it('makes roots of what hangs in a circle', () =>
    expect(
      outline(
        tree([
          ['1', null],
          ['2', '3'],
          ['3', '2'],
          ['4', '4'],
          ['5', '1'],
        ]),
      ),
    ).toBe('0:1 1:5 0:2 1:3 0:4'))

  it('is empty for nothing', () => expect(tree([])).toEqual([]))

  it('takes a chain of 1,000', () => {
    const posts = Array.from({ length: 1000 }, (_, at) =>
      keptPost({ id: `${at + 1}`, parentId: at === 0 ? null : `${at}` }),
    )
    const nodes = replyOrder(posts, byId, '1')
    expect(nodes.map(node => node.depth)).toEqual(nodes.map((_, at) => at))
    expect(nodes).toHaveLength(1000)
  })

  it('holds each post once, parents first, with true depth and position', () => {
    fc.assert(
      fc.property(flatPosts, posts => {
        const nodes = replyOrder(posts.map(keptPost), byId, '1')
        expect(nodes.map(node => node.post.id).sort()).toEqual(posts.map(post => post.id).sort())
        expect(nodes.map(node => node.position)).toEqual(nodes.map((_, at) => at))
        for (const parent of [null, ...nodes]) {
          const replies = repliesTo(parent, nodes)
          expect(replies.length).toBe(parent ? parent.replies : nodes.filter(({ depth }) => depth === 0).length)
          expect(replies.map(({ isLast }) => isLast)).toEqual(replies.map(reply => reply === replies.at(-1)))
          if (parent) for (const { post } of replies) expect(post.parentId).toBe(parent.post.id)
        }
      }),
    )
  })

  it('keeps siblings in the order asked for', () => {
    fc.assert(
      fc.property(flatPosts, posts => {
        const nodes = replyOrder(posts.map(keptPost), (a, b) => byId(b, a), '1')
        expect(nodes[0]?.post.id).toBe('1')
        for (const parent of [null, ...nodes]) {
          const ids = repliesTo(parent, nodes).map(({ post }) => Number(post.id))
          expect(ids.slice(parent ? 0 : 1)).toEqual(ids.slice(parent ? 0 : 1).sort((a, b) => b - a))
        }
      }),
    )
  })
})
