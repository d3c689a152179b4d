import { expect, it } from 'vitest'
import type { Reporter } from '../../src/model/reports/run.js'
import { communityOf, serveCommunity } from '../community/index.js'
import { desk, idsHeld } from './outside.js'

const LONG = `<p>${'A word and another one. '.repeat(60)}</p>\n`
const TOWN = communityOf({
  groups: [
    { slug: 'gardeners', name: 'The Gardeners' },
    { slug: 'bees', name: 'Bee Keepers' },
  ],
  posts: [
    ...Array.from({ length: 25 }, () => ({ html: LONG })),
    { parentId: 1 },
    { groupSlug: 'bees', html: LONG },
    { groupSlug: 'bees', parentId: 27 },
  ],
})

it.each(['rest', 'ajax', 'page'] as const)('by %s: each post counts once, and groups have their names', async via => {
  const server = await serveCommunity(TOWN, { pack: via === 'page' ? 'legacy' : 'nouveau', rest: via === 'rest' })
  const names: string[] = []
  const shares: unknown[] = []
  const saved: Reporter['saved'] = (_counts, what, share) => {
    names.push(what)
    if (share) shares.push([what, share])
  }
  const one = desk()
  const report = await one.run([server.url, `${server.url}groups/bees/`], { via, reporter: { saved } })
  await server.close()
  const held = idsHeld(one).length
  expect(held).toBe(28)
  expect(report.posts).toBe(held)
  expect(report.targets.map(({ posts }) => posts)).toEqual([28, 2])
  expect(names).toEqual(expect.arrayContaining(['The Gardeners', 'Bee Keepers']))
  expect(
    names.filter(
      name => !['The Gardeners', 'Bee Keepers', ...report.targets.map(({ target }) => target)].includes(name),
    ),
  ).toEqual([])
  if (via === 'rest') expect(shares).toContainEqual(['The Gardeners', { done: 25, total: 25 }])
})

it('a sync counts each post once, too', async () => {
  const server = await serveCommunity(TOWN, { rest: false })
  const one = desk()
  await one.run(server.url)
  const report = await one.sync()
  await server.close()
  expect([report.posts, report.newPosts]).toEqual([28, 0])
})
