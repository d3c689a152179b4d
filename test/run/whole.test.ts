import { describe, expect, it } from 'vitest'
import { communityOf, DEMO, type PackName, viewOf } from '../community/index.js'
import { town } from '../community/town.js'
import { contentOf, desk, idsHeld, outcome } from './outside.js'

const view = viewOf(DEMO)
const idsOf = (posts: readonly { id: number }[]) => posts.map(post => post.id).sort((a, b) => a - b)
const OPEN = idsOf(DEMO.posts.filter(post => view.isPublic(post) && post.groupSlug !== null))
const PACKS = ['legacy', 'nouveau'] as const
const LONG = `<p>${'A long tale about beans and how to sow them. '.repeat(20)}</p>\n`

describe.each(PACKS)('a site with the %s pack', pack => {
  it('is held whole: every post of every open group, once', async () => {
    const { server } = await town({ pack })
    const one = desk()
    const report = await one.run(server.url)
    expect(outcome(report)).toMatchObject({ code: 0, state: 'done' })
    expect(idsHeld(one)).toEqual(OPEN)
    expect(report.newPosts).toBe(OPEN.length)
    expect(one.groups().map(group => [group.slug, group.completeness.state, group.access])).toEqual([
      ['fox-hollow-gardeners', 'complete', 'open'],
      ['mend-and-make', 'complete', 'open'],
      ['committee-corner', 'unknown', 'members'],
      ['swap-shelf', 'complete', 'open'],
    ])
  })

  it('gives texts, parents, authors and dates as they are', async () => {
    const { server } = await town({ pack })
    const one = desk()
    await one.run(server.url)
    for (const { posts } of one.threads()) {
      for (const { post, depth } of posts) if (depth === 0) checkPost(post, pack, server.url)
      expect(posts.filter(({ depth }) => depth === 0)).toHaveLength(1)
      const replyIds = posts.filter(({ depth }) => depth === 1).map(reply => Number(reply.post.id))
      const known = view.post(Number(posts[0]?.post.id))
      expect(replyIds).toEqual(view.replies(known as never).map(reply => reply.id))
    }
  })

  it('asks for nothing twice, and a second run brings nothing new', async () => {
    const { server } = await town({ pack })
    const one = desk()
    await one.run(server.url)
    const asked = server.requests.map(
      ({ path, query, form, referer }) => `${path}?${query} ${JSON.stringify(form)} ${referer}`,
    )
    expect(new Set(asked).size).toBe(asked.length)
    const before = contentOf(one, server.url)
    expect(await one.run(server.url)).toMatchObject({ newPosts: 0, changedPosts: 0, exitCode: 0 })
    expect(contentOf(one, server.url)).toEqual(before)
  })

  it('reads a group, a thread, a member and the site-wide stream', async () => {
    const { server } = await town({ pack })
    const root = view.threads('mend-and-make').find(post => view.replies(post).length > 0 && view.member(post.memberId))
    const cases: [string, number[]][] = [
      ['groups/mend-and-make/', idsOf(DEMO.posts.filter(post => post.groupSlug === 'mend-and-make'))],
      [`activity/p/${root?.id}/`, idsOf(DEMO.posts.filter(post => view.root(post)?.id === root?.id))],
      ['activity/', idsOf(DEMO.posts.filter(post => view.isPublic(post)))],
    ]
    for (const [path, ids] of cases) {
      const one = desk()
      expect(outcome(await one.run(server.url + path)), path).toMatchObject({ code: 0, state: 'done' })
      expect(idsHeld(one), path).toEqual(ids)
    }
    const one = desk()
    const theirs = view.memberStream(4).filter(post => view.member(view.root(post)?.memberId ?? 0))
    expect(outcome(await one.run(`${server.url}members/daryna/`)).state).toBe('done')
    expect(idsHeld(one)).toEqual(expect.arrayContaining(theirs.map(post => post.id)))
  })

  it('reads a site in a sub-directory', async () => {
    const { server } = await town({ pack, basePath: '/town' })
    const one = desk()
    expect((await one.run(server.url)).exitCode).toBe(0)
    expect(idsHeld(one)).toEqual(OPEN)
    expect(new Set(one.groups().map(group => group.site))).toEqual(new Set([server.url]))
  })
})

function checkPost(post: { id: string; html: string; when: unknown; truncated: boolean }, pack: PackName, url: string) {
  const known = view.post(Number(post.id))
  expect(post.truncated).toBe(false)
  expect(post.html.trim(), post.id).toBe((known?.html ?? '').replaceAll('{site}', url).trim())
  const at = known?.date.replace(/(\.\d+)?Z$/, 'Z')
  expect(post.when, `${pack} ${post.id}`).toEqual({ from: at, to: at })
}

describe('the two routes', () => {
  it('give the same posts', async () => {
    const { server } = await town({ pack: 'legacy' })
    const [page, ajax] = [desk(), desk()]
    expect(outcome(await page.run(server.url, { via: 'page' })).target?.route).toBe('page')
    expect(outcome(await ajax.run(server.url, { via: 'ajax' })).target?.route).toBe('ajax')
    expect(contentOf(ajax, server.url)).toEqual(contentOf(page, server.url))
  })

  it('say so where the page route finds no items', async () => {
    const { server } = await town({ pack: 'nouveau' })
    const one = desk()
    expect(outcome(await one.run(`${server.url}groups/mend-and-make/`, { via: 'page' }))).toMatchObject({
      code: 5,
      state: 'failed',
      advice: 'Run the command without --via page.',
    })
    expect(idsHeld(one)).toEqual([])
  })
})

describe('odd communities', () => {
  it.each(PACKS)('a member who wrote nothing but replies, sixty in a row (%s)', async pack => {
    const members = [{}, { slug: 'bee' }]
    const replies = Array.from({ length: 70 }, (_, at) => ({ id: 100 + at, parentId: 1, memberId: 3 }))
    const { server } = await town({ pack }, communityOf({ members, posts: [{ id: 1 }, ...replies] }))
    const one = desk()
    expect(outcome(await one.run(`${server.url}members/bee/`))).toMatchObject({ code: 0 })
    expect(idsHeld(one)).toHaveLength(71)
  })

  it.each(PACKS)('long texts of a deleted member are had all the same (%s)', async pack => {
    const posts = [
      { html: LONG, memberId: 99 },
      { html: LONG, parentId: 1 },
    ]
    const { server } = await town({ pack }, communityOf({ posts }))
    const one = desk()
    expect(outcome(await one.run(`${server.url}groups/gardeners/`))).toMatchObject({ code: 0, state: 'done' })
    const [thread] = one.threads()
    expect(thread?.completeness).toEqual({ state: 'complete', held: 2, claimed: 2 })
    expect(thread?.posts[0]?.post.html.trim()).toBe(LONG.trim())
  })

  it('does not need a Date header', async () => {
    const posts = [{ date: '2026-06-15T10:00:00Z' }, { parentId: 1, date: '2026-06-15T10:30:00Z' }]
    const { server } = await town(
      {
        pack: 'legacy',
        intercept: (_request, response) => {
          response.removeHeader('Date')
          return false
        },
      },
      communityOf({ posts }),
    )
    const one = desk()
    expect((await one.run(server.url)).exitCode).toBe(0)
    const reply = one.threads()[0]?.posts[1]?.post
    expect((reply?.when.from ?? '') <= '2026-06-15T10:30:00Z' && (reply?.when.to ?? '') >= '2026-06-15T10:30:00Z').toBe(
      true,
    )
  })

  it('several targets that share threads: each post once', async () => {
    const { server } = await town()
    const one = desk()
    const first = `${server.url}groups/mend-and-make/`
    const report = await one.run([first, first.slice(0, -1), server.url, `${server.url}activity/`])
    // The closing slash makes no other target.
    expect([report.exitCode, report.targets.map(target => target.state)]).toEqual([0, ['done', 'done', 'done']])
    expect(idsHeld(one)).toEqual(idsOf(DEMO.posts.filter(post => view.isPublic(post))))
    expect(report.newPosts).toBe(idsHeld(one).length)
  })
})
