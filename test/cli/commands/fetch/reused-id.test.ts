import { expect, it } from 'vitest'
import { archiveTargets, syncTargets } from '../../../../src/run/run.js'
import { communityOf } from '../../../community/index.js'
import { town } from '../../../community/town.js'
import { newFile, testClock } from '../../../run/outside.js'
import { running, testIo } from '../../test-io.js'

it('a sync warns of an id that the site has given to another post, ends with 0, and the log has both authors', async () => {
  const community = communityOf({
    members: [{}, { slug: 'ben', name: 'Ben' }],
    posts: [{}, { id: 2, parentId: 1, html: '<p>Mulch keeps the soil wet.</p>\n' }],
  })
  const { server } = await town({ rest: true }, community)
  const [db, clock] = [newFile(), testClock()]
  const threadkeep = (...line: string[]) =>
    running([...line, '--db', db], testIo({ now: clock.now }, { archiveTargets, syncTargets }))
  expect(await threadkeep('archive', server.url, '--sleep-requests', '0')).toMatchObject({ code: 0 })
  const seeds = { memberId: 3, date: '2026-05-01T09:00:00Z', html: '<p>Who has seeds to spare?</p>\n' }
  community.posts = community.posts.map(post => (post.id === 2 ? { ...post, ...seeds } : post))
  const { code, out, err } = await threadkeep('sync', '--full', '--sleep-requests', '0', '--json')
  expect(code).toBe(0)
  const sentence = `Post 2 (${server.url}activity/p/1/#acomment-2) was by ada (2024-01-01) and is by Ben (2026-05-01), with another text: the site gave its id to another post. The earlier post is kept in its history.`
  expect(err).toContain(`Warning: ${sentence}`)
  expect(JSON.parse(out)).toMatchObject({ reusedIds: { count: 1, first: [sentence] }, contradictions: { count: 0 } })
  const log = (await threadkeep('log', '2')).out.split('\n').map(row => row.split('\t').slice(1, 6).join(' | '))
  expect(log).toEqual([
    expect.stringMatching(/^edited \| 2 \| Ben \| .*author changed from ada to Ben.* \| \[-Mulch .*-\]\{\+Who .*\+\}$/),
    'seen | 2 | ada | written 2024-01-01T10:00:00Z | Mulch keeps the soil wet.',
    '',
  ])
})
