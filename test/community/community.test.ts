import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { communityOf, DEMO, DEMO_NOW, type DemoPost, postHtml, viewOf } from './index.js'

const view = viewOf(DEMO)
const depth = (post: DemoPost): number => 1 + Math.max(0, ...view.replies(post).map(reply => depth(reply)))

const flat = (post: DemoPost): DemoPost[] => [post, ...view.replies(post).flatMap(flat)]

/** What a visitor finds in each group; README and tests of the command name these numbers. */
const shown = (slug: string): [number, number] => {
  const threads = view.threads(slug)
  return [threads.length, threads.flatMap(flat).length]
}

describe('the demo community', () => {
  it('has groups of every kind, and what a visitor sees of them is known', () => {
    expect(DEMO.groups.map(group => [group.slug, group.status, ...shown(group.slug)])).toEqual([
      ['fox-hollow-gardeners', 'public', 35, 95],
      ['mend-and-make', 'public', 9, 21],
      ['committee-corner', 'private', 0, 0],
      ['swap-shelf', 'public', 0, 0],
    ])
  })

  it('holds every post in a thread, with ids that count up with the dates', () => {
    expect(DEMO.posts.filter(post => !view.root(post))).toEqual([])
    expect(DEMO.posts.map(post => post.id)).toEqual(DEMO.posts.map((_, index) => 101 + index))
    expect(DEMO.posts.map(post => post.date)).toEqual(DEMO.posts.map(post => post.date).toSorted())
    expect(DEMO.posts.every(post => Date.parse(post.date) < DEMO_NOW * 1000)).toBe(true)
  })

  it('has a thread twelve replies deep', () => {
    expect(Math.max(...view.threads('fox-hollow-gardeners').map(depth)) - 1).toBe(12)
  })

  it('has rich texts of every kind, all well-formed', () => {
    const all = load(DEMO.posts.map(post => postHtml(post, 'http://x.test/')).join(''))
    for (const what of ['ul', 'ol', 'blockquote', 'pre code', 'img[alt]', 'a[rel]', 'a.bp-suggestions-mention']) {
      expect(all(what).length, what).toBeGreaterThan(0)
    }
    expect(all('a.bp-suggestions-mention').attr('href')).toMatch(/^http:\/\/x\.test\/members\//)
  })

  it('has posts by a member who was deleted', () => {
    const orphans = DEMO.posts.filter(post => !view.member(post.memberId))
    expect(new Set(orphans.map(post => post.memberId))).toEqual(new Set([18]))
    expect(orphans.map(post => post.parentId === null)).toContain(true)
  })
})

describe('communityOf', () => {
  it('fills in all that a test leaves out', () => {
    const { groups, posts } = communityOf({ posts: [{}, { parentId: 1 }, { id: 9, html: '' }, {}] })
    expect(groups[0]).toMatchObject({ id: 1, slug: 'gardeners', status: 'public' })
    expect(posts.map(post => [post.id, post.parentId, post.type])).toEqual([
      [1, null, 'activity_update'],
      [2, 1, 'activity_comment'],
      [9, null, 'activity_update'],
      [10, null, 'activity_update'],
    ])
  })

  it('shows a reply that is older than its parent below the root, as BuddyPress does', () => {
    const community = communityOf({
      posts: [{}, { parentId: 1 }, { parentId: 2, date: '2024-01-01T09:30:00Z' }],
    })
    const { replies } = viewOf(community)
    expect(replies(community.posts[0] as DemoPost).map(post => post.id)).toEqual([3, 2])
  })
})
