import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { desk, idsHeld } from './outside.js'

/** A page of the directory that always fails keeps no group from being read that the archive knows. */

it.each([
  ['the directory as the target', 'groups/', null],
  ['the first page of its list', '', null],
  ['the second page of its list', '', '2'],
])('%s fails in each sync, and the groups are read by themselves', async (_what, path, page) => {
  const groups = Array.from({ length: 45 }, (_, at) => ({ slug: `group-${at + 1}` }))
  const posts = groups.map(({ slug }, at) => ({ id: at + 1, groupSlug: slug }))
  const community = communityOf({ groups, posts })
  let fails = false
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: (request, response) => {
        const isPage = request.path.endsWith('/groups/') && request.query.get('grpage') === page
        return fails && isPage && Boolean(response.writeHead(500).end('<html><body>Error</body></html>'))
      },
    },
    community,
  )
  const one = desk()
  expect((await one.run(server.url + path, { via: 'page' })).exitCode).toBe(0)
  fails = true
  const first = community.posts[0]
  if (first)
    for (const { groupSlug } of posts) community.posts.push({ ...first, id: community.posts.length + 1, groupSlug })
  expect((await one.sync({ retries: 0 })).exitCode).toBe(3)
  await one.sync({ retries: 0 })
  expect(idsHeld(one)).toHaveLength(90)
})
