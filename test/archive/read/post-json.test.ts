import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { postRecord } from '../../../src/export/record.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { eventful } from '../eventful.js'
import { page, post, shelf } from '../shelf.js'

/** Texts that need care: quotes, controls, separators of lines, halves of emoji, NUL. */
const HOSTILE = `"\\ \u0000\u0001\u001f\u007f\b\f\n\r\t\u2028\u2029 \ud83d \u{1f98b} </script> 漢字`

function hostile() {
  const one = shelf()
  const attachments = [{ kind: 'image' as const, url: 'https://town.example/a.png?"', name: HOSTILE }]
  const links = [{ kind: 'link' as const, url: 'https://other.example/', text: HOSTILE }]
  one.save(
    page([
      post('1', null, { html: HOSTILE, text: HOSTILE, attachments, links }),
      post('2', '1', { author: null, edited: true, when: { from: null, to: '2025-06-01T12:00:00Z' } }),
      ...Array.from({ length: 900 }, (_, at) => post(`${at + 10}`, '1', { text: `${HOSTILE}${at}` })),
    ]),
  )
  one.save(page([post('1', null, { html: 'edited', text: HOSTILE })]))
  const db = new Sqlite(one.file)
  db.exec(
    "UPDATE posts SET url = 'http://unknown.invalid/p/2', status = 'gone', gone_reason = 'x' WHERE site_post_id = '2'",
  )
  db.exec(
    "UPDATE posts SET truncated = 1, forgotten = 1, heading = 'A \"b\"', topic = '', privacy = 'public' WHERE site_post_id = '10'",
  )
  // What no version of threadkeep writes, but another program can.
  db.exec(
    `UPDATE posts SET site_post_id = '11"', type = 'a"b', first_seen_at = 'a"b', last_seen_at = 'a\\' WHERE site_post_id = '11'`,
  )
  db.exec("UPDATE posts SET truncated = 2, forgotten = 7, edited = 3 WHERE site_post_id = '12'")
  db.exec("UPDATE posts SET text = CAST(x'ff0041eda0bdf4908080' AS TEXT) WHERE site_post_id = '13'")
  db.exec("UPDATE members SET site_member_id = 'x0123456789abcdef'")
  db.exec(
    "INSERT INTO archives (key, label, merged_at) VALUES ('a', 'a', 'x'); INSERT OR IGNORE INTO sightings (post_id, reader, first_seen_at, last_seen_at) SELECT id, 'session@anna', 'x', 'x' FROM posts WHERE site_post_id IN ('1', '14')",
  )
  db.close()
  return one
}

/** As the exporters write them, when they have no JSON of the archive. */
const recordsOf = ({ posts }: StoredThread) => [...posts].map(node => JSON.stringify(postRecord(node)))

test.each([hostile, eventful])('posts as JSON are what exporters make of posts: %o', make => {
  const one = make()
  for (const thread of one.archive.reader.threads({})) {
    const json = [...(thread.posts.json?.() ?? [])].map(
      ({ post, depth, position }) => `{${post.ids},"depth":${depth},"position":${position},${post.rest}`,
    )
    expect(json).toEqual(recordsOf(thread))
  }
  one.close()
})
