import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PostNode } from '../../src/model/archive.js'
import { preOrder, replyTree } from '../../src/model/tree.js'
import { flatPosts } from '../export/arbitrary.js'
import { keptPost } from '../export/threads.js'

const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id)
const tree = (pairs: [string, string | null][]) =>
  replyTree(
    pairs.map(([id, parentId]) => keptPost({ id, parentId })),
    byId,
  )
const outline = (roots: PostNode[]): string =>
  [...preOrder(roots)].map(node => `${node.depth}:${node.post.id}`).join(' ')

describe('replyTree', () => {
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

  it('is empty for nothing', () => expect(replyTree([], byId)).toEqual([]))

  it('takes a chain of 1,000', () => {
    const posts = Array.from({ length: 1000 }, (_, at) =>
      keptPost({ id: `${at + 1}`, parentId: at === 0 ? null : `${at}` }),
    )
    const nodes = [...preOrder(replyTree(posts, byId))]
    expect(nodes.map(node => node.depth)).toEqual(nodes.map((_, at) => at))
    expect(nodes).toHaveLength(1000)
  })

  it('holds each post once, parents first, with true depth and position', () => {
    fc.assert(
      fc.property(flatPosts, posts => {
        const roots = replyTree(posts.map(keptPost), byId)
        const nodes = [...preOrder(roots)]
        expect(nodes.map(node => node.post.id).sort()).toEqual(posts.map(post => post.id).sort())
        expect(nodes.map(node => node.position)).toEqual(nodes.map((_, at) => at))
        for (const root of roots) expect(root.depth).toBe(0)
        for (const node of nodes) {
          for (const reply of node.replies) {
            expect(reply.post.parentId).toBe(node.post.id)
            expect(reply.depth).toBe(node.depth + 1)
            expect(reply.position).toBeGreaterThan(node.position)
          }
        }
      }),
    )
  })

  it('keeps siblings in the order asked for', () => {
    fc.assert(
      fc.property(flatPosts, posts => {
        const roots = replyTree(posts.map(keptPost), (a, b) => byId(b, a))
        for (const siblings of [roots, ...[...preOrder(roots)].map(node => node.replies)]) {
          const ids = siblings.map(node => Number(node.post.id))
          expect(ids).toEqual([...ids].sort((a, b) => b - a))
        }
      }),
    )
  })
})
