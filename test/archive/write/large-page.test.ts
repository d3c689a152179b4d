import { expect, it } from 'vitest'
import type { Post } from '../../../src/model/discussion.js'
import { exactly } from '../../../src/model/time.js'
import { page, post, SITE, shelf } from '../shelf.js'

/** Pages of more posts than are known at a time. */

const COUNT = 5100
const replies = (last: Partial<Post>): Post[] => [
  post('1', null),
  ...Array.from({ length: COUNT - 2 }, (_, at) => post(`${at + 2}`, '1')),
  post(`${COUNT}`, '2', { threadId: '1', ...last }),
]

it('a reply far below its parent, and all that is known of it, is saved and folded as on a small page', () => {
  const one = shelf()
  const thread = (last: Partial<Post> = {}) => page(replies(last))
  expect(one.save(thread())).toMatchObject({ newPosts: COUNT, contradictions: [] })
  expect(one.save(thread())).toMatchObject({ newPosts: 0, changedPosts: 0, posts: COUNT })
  const edit = { html: '<p>Edited</p>', text: 'Edited' }
  expect(one.save(thread(edit))).toMatchObject({ newPosts: 0, changedPosts: 1, contradictions: [] })
  const last = `SELECT posts.position, posts.text, parent.site_post_id AS parent FROM posts JOIN posts AS parent ON parent.id = posts.parent_id
    WHERE posts.site_post_id = '${COUNT}'`
  expect(one.sql(last)).toEqual([{ position: COUNT - 1, text: 'Edited', parent: '2' }])
  expect(
    one.sql('SELECT claimed, count(DISTINCT last_seen_at) AS times FROM threads JOIN posts ON thread_id = threads.id'),
  ).toEqual([{ claimed: COUNT, times: 1 }])
  expect(one.sql('SELECT count(*) AS rows FROM sightings')).toEqual([{ rows: COUNT }])
})

it('a topic takes the date of the item that repeats it, however far above it is', () => {
  const one = shelf()
  const url = `${SITE}groups/gardeners/forum/topic/slugs/`
  const mirror = post('1', null, { type: 'bbp_topic_create', url, when: exactly('2025-06-01T11:00:07Z') })
  const around = { from: '2025-05-31T22:00:00Z', to: '2025-06-02T00:00:59Z' }
  const between = Array.from({ length: COUNT }, (_, at) => post(`${at + 2}`, null))
  one.save(page([mirror, ...between, post('bbp:50', null, { type: 'topic', heading: 'Slugs', url, when: around })]))
  expect(one.sql("SELECT posted_at FROM posts WHERE site_post_id = 'bbp:50'")).toEqual([
    { posted_at: '2025-06-01T11:00:07Z' },
  ])
})
