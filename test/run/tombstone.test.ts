import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/model/task.js'
import { TASK_REASONS } from '../../src/model/task-reasons.js'
import type { SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { INSTEAD, type Instead } from './answers.js'
import { lively, ROUTES } from './lively.js'
import { desk } from './outside.js'

/** The opening post of a thread is gone, and its page says so in one of the two ways that HTTP has. */
async function buried(status: number, target: string) {
  const community = lively(25)
  const { server } = await town(
    {
      pack: 'legacy',
      intercept: ({ path }, response) => {
        if (!path.includes('/activity/p/5') || community.posts.some(({ id }) => id === 5)) return false
        response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html><body>Nothing here</body></html>')
        return true
      },
    },
    community,
  )
  const one = desk()
  await one.run(server.url + target)
  community.posts = community.posts.filter(({ id }) => id !== 5)
  one.clock.advance(86_400_000)
  const report = await one.sync()
  const gone = one.sql("SELECT site_post_id AS id, gone_reason AS reason FROM posts WHERE status = 'gone' ORDER BY id")
  return { report, gone, standing: one.standing() }
}

describe.each([404, 410])('a thread whose own address answers %i', status => {
  it.each(['groups/gardeners/', 'activity/p/5/'])('is gone for that reason (target: %s)', async target => {
    const { report, gone, standing } = await buried(status, target)
    expect(report).toMatchObject({ exitCode: 0, gonePosts: 3 })
    expect(gone[0]).toEqual({ id: '10051', reason: 'its thread is gone' })
    expect(gone.at(-1)).toEqual({ id: '5', reason: String(status) })
    expect(standing.targets[0]).toMatchObject({ pending: 0, gaps: [] })
  })
})

/** The author of a thread is no member any more: as BuddyPress 11 redirects its address. */
const deletedAuthor = (id: number) => (request: SeenRequest, response: ServerResponse) => {
  const isPage = /\/activity\/(p\/)?5\/$/.test(request.path)
  if (!isPage) return false
  if (request.path.includes('/p/')) response.writeHead(302, { Location: `/members/activity/${id}/` }).end()
  else INSTEAD['not found'](response)
  return true
}

describe('a thread whose address leads to a member who is not there', () => {
  it.each(['groups/gardeners/', 'activity/p/5/'])('is not gone (target: %s)', async target => {
    const community = lively(25)
    let isDeleted = false
    const intercept = (request: SeenRequest, response: ServerResponse) =>
      isDeleted && deletedAuthor(5)(request, response)
    const { server } = await town({ pack: 'legacy', intercept }, community)
    const one = desk()
    await one.run(server.url + target)
    isDeleted = true
    community.posts = community.posts.filter(({ id }) => id !== 5)
    one.clock.advance(86_400_000)
    const report = await one.sync()
    expect(report).toMatchObject({ exitCode: 0, gonePosts: 0 })
    expect(one.sql("SELECT site_post_id FROM posts WHERE status = 'gone'")).toEqual([])
  })
})

describe.each(ROUTES)('a list that shows a thread without one of its replies, by $name', way => {
  const REPLY = 10_012
  /** The thread is on the second page; REST has one page only. */
  const isItsPage = ({ query, form }: SeenRequest) =>
    query.has('group_id') || form['page'] === '2' || query.get('acpage') === '2'

  /** The list lacks the reply once; `second` answers the second look. */
  async function lacking(second: 'with it' | 'without it' | Instead) {
    const community = lively(25)
    const all = community.posts
    const without = all.filter(({ id }) => id !== REPLY)
    let looks = -1
    const { server } = await town(
      {
        ...way,
        intercept: (request, response) => {
          const isLook = isItsPage(request) || request.path.endsWith('/buddypress/v1/activity/1')
          if (looks >= 0 && isLook) looks++
          community.posts = looks > 0 && (looks === 1 || second === 'without it') ? without : all
          if (!isLook || looks !== 2 || second === 'with it' || second === 'without it') return false
          INSTEAD[second](response)
          return true
        },
      },
      community,
    )
    const one = desk()
    await one.run(server.url, { via: way.via as Route })
    looks = 0
    one.clock.advance(86_400_000)
    const report = await one.sync({ explain: true, retries: 0 })
    return { report, gone: one.sql("SELECT site_post_id AS id FROM posts WHERE status = 'gone'") }
  }

  it('is no proof: it is looked at once more, and has it', async () => {
    const { report, gone } = await lacking('with it')
    expect([report.exitCode, gone]).toEqual([0, []])
    expect(report.targets[0]?.requests).toContainEqual({ why: TASK_REASONS.absent, requests: 1 })
  })

  it.each(['a login form', 'not BuddyPress'] as const)('and %s at the second look proves nothing', async instead => {
    expect((await lacking(instead)).gone).toEqual([])
  })

  it('and lacks it again: then the reply is gone', async () => {
    const { report, gone } = await lacking('without it')
    expect([report.exitCode, gone]).toEqual([0, [{ id: String(REPLY) }]])
  })
})
