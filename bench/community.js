import { communityOf, DEMO, postHtml, serveCommunity } from '../build/community/index.js'

/**
 * An invented community of any size, similar to real communities: pages of 20 threads with about 85 replies, 100 to 130 kB,
 * with links, mentions and images; streams shorten one text in thirty. Each call returns the same community.
 */

const HOUR = 3_600_000
const FIRST_DATE = Date.UTC(2019, 0, 1)

/** Whole sentences of the demo, so that the number and variety of words is realistic. */
const SENTENCES = DEMO.posts
  .map(post =>
    postHtml(post, 'https://demo.example/')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  .filter(text => text.length > 20)
  .map(text => text.replaceAll('<', '&lt;').slice(0, 160))

/** The number of replies of a thread, and the parent of each reply by its index in the thread (0 is the opening post). */
const SHAPES = [
  [0, 1, 0],
  [0, 1, 2, 1, 0, 5, 0],
  [],
  [0, 0, 2],
  [0, 1, 2, 3, 4, 5, 6, 0, 8],
  [0],
  [0, 1, 0, 0, 4, 1, 0],
]

const EXTRAS = [
  member => `<a class='bp-suggestions-mention' href='{site}members/${member}/' rel='nofollow'>@${member}</a> `,
  (_member, id) => `<a href="https://example.org/notes/${id}?page=1&amp;of=3" rel="nofollow ugc">notes ${id}</a> `,
  (_member, id) =>
    `<img src="{site}wp-content/uploads/2024/05/picture-${id}.jpg" alt="A picture" width="600" height="400" /> `,
]

function textOf(id, members) {
  const sentence = step => SENTENCES[(id * 7 + step * 13) % SENTENCES.length]
  const extra = id % 5 === 0 ? EXTRAS[(id / 5) % EXTRAS.length](members[id % members.length].slug, id) : ''
  const count = id % 30 === 0 ? 9 : 1 + (id % 4)
  const words = Array.from({ length: count }, (_, step) => sentence(step)).join(' ')
  return `<p>${extra}${words} (${id})</p>\n`
}

function threadOf(firstId, shape, members) {
  const at = place => new Date(FIRST_DATE + (firstId + place) * HOUR).toISOString()
  return [null, ...shape].map((answers, place) => {
    const id = firstId + place
    const memberId = members[(id * 3) % members.length].id
    return {
      id,
      parentId: answers === null ? null : firstId + answers,
      memberId,
      date: at(place),
      html: textOf(id, members),
    }
  })
}

export function bigCommunity(threads) {
  const members = Array.from({ length: 120 }, (_, at) => ({
    id: at + 2,
    slug: `member-${at}`,
    name: `Member Number ${at}`,
  }))
  const posts = []
  for (let at = 0; at < threads; at++) posts.push(...threadOf(posts.length + 1, SHAPES[at % SHAPES.length], members))
  const { posts: none, ...frame } = communityOf({
    members,
    groups: [{ slug: 'gardeners', name: 'Gardeners of Testville' }],
  })
  return { ...frame, posts: [...none, ...posts.map(whole)] }
}

const whole = post => ({
  ...post,
  groupSlug: 'gardeners',
  type: post.parentId === null ? 'activity_update' : 'activity_comment',
})

/** @returns {Promise<import('../test/community/index.js').CommunityServer>} */
export const serveBig = (threads, pack, rest) => serveCommunity(bigCommunity(threads), { pack, rest })
