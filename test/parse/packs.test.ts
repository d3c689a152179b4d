import { afterAll, expect, it } from 'vitest'
import type { FetchRequest } from '../../src/model/capture.js'
import type { Post } from '../../src/model/discussion.js'
import type { Page } from '../../src/model/page.js'
import { parse } from '../../src/parse/index.js'
import { type CommunityServer, DEMO, DEMO_NOW, serveCommunity, viewOf } from '../community/index.js'

const legacy = await serveCommunity(DEMO, { pack: 'legacy' })
const nouveau = await serveCommunity(DEMO, { pack: 'nouveau' })
afterAll(() => Promise.all([legacy.close(), nouveau.close()]))

async function read(request: FetchRequest): Promise<Page> {
  const { url, form, referer } = request
  const headers = referer ? { referer } : {}
  const init = form ? { method: 'POST', body: new URLSearchParams(form), headers } : {}
  const response = await fetch(url, init)
  const body = new Uint8Array(await response.arrayBuffer())
  const capturedAt = new Date(DEMO_NOW * 1000).toISOString()
  return parse({
    request,
    url: response.url,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body,
    capturedAt,
  })
}

/** All pages of a group, as the pack's own visitors get them. */
async function group(server: CommunityServer, slug: string): Promise<Post[]> {
  const home = `${server.url}groups/${slug}/`
  const posts: Post[] = []
  for (let page = 1, more = true; more; page++) {
    const seen = await read(server === legacy ? { url: `${home}?acpage=${page}` } : filter(server, home, page))
    posts.push(...seen.posts)
    more = seen.more
  }
  return posts
}

const filter = (server: CommunityServer, referer: string, page: number): FetchRequest => ({
  url: `${server.url}wp-admin/admin-ajax.php`,
  form: { action: 'activity_filter', object: 'activity', page: String(page), nonce: '4be1f09c27' },
  referer,
})

const local = (value: unknown, server: CommunityServer): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(server.url, 'http://demo/'))

/** What both packs must agree upon. Dates apart: Legacy has only words for replies. Labels ("[Read more]") are no text. */
const essence = (
  { id, threadId, parentId, type, author, group, text, html, truncated }: Post,
  server: CommunityServer,
): unknown => {
  const who = author && { id: author.id, slug: author.slug, name: author.name }
  return local({ id, threadId, parentId, type, who, group: group?.slug, text, html, truncated }, server)
}

const publicGroups = DEMO.groups.filter(group => group.status === 'public').map(group => group.slug)

it('looks at groups with many posts', () => expect(publicGroups.length).toBeGreaterThan(1))

it.each(publicGroups)('%s is the same through both packs', async slug => {
  const [a, b] = [await group(legacy, slug), await group(nouveau, slug)]
  const held = DEMO.posts.filter(post => post.groupSlug === slug).map(post => String(post.id))
  expect(a.map(post => post.id).sort()).toEqual(held.sort())
  expect(a.map(post => essence(post, legacy))).toEqual(b.map(post => essence(post, nouveau)))
})

it.each(publicGroups)(
  '%s has no date in one pack that the other contradicts, and all dates of Nouveau are true',
  async slug => {
    const view = viewOf(DEMO)
    const dates = new Map((await group(legacy, slug)).map(post => [post.id, post.when]))
    for (const post of await group(nouveau, slug)) {
      const truth = view.post(Number(post.id))?.date.slice(0, 19) ?? ''
      expect(post.when).toEqual({ from: `${truth}Z`, to: `${truth}Z` })
      const { from, to } = dates.get(post.id) ?? { from: null, to: null }
      expect((from ?? '') <= `${truth}Z` && `${truth}Z` <= (to ?? '')).toBe(true)
    }
  },
)

it.each(publicGroups)('%s: every thread is the same on its own page', async slug => {
  const threads = (await group(nouveau, slug)).filter(post => post.parentId === null && post.author?.slug)
  for (const { id } of threads) {
    const page = await read({ url: `${legacy.url}activity/p/${id}/` })
    const loader = await read({ url: `${nouveau.url}activity/p/${id}/` })
    expect(loader).toMatchObject({ loader: 'activity', about: { kind: 'thread', id }, posts: [], wall: null })
    const call = await read(filter(nouveau, loader.url, 1))
    expect(page.posts.map(post => essence(post, legacy))).toEqual(call.posts.map(post => essence(post, nouveau)))
    expect(page.posts.some(post => post.truncated)).toBe(false)
  }
})
