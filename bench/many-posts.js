import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { openArchive } from '../dist/archive/index.js'

/** An archive of any number of posts, written directly into the tables, because archiving a million posts would take hours. */

/** A word that is in one post of a hundred. */
export const WORD = 'salsify'

const WORDS =
  'soil water frost seed rake kettle bench plot compost shed tea ladder net bean onion slug hedge rain'.split(' ')
const REPLIES = 9
const PURPOSE = JSON.stringify({
  kind: 'stream',
  route: 'page',
  home: 'https://bench.example/',
  page: 1,
  groupSlug: 'g1',
  pass: '2025-01-01T00:00:00.000Z',
})
const FIRST = Date.UTC(2005, 0, 1) / 1000

export function fillArchive(file, posts) {
  const env = { now: Date.now, pid: process.pid, host: 'bench', command: 'bench', isAlive: () => false }
  openArchive(file, 'write', env).close()
  const db = new Sqlite(file)
  db.pragma('synchronous = OFF')
  db.transaction(() => fill(db, posts))()
  db.exec("INSERT INTO posts_fts(posts_fts) VALUES ('optimize'); ANALYZE")
  db.close()
  return file
}

function fill(db, posts) {
  db.exec(`INSERT INTO sites (key, url, name) VALUES ('bench.example/', 'https://bench.example/', 'Bench');
    INSERT INTO runs (command, version, started_at, finished_at, exit_code) VALUES ('bench', '0', '2025-01-01T00:00:00.000Z', '2025-01-01T01:00:00.000Z', 0)`)
  const at = "'2025-01-01T00:00:00.000Z'"
  const body = Buffer.from('<p>All of them.</p>')
  db.prepare("INSERT INTO blobs (sha256, size, encoding, body) VALUES (?, ?, 'gzip', ?)").run(
    createHash('sha256').update(body).digest('hex'),
    body.length,
    gzipSync(body),
  )
  db.exec(`INSERT INTO captures (run_id, method, url, final_url, status, headers, blob_id, captured_at, reader, purpose)
    VALUES (1, 'GET', 'https://bench.example/', 'https://bench.example/', 200, '{}', 1, ${at}, 'visitor', '${PURPOSE}')`)
  const group =
    db.prepare(`INSERT INTO groups (site_id, site_group_id, slug, name, url, first_seen_at, last_seen_at, stream_read_at)
    VALUES (1, ?, ?, ?, ?, ${at}, ${at}, ${at})`)
  for (let id = 1; id <= 50; id++) group.run(`${id}`, `g${id}`, `Group ${id}`, `https://bench.example/groups/g${id}/`)
  const member = db.prepare(`INSERT INTO members (site_id, site_member_id, slug, name, url, first_seen_at, last_seen_at)
    VALUES (1, ?, ?, ?, ?, ${at}, ${at})`)
  for (let id = 1; id <= 2000; id++)
    member.run(`${id}`, `m${id}`, `Member ${id}`, `https://bench.example/members/m${id}/`)
  const post =
    db.prepare(`INSERT INTO posts (site_id, site_post_id, thread_id, parent_id, group_id, member_id, type, title, posted_at, posted_from,
      posted_to, html, text, content_hash, url, position, first_seen_at, last_seen_at, first_run_id, last_run_id,
      text_capture_id, last_capture_id)
    VALUES (1, @id, @thread, @parent, @group, @member, @type, @title, @at, @at, @at, @html, @text, @id, @url, @place, ${at}, ${at}, 1, 1, 1, 1)`)
  const thread = db.prepare(
    `INSERT INTO threads (id, claimed, whole_view_at, whole_view_in) VALUES (?, ?, ${at}, 'stream')`,
  )
  for (let id = 1; id <= posts; id++) {
    post.run(rowOf(id))
    if ((id - 1) % (REPLIES + 1) === 0) thread.run(id, REPLIES + 1)
  }
}

function rowOf(id) {
  const place = (id - 1) % (REPLIES + 1)
  const thread = id - place
  const at = new Date((FIRST + id * 600) * 1000).toISOString().replace('.000', '')
  const text = textOf(id)
  return {
    id: String(id),
    thread,
    parent: place === 0 ? null : place % 3 === 0 ? thread : id - 1,
    group: (thread % 50) + 1,
    member: ((id * 7919) % 2000) + 1,
    type: place === 0 ? 'activity_update' : 'activity_comment',
    title: place === 0 ? text.slice(0, 80) : null,
    at,
    html: `<p>${text}</p>`,
    text,
    url: `https://bench.example/activity/p/${thread}/`,
    place,
  }
}

/** About thirty words; each call returns the same text. */
function textOf(id) {
  const words = Array.from({ length: 20 + (id % 20) }, (_, at) => WORDS[(id * 31 + at * at * 7 + at) % WORDS.length])
  if (id % 100 === 0) words.splice(id % 15, 0, WORD)
  return `${words.join(' ')} ${id}`
}
