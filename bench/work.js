import { writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** The work of the floor, from an archive: its requests in order, each with the rows of its response. */

const SECONDARY = /^CREATE INDEX/
const PARTS = ['attachments', 'links']

export async function writeWork(archive, file, { nonces, indexes }) {
  const db = new Sqlite(archive, { readonly: true })
  const pages = db.prepare('SELECT * FROM captures ORDER BY id').all()
  const work = { schema: schemaOf(db, indexes), pages: pages.map(capture => pageOf(db, capture, nonces)) }
  placeOthers(db, work.pages)
  db.close()
  writeFileSync(file, JSON.stringify(work))
}

/** The tables of the archive with their unique constraints; its other indexes only on request. */
function schemaOf(db, indexes) {
  const all = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'view' ORDER BY rowid")
    .all()
  const own = all.filter(({ name }) => !/^(posts_fts_(data|idx|docsize|config|content)|sqlite_)/.test(name))
  return own.map(({ sql }) => sql).filter(sql => indexes || !SECONDARY.test(sql))
}

function pageOf(db, capture, nonces) {
  const form = capture.form && withNonce(JSON.parse(capture.form), nonces)
  const first = db.prepare('SELECT min(id) FROM captures WHERE blob_id = ?').pluck().get(capture.blob_id) === capture.id
  const blob = first && db.prepare('SELECT id, sha256, size, encoding FROM blobs WHERE id = ?').get(capture.blob_id)
  const request = {
    url: capture.url,
    ...(form ? { form } : {}),
    ...(capture.referer ? { referer: capture.referer } : {}),
  }
  return { request, ...(blob ? { blob } : {}), rows: [{ table: 'captures', row: capture }, ...postsOf(db, capture.id)] }
}

/** Additional fields do no harm if a request needs no nonce. */
const withNonce = (form, nonces) => ({
  ...form,
  nonce: form.action === 'groups_filter' ? nonces.groups : nonces.activity,
})

/** A post belongs to the page from which its text was read. */
function postsOf(db, capture) {
  const posts = db.prepare('SELECT * FROM posts WHERE text_capture_id = ? ORDER BY id').all(capture)
  return posts.flatMap(row => [
    { table: 'posts', row },
    ...threadOf(db, row),
    ...PARTS.flatMap(table => partsOf(db, table, row.id)),
  ])
}

const threadOf = (db, { id, thread_id }) =>
  id === thread_id ? [{ table: 'threads', row: db.prepare('SELECT * FROM threads WHERE id = ?').get(id) }] : []

const partsOf = (db, table, post) =>
  db
    .prepare(`SELECT * FROM ${table} WHERE post_id = ?`)
    .all(post)
    .map(row => ({ table, row }))

/** Members and groups are few and are on every page, so their rows are spread over all pages. */
function placeOthers(db, pages) {
  for (const table of ['sites', 'groups', 'members']) {
    const rows = db.prepare(`SELECT * FROM ${table}`).all()
    for (const [at, row] of rows.entries()) pages[at % pages.length].rows.push({ table, row })
  }
}
