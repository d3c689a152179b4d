import { describe, expect, it } from 'vitest'
import type { Post } from '../../../src/model/discussion.js'
import { exactly } from '../../../src/model/time.js'
import { GARDENERS, page, post, SITE, shelf } from '../shelf.js'

/** Activity items that repeat posts of a forum, and those posts. */

const TOPIC = `${GARDENERS.url}forum/topic/slugs/`
const AROUND = { from: '2025-05-31T22:00:00Z', to: '2025-06-02T00:00:59Z' }

const topic = post('bbp:50', null, { type: 'topic', heading: 'Slugs', text: 'Beer traps', url: TOPIC, when: AROUND })
const reply = post('bbp:52', 'bbp:50', {
  type: 'reply',
  text: 'Copper rings',
  url: `${TOPIC}page/2/#post-52`,
  when: AROUND,
})
const forum = (posts: Post[] = [topic, reply]) =>
  page(posts, { template: 'bbpress', about: { kind: 'thread', id: 'bbp:50' } })

const mirrors = (scheme = 'https') =>
  page([
    post('7', null, {
      type: 'bbp_topic_create',
      text: 'Beer traps',
      url: TOPIC.replace('https', scheme),
      when: exactly('2025-06-01T11:00:07Z'),
    }),
    post('8', null, {
      type: 'bbp_reply_create',
      text: 'Copper rings',
      url: `${TOPIC.replace('https', scheme)}#post-52`,
      when: exactly('2025-06-01T12:30:00Z'),
    }),
  ])

const datesOf = (one: ReturnType<typeof shelf>) =>
  one
    .sql<{ at: string | null }>("SELECT posted_at AS at FROM posts WHERE site_post_id GLOB 'bbp:*' ORDER BY id")
    .map(({ at }) => at)

const listed = (one: ReturnType<typeof shelf>, withoutTypes: string[]) =>
  [...one.archive.reader.threadSummaries({ withoutTypes })].map(({ id }) => id)

const search = (one: ReturnType<typeof shelf>, text: string) => {
  const query = { kind: 'words', text, isStart: false } as const
  const hits = [...one.archive.search.hits({ query, order: 'rank', limit: null, offset: 0 })]
  expect(one.archive.search.count(query)).toBe(hits.length)
  return hits.map(({ id }) => id)
}

describe('posts of a forum', () => {
  it.each([
    ['before', 'https'],
    ['after', 'https'],
    ['before', 'http'],
  ])('have the exact date of the activity items that were read %s them (%s)', (when, scheme) => {
    const one = shelf()
    if (when === 'before') one.save(mirrors(scheme))
    one.save(forum())
    if (when === 'after') one.save(mirrors(scheme))
    expect(datesOf(one)).toEqual(['2025-06-01T11:00:07Z', '2025-06-01T12:30:00Z'])
    one.close()
  })

  it('keep their interval if the date of the item is outside of it', () => {
    const one = shelf()
    one.save(mirrors())
    const later = { from: '2025-07-01T00:00:00Z', to: '2025-07-02T00:00:00Z' }
    one.save(
      forum([
        { ...topic, when: later },
        { ...reply, when: later },
      ]),
    )
    expect(datesOf(one)).toEqual([null, null])
    one.close()
  })

  it('keep an exact date when their page is read again', () => {
    const one = shelf()
    one.save(forum())
    one.save(mirrors())
    expect(one.save(forum()).changedPosts).toBe(0)
    expect(datesOf(one)).toEqual(['2025-06-01T11:00:07Z', '2025-06-01T12:30:00Z'])
    one.close()
  })
})

describe('an activity item that repeats a post of a forum', () => {
  it('is left out of documents and found by no search, once the archive holds the post', () => {
    const one = shelf()
    one.save(mirrors())
    expect(listed(one, ['joined_group'])).toEqual(['7', '8'])
    expect([search(one, 'beer'), search(one, 'copper')]).toEqual([['7'], ['8']])
    one.save(forum())
    expect(listed(one, ['joined_group'])).toEqual(['bbp:50'])
    expect(listed(one, [])).toEqual(['bbp:50', '7', '8'])
    expect([search(one, 'beer'), search(one, 'copper')]).toEqual([['bbp:50'], ['bbp:52']])
    one.close()
  })

  it('stays where its post is not held: a topic of another address, a reply of another site', () => {
    const one = shelf()
    one.save(mirrors())
    one.save(forum([{ ...topic, url: `${GARDENERS.url}forum/topic/snails/` }]))
    one.save({ ...forum([topic, reply]), site: { url: 'https://other.example/', name: null } })
    expect(listed(one, ['joined_group'])).toContain('7')
    expect(listed(one, ['joined_group'])).toContain('8')
    one.close()
  })
})

it('finds a topic by its address, and a reply by its number in any address of its topic', () => {
  const one = shelf()
  one.save(forum())
  const named = (name: string) => [...one.archive.reader.threadSummaries({ threads: [name] })].map(({ id }) => id)
  for (const name of [
    TOPIC,
    TOPIC.slice(0, -1),
    TOPIC.replace('https', 'http'),
    `${TOPIC}page/3/`,
    `${TOPIC}page/3/#post-52`,
    'bbp:52',
  ])
    expect(named(name), name).toEqual(['bbp:50'])
  for (const name of [
    `${GARDENERS.url}forum/topic/snails/`,
    `${TOPIC}#post-99`,
    `https://other.example/forums/topic/slugs/`,
    SITE,
  ])
    expect(named(name), name).toEqual([])
  one.close()
})
