import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillArchive } from './many-posts.js'
import { median } from './measure.js'

/** Exports of 100,000 posts in 10,000 threads, jsonl against the same columns by the `sqlite3` shell, and markdown in posts a second: by the time of the processor, which other programs of the machine change least. */

const POSTS = 100_000
const ROUNDS = 5
const LEAST_MARKDOWN = 2000
const BIN = fileURLToPath(new URL('../build/package/bin/threadkeep.js', import.meta.url))

/** What a line of jsonl says, read and written by SQLite alone. */
const DUMP = `SELECT sites.url AS site, groups.site_group_id, groups.slug, groups.name, groups.url AS group_url, posts.thread_id, posts.site_post_id,
    parent.site_post_id AS parent, posts.type, members.site_member_id, members.slug AS author_slug, members.name AS author, members.url AS author_url,
    posts.posted_from, posts.posted_to, posts.html, posts.text, posts.url, posts.heading, posts.topic, posts.privacy, posts.status,
    posts.gone_at, posts.edited, posts.truncated, posts.first_seen_at, posts.last_seen_at,
    (SELECT count(*) FROM revisions WHERE post_id = posts.id) AS revisions,
    (SELECT max(replaced_at) FROM revisions WHERE post_id = posts.id) AS edited_by,
    (SELECT json_group_array(json_object('kind', kind, 'url', url, 'name', name)) FROM attachments WHERE post_id = posts.id) AS attachments,
    (SELECT json_group_array(json_object('kind', kind, 'url', url, 'text', text)) FROM links WHERE post_id = posts.id) AS links
  FROM posts JOIN sites ON sites.id = posts.site_id LEFT JOIN posts AS parent ON parent.id = posts.parent_id
  LEFT JOIN members ON members.id = posts.member_id LEFT JOIN groups ON groups.id = posts.group_id ORDER BY posts.thread_id, posts.id`

export function exportRows() {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    const file = fillArchive(join(folder, 'a.db'), POSTS)
    return [jsonlRow(file, folder), markdownRow(file, folder)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const exporting = (format, file) => [
  process.execPath,
  [BIN, 'export', '-f', format, '-o', `all.${format}`, '--db', file, '-q'],
]

function jsonlRow(file, cwd) {
  const what = 'export: jsonl against sqlite3 -json, CPU'
  if (spawnSync('sqlite3', ['-version']).status !== 0)
    return { what, ratio: null, target: 2, note: 'the sqlite3 shell is not installed' }
  const [ours, theirs, start] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    // Where there is a file, ours is compared with it, so that it stays if it is the same.
    for (const name of ['all.json', 'all.jsonl', 'one.jsonl']) rmSync(join(cwd, name), { force: true })
    theirs.push(timeOf(['sqlite3', ['-readonly', '-json', '-cmd', '.output all.json', file, DUMP]], cwd))
    ours.push(timeOf(exporting('jsonl', file), cwd))
    start.push(
      timeOf([process.execPath, [BIN, 'export', '1', '-f', 'jsonl', '-o', 'one.jsonl', '--db', file, '-q']], cwd),
    )
  }
  const [a, b, c] = [ours, theirs, start].map(median)
  const note = `${Math.round(a)} : ${Math.round(b)} ms; ${Math.round(c)} ms of it for a single thread`
  return { what, ratio: a / b, target: 2, note }
}

function markdownRow(file, cwd) {
  const seconds = timeOf(exporting('md', file), cwd) / 1000
  const perSecond = POSTS / seconds
  const note = `${Math.round(perSecond)} posts a second; at least ${LEAST_MARKDOWN}`
  return { what: 'export: markdown, CPU', ratio: LEAST_MARKDOWN / perSecond, target: 1, note }
}

/** Milliseconds of the processor: `times` of the shell prints those of the programs that it ran in its second line. */
function timeOf([program, words], cwd) {
  const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$0" "$@" > /dev/null && times', program, ...words],
    options,
  )
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  const [user, system] = stdout.trim().split('\n').at(-1).split(' ').map(millisecondsOf)
  return user + system
}

/** `0m1.230s` */
function millisecondsOf(time) {
  const [minutes, seconds] = time.split('m').map(Number.parseFloat)
  return (minutes * 60 + seconds) * 1000
}
