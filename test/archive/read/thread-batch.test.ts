import { expect, test } from 'vitest'
import type { StoredThread } from '../../../src/model/archive.js'
import { eventful } from '../eventful.js'
import { page, post, type Shelf, shelf } from '../shelf.js'

/** 120 threads of one to three posts, one of 150, and a few posts of 300 kB: several batches of each kind. */
function manyThreads(): Shelf {
  const one = shelf()
  const posts = Array.from({ length: 120 }, (_, at) => at * 10 + 1).flatMap(id =>
    Array.from({ length: (id % 3) + 1 }, (_, reply) =>
      reply === 0
        ? post(`${id}`, null, id % 400 === 1 ? { text: 'long '.repeat(60_000) } : {})
        : post(`${id + reply}`, `${id}`, { threadId: `${id}`, text: `Reply ${reply}` }),
    ),
  )
  const chain = Array.from({ length: 150 }, (_, at) => `${5000 + at}`)
  const deep = chain.map((id, at) =>
    post(id, at === 0 ? null : (chain[at - 1] ?? null), at === 0 ? {} : { threadId: '5000' }),
  )
  one.save(page([...posts, ...deep]))
  return one
}

const contentOf = ({ posts, ...thread }: StoredThread) => ({ ...thread, posts: [...posts] })

test('the posts of a thread are the same while the walk is at it, later, in another order, and alone', () => {
  const one = manyThreads()
  const { reader } = one.archive
  const walked = [...reader.threads({})].length
  const during: ReturnType<typeof contentOf>[] = []
  for (const thread of reader.threads({})) during.push(contentOf(thread))
  expect(during).toHaveLength(walked)
  expect(during.reduce((sum, { posts }) => sum + posts.length, 0)).toBe(one.sql('SELECT id FROM posts').length)
  const kept = [...reader.threads({})]
  for (const { posts } of kept) expect([...posts]).toHaveLength(posts.length)
  expect(kept.toReversed().map(contentOf).toReversed()).toEqual(during)
  const alone = during.map(({ id }) => [...reader.threads({ threads: [id] })].map(contentOf)[0])
  expect(alone).toEqual(during)
  one.close()
})

test('a thread is read on while the next one is read, as by a page that links to it', () => {
  const one = manyThreads()
  let before: StoredThread | null = null
  for (const thread of one.archive.reader.threads({})) {
    if (before) expect([...before.posts].map(({ post }) => post.threadId)).toHaveLength(before.posts.length)
    const [first] = thread.posts
    expect(first?.post.id).toBe(thread.id)
    before = thread
  }
  one.close()
})

test.each([eventful, manyThreads])('what threads add up to is what the view readable_threads says: %o', make => {
  const one = make()
  const rows = one.sql(`SELECT site_post_id AS id, replies, last_post_at AS last, held, claimed, completeness AS state
    FROM readable_threads ORDER BY id`)
  const threads = [...one.archive.reader.threadSummaries({})].map(({ id, replies, lastPostAt, completeness }) => ({
    ...{ id, replies, last: lastPostAt, ...completeness },
  }))
  expect(new Set(threads)).toEqual(new Set(rows))
  one.close()
})
