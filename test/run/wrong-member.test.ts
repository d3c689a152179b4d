import { expect, it } from 'vitest'
import { ownPermalink } from '../../src/model/addresses.js'
import type { SeenRequest } from '../community/index.js'
import { DEMO } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD } from './answers.js'
import { desk, outcome } from './outside.js'

/** Post 105 is by Amara. Somebody names it below Bert, or below a name that Amara has no more. */

it.each([
  ['https://a.example/members/bert/activity/105/', 'https://a.example/activity/p/105/'],
  ['https://a.example/town/members/bert/activites/105', 'https://a.example/town/activites/p/105/'],
  ['https://a.example/activity/p/105/', null],
  ['https://a.example/members/bert/activity/', null],
  ['https://a.example/groups/bees/activity/105/', 'https://a.example/activity/p/105/'],
  ['https://a.example/?bp_members=1&bp_member=b&bp_member_component=activity&bp_member_action=105', null],
])('%s is %s by itself', (url, own) => expect(ownPermalink(url)).toBe(own))

it.each(['a login form', 'not found', 'another page'])(
  'a thread below another member than its author is read: %s',
  async what => {
    const instead = what === 'not found' ? INSTEAD['not found'] : null
    const intercept = ({ path }: SeenRequest, response: Parameters<(typeof INSTEAD)['not found']>[0]) => {
      if (!path.startsWith('/members/bert/')) return false
      if (what === 'another page') response.writeHead(302, { Location: '/' }).end()
      else instead?.(response)
      return what !== 'a login form'
    }
    const { server } = await town({ pack: 'legacy', intercept }, DEMO)
    const one = desk()
    const report = await one.run(`${server.url}members/bert/activity/105/`)
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(one.sql('SELECT count(*) AS posts FROM posts')).toEqual([{ posts: 4 }])
  },
)

it('a thread of the archive is not gone because its author has another name by now', async () => {
  const { server } = await town({ pack: 'legacy' }, DEMO)
  const one = desk()
  await one.run(`${server.url}activity/p/105/`)
  const report = await one.run(`${server.url}members/amara-of-old/activity/105/`)
  expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
  expect(report.targets[0]?.notes).toEqual([])
  expect(one.sql('SELECT count(*) AS gone FROM posts WHERE gone_at IS NOT NULL')).toEqual([{ gone: 0 }])
})
