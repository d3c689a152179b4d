import { expect, it } from 'vitest'
import { communityOf } from '../community/index.js'
import { town } from '../community/town.js'
import { filteredTown, inGroups, noNotice, notices, update } from './left-out.js'
import { desk, idsHeld, outcome } from './outside.js'

/** Groups and sites whose feeds have other addresses than most, or are closed to programs. */

it.each(['feed', 'rss', '%d1%81%d0%b0%d0%b4', '2024'])('the feed of a group that is named %s', async slug => {
  const { server } = await filteredTown(inGroups(...notices(2, slug), update(5, slug)), { shows: noNotice })
  const one = desk()
  const whole = await one.run(server.url)
  expect(outcome(whole)).toMatchObject({ code: 0, state: 'done', target: { selfTest: { compared: 1, agreed: 1 } } })
  expect(idsHeld(one)).toEqual([1, 2, 5])
  const other = desk()
  expect(outcome(await other.run(`${server.url}groups/${slug}/`))).toMatchObject({ code: 0, state: 'done' })
  expect(idsHeld(other)).toEqual([1, 2, 5])
})

it('feeds that robots.txt forbids are not requested, and the report says what is not known then', async () => {
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path }, response) =>
        path === '/robots.txt' && Boolean(response.writeHead(200).end('User-agent: *\nDisallow: /*/feed/\n')),
    },
    communityOf({ groups: [{ slug: 'beans' }, { slug: 'peas' }], posts: [update(1, 'beans')] }),
  )
  const report = await desk().run(server.url)
  expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
  expect(server.requests.some(({ path }) => path.endsWith('/feed/'))).toBe(false)
  expect(report.targets[0]?.notes.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^The posts of these pages were not compared with the feed .+robots\.txt.+: nobody knows whether the pages leave out posts\.$/,
    ),
    expect.stringMatching(
      /peas\/feed\/ could not be read .+robots\.txt.+: nobody knows whether its group is as empty as its pages\.$/,
    ),
  ])
})
