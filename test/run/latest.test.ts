import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld } from './outside.js'

it('a sync that is told the youngest replies of the whole site keeps those of its own threads', async () => {
  const group = communityOf({ groups: [{}, { slug: 'bakers' }], posts: [{ id: 1 }, { id: 2 }] })
  const { server } = await town({ rest: true }, group)
  const one = desk()
  await one.run(`${server.url}groups/gardeners/`)
  const later = {
    groups: [{}, { slug: 'bakers' }],
    posts: [
      { id: 8, groupSlug: 'bakers' },
      { id: 9, parentId: 8 },
    ],
  }
  group.posts = [
    ...communityOf({ posts: [{ id: 1 }, { id: 2 }, { id: 3, parentId: 1 }] }).posts,
    ...communityOf(later).posts,
  ]
  one.clock.advance(86_400_000)
  // With a number of turns, a small target is read in part, too.
  expect(await one.sync({ audit: 1 })).toMatchObject({ exitCode: 0, newPosts: 1 })
  expect(server.requests.some(({ query }) => query.get('type') === 'activity_comment')).toBe(true)
  expect(idsHeld(one)).toEqual([1, 2, 3])
})
