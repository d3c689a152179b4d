import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { type CommunityParts, communityOf, type SeenRequest } from '../community/index.js'
import { town } from '../community/town.js'
import { bending, streamPageOf } from './bent.js'
import { desk, idsHeld } from './outside.js'

/** The feed of a group counts the replies of each thread: more than its pages showed is a reason to look again. */

/** Thread 1 with replies 2 (whose replies are 3 and 4) and 5; thread 6 with reply 7. */
const TALK: CommunityParts = {
  posts: [
    { id: 1 },
    { id: 2, parentId: 1 },
    { id: 3, parentId: 2 },
    { id: 4, parentId: 2 },
    { id: 5, parentId: 1 },
    { id: 6 },
    { id: 7, parentId: 6 },
  ],
}

type Cut = (request: SeenRequest) => string | null

/** A theme that leaves these replies out, by a selector, and the mark of threads with replies. */
const without = (cut: Cut) =>
  bending((body, request) => {
    const selector = /<li[^>]*id="acomment-/.test(body) ? cut(request) : null
    if (selector === null) return null
    const $ = load(body)
    $(selector).remove()
    $('.has-comments').removeClass('has-comments')
    return $.html()
  })

const inFeed = (change: (id: number, replies: number) => number) => (body: string) =>
  body.replace(/(<item>[\s\S]*?\/p\/(\d+)\/[\s\S]*?<slash:comments>)(\d+)/g, (_all, before, id, replies) =>
    [before, change(Number(id), Number(replies))].join(''),
  )

async function archived(cut: Cut, parts = TALK, options = {}) {
  const { server } = await town({ pack: 'legacy', intercept: without(cut), ...options }, communityOf(parts))
  const one = desk()
  const report = await one.run(`${server.url}groups/gardeners/`, { via: 'page' })
  const [target] = report.targets
  const messages = (target?.problems ?? []).map(({ message }) => message)
  const looks = server.requests.filter(({ path }) => /\/activity\/\d+\/$/.test(path)).length
  return { report, target, messages, one, looks, whole: one.groups()[0]?.completeness, server }
}

const NESTED = 'li[id^="acomment"] li[id^="acomment"]'

describe('a theme without nested replies and without a mark for threads that have any', () => {
  it('is named with exit code 3, and its thread is short of what the feed counts', async () => {
    const { report, messages, one, whole } = await archived(() => NESTED)
    expect(report.exitCode).toBe(3)
    expect(messages).toEqual([expect.stringMatching(/Thread 1: .* counts 4 replies, and 2 /)])
    expect(whole).toMatchObject({ state: 'short', held: 5, claimed: 7 })
    expect(one.threads().map(({ id, completeness }) => [id, completeness.state])).toEqual([
      ['1', 'short'],
      ['6', 'complete'],
    ])
  })

  it('stays named by later syncs, and is whole once the theme shows all', async () => {
    let isMended = false
    const { one } = await archived(() => (isMended ? null : NESTED))
    expect((await one.sync()).exitCode).toBe(3)
    isMended = true
    expect((await one.sync()).exitCode).toBe(0)
    expect(one.groups()[0]?.completeness).toMatchObject({ state: 'complete', held: 7 })
  })

  it("is read by the thread's own page where that shows them", async () => {
    const { report, one, looks, whole } = await archived(request => (streamPageOf(request) ? NESTED : null))
    expect([report.exitCode, looks]).toEqual([0, 1])
    expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(whole).toMatchObject({ state: 'complete', held: 7, claimed: 7 })
  })

  it('is read by REST where the list is closed and single posts are open', async () => {
    const isList = ({ path }: SeenRequest) => path.endsWith('/activity')
    const intercept: ReturnType<typeof bending> = (request, response) =>
      isList(request) ? Boolean(response.writeHead(401).end('{}')) : without(() => NESTED)(request, response)
    const { server } = await town({ pack: 'legacy', rest: true, intercept }, communityOf(TALK))
    const one = desk()
    const report = await one.run(`${server.url}groups/gardeners/`)
    expect(report.exitCode).toBe(0)
    expect(idsHeld(one)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(one.groups()[0]?.completeness).toMatchObject({ state: 'complete', held: 7 })
  })

  it('brings the feeds of the other groups, which are read before and after', async () => {
    const posts = ['bakers', 'gardeners', 'smiths'].flatMap((groupSlug, at) => [
      { id: 10 * at + 1, groupSlug },
      { id: 10 * at + 2, parentId: 10 * at + 1 },
      { id: 10 * at + 3, parentId: 10 * at + 2 },
    ])
    const groups = [{ slug: 'bakers' }, { slug: 'gardeners' }, { slug: 'smiths' }]
    const { server } = await town(
      { pack: 'legacy', intercept: without(() => NESTED) },
      communityOf({ groups, posts } as CommunityParts),
    )
    const report = await desk().run(`${server.url}groups/`, { via: 'page' })
    const named = report.targets[0]?.problems.map(({ message }) => /^Thread (\d+)/.exec(message)?.[1])
    expect(named?.toSorted()).toEqual(['1', '11', '21'])
  })
})

describe('a feed that counts more than anybody may see', () => {
  const more =
    (id: number) =>
    (_body: string, { path }: SeenRequest) =>
      path.endsWith('/feed/') && id
  const counting = (id: number) =>
    bending((body, request) =>
      more(id)(body, request) ? inFeed((thread, replies) => replies + (thread === id ? 1 : 0))(body) : null,
    )
  const read = (id: number) => archived(() => null, TALK, { intercept: counting(id) })

  it('is a note where the site shows a larger and deeper thread whole', async () => {
    const { report, target, whole } = await read(6)
    expect(report.exitCode).toBe(0)
    expect(target?.notes.map(({ message }) => message)).toEqual([expect.stringMatching(/Thread 6: .*shows to nobody/)])
    expect(whole).toMatchObject({ state: 'complete', held: 7 })
  })

  it('is a problem where nothing shows that the theme prints such threads whole', async () => {
    const { report, messages } = await read(1)
    expect(report.exitCode).toBe(3)
    expect(messages).toEqual([expect.stringMatching(/Thread 1: .* counts 5 replies, and 4 /)])
  })

  it('costs no request where the counts agree', async () => {
    const { report, looks } = await archived(() => null)
    expect([report.exitCode, looks]).toEqual([0, 0])
  })
})
