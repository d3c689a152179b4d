import { describe, expect, it } from 'vitest'
import { parse } from '../../../src/parse/index.js'

/** Pages of bbPress that somebody saved by themselves, and authors who are no members. */

const SITE = 'https://bees.example/'

const page = (path: string, inner: string) =>
  parse({
    request: { url: `${SITE}${path}` },
    url: `${SITE}${path}`,
    status: 200,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: Buffer.from(
      `<!doctype html><html lang="en-US"><head><title>Bees</title></head><body class="bbpress"><div id="content">${inner}</div></body></html>`,
    ),
    capturedAt: '2025-06-01T12:00:00Z',
    imported: { door: 'page', origin: 'saved.html' },
  })

const AUTHOR =
  '<a href="https://bees.example/members/ada/" class="bbp-author-link"><span class="bbp-author-name">Ada</span></a>'

const reply = (id: number, author: string, user = 3) =>
  `<div id="post-${id}" class="bbp-reply-header"><div class="bbp-meta"><span class="bbp-reply-post-date">March 1, 2024 at 8:15 am</span><a href="${SITE}forums/topic/hives/#post-${id}" class="bbp-reply-permalink">#${id}</a></div></div>
<div class="post-${id} reply type-reply user-id-${user} bbp-parent-forum-7 bbp-parent-topic-10"><div class="bbp-reply-author">${author}<div class="bbp-author-role">x</div></div><div class="bbp-reply-content"><p>Words of ${id}</p></div></div>`

const topic = (author: string) =>
  `<div id="bbpress-forums"><ul id="topic-10-replies" class="forums bbp-replies"><li class="bbp-body"><div id="post-10" class="bbp-reply-header"><a href="${SITE}forums/topic/hives/#post-10" class="bbp-reply-permalink">#10</a></div>
<div class="post-10 topic type-topic user-id-0 bbp-parent-forum-7"><div class="bbp-reply-author">${author}</div><div class="bbp-reply-content"><p>About hives</p></div></div>${reply(12, author, 0)}</li></ul></div>`

describe('a reply that was saved alone', () => {
  it.each(['forums/reply/12/', 'groups/bees/forum/reply/12/', 'forums/reply/reply-to-hives/'])('is read: %s', path => {
    const { posts, threads, wall } = page(path, `<div id="bbpress-forums">${reply(12, AUTHOR)}</div>`)
    expect(wall).toBeNull()
    expect(posts).toMatchObject([
      { id: 'bbp:12', threadId: 'bbp:10', type: 'reply', text: 'Words of 12', author: { name: 'Ada' } },
    ])
    expect(threads).toMatchObject([{ id: 'bbp:10', whole: false, claimed: null }])
  })

  it('is none among the results of a search, which belong to any topics', () => {
    const found = `<div id="bbpress-forums"><ul class="bbp-search-results">${reply(12, AUTHOR)}${reply(13, AUTHOR)}</ul></div>`
    expect(page('forums/search/hives/', found).posts).toEqual([])
  })
})

describe('an author who is a guest', () => {
  it.each([
    ['without a page', '<span class="bbp-author-avatar"></span><span class="bbp-author-name">Dr Drone</span>'],
    [
      'with a page of his own',
      '<a href="https://drones.example/me/" class="bbp-author-link"><span class="bbp-author-name">Dr Drone</span></a>',
    ],
  ])('has his name, and no profile: %s', (_, author) => {
    const { posts } = page('forums/topic/hives/', topic(author))
    expect(posts.map(({ id }) => id)).toEqual(['bbp:10', 'bbp:12'])
    for (const post of posts)
      expect(post.author).toEqual({
        ...{ id: expect.stringMatching(/^x[0-9a-f]{16}$/), name: 'Dr Drone' },
        ...{ slug: null, url: null, avatarUrl: null },
      })
  })

  it('without a name is nobody', () => {
    expect(page('forums/topic/hives/', topic('')).posts.map(({ author }) => author)).toEqual([null, null])
  })
})
