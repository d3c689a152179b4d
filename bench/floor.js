import { readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { Parser } from 'htmlparser2'
import { Agent, request } from 'undici'
import { cpuSince } from './measure.js'

/**
 * `node floor.js WORK.json FILE`: the minimum of work of any archiver that knows everything beforehand. It downloads the
 * same responses (compressed, as archivers request them, and behind the same redirects) with undici, tokenises their markup with
 * htmlparser2, gzips them, and inserts the same rows into the same tables, one transaction per page. `work.js` has written
 * WORK.json from an archive; reading it is not counted.
 */
const [workFile, file] = process.argv.slice(2)
const { schema, pages } = JSON.parse(readFileSync(workFile, 'utf8'))
const started = process.cpuUsage()

const db = new Sqlite(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = NORMAL')
db.pragma('foreign_keys = OFF')
for (const sql of schema) db.exec(sql)
const statements = new Map()
const agent = new Agent({ connections: 1 })
for (const page of pages) {
  const body = await download(page.request)
  // A floor that gets less than the archive is too low.
  if (page.blob && body.length !== page.blob.size)
    throw new Error(`${page.request.url} gave ${body.length} bytes, and the archive has ${page.blob.size}`)
  tokenise(body)
  db.transaction(() => save(page, body))()
}
await agent.close()
db.close()
console.log(JSON.stringify({ cpu: cpuSince(started), all: cpuSince({ user: 0, system: 0 }) }))

async function download({ url, form, referer }) {
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  const response = await request(url, {
    dispatcher: agent,
    method: form ? 'POST' : 'GET',
    headers: { 'accept-encoding': 'br, gzip', ...(referer ? { referer } : {}), ...type },
    ...(form ? { body: new URLSearchParams(form).toString() } : {}),
  })
  const bytes = Buffer.from(await response.body.arrayBuffer())
  const { location } = response.headers
  if (location) return download({ url: new URL(location, url).href })
  const coding = response.headers['content-encoding']
  return coding === 'gzip' ? gunzipSync(bytes) : coding === 'br' ? brotliDecompressSync(bytes) : bytes
}

/** JSON is no HTML: only the markup in its objects is. */
function tokenise(body) {
  const text = body.toString('utf8')
  for (const markup of /^[[{]/.test(text) ? markupOf(JSON.parse(text)) : [text]) new Parser({}).end(markup)
}

/** AJAX answers with an object that holds a part of a page, REST with a list of activities, their replies in them. */
function markupOf(answer) {
  return Array.isArray(answer) ? markupBelow(answer, []) : [answer.data?.contents ?? answer.contents ?? '']
}

function markupBelow(activities, found) {
  for (const { content, title, comments } of activities) {
    found.push(content?.rendered ?? '', title ?? '')
    if (comments) markupBelow(comments, found)
  }
  return found
}

function save({ rows, blob }, body) {
  if (blob) insert('blobs', { ...blob, body: gzipSync(body) })
  for (const { table, row } of rows) insert(table, row)
}

function insert(table, row) {
  const columns = Object.keys(row)
  if (!statements.has(table)) {
    const marks = columns.map(() => '?').join(', ')
    statements.set(table, db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`))
  }
  statements.get(table).run(Object.values(row))
}
