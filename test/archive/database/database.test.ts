import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Capture } from '../../../src/model/capture.js'
import { parse } from '../../../src/parse/index.js'
import { town as served } from '../../community/town.js'
import { desk } from '../../run/outside.js'
import { page, post, rows, SITE, shelf, text } from '../shelf.js'

const NONCES = /4be1f09c27|98c0aa51d3|d20e7735ab/

describe.each(['legacy', 'nouveau'] as const)('the file after a run (%s)', pack => {
  it('is sound, holds each body once, and no secret', async () => {
    const { server } = await served({ pack })
    const one = desk()
    for (let runs = 0; runs < 2; runs++) await one.run(server.url)
    const sql = <Row = Record<string, unknown>>(query: string) => rows<Row>(one.file, query)
    expect(sql('PRAGMA foreign_key_check')).toEqual([])
    expect(sql('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const doubles = 'SELECT sha256 FROM blobs GROUP BY sha256 HAVING count(*) > 1'
    expect(sql(doubles)).toEqual([])
    const bodies = sql<{ body: Buffer; size: number }>('SELECT body, size FROM blobs').map(({ body, size }) => {
      expect(gunzipSync(body)).toHaveLength(size)
      return gunzipSync(body).toString()
    })
    const rest = JSON.stringify([
      sql('SELECT * FROM captures'),
      sql('SELECT * FROM frontier'),
      sql('SELECT * FROM runs'),
    ])
    expect(bodies.join('')).not.toMatch(NONCES)
    expect(rest).not.toMatch(NONCES)
    expect(rest).toContain('activity')
  })

  it('says of each post where it was read', async () => {
    const { server } = await served({ pack })
    const one = desk()
    await one.run(server.url)
    const orphans = rows(
      one.file,
      'SELECT id FROM posts WHERE text_capture_id IS NULL OR last_capture_id IS NULL OR parser = ?',
      '',
    )
    expect(orphans).toEqual([])
    expect(rows(one.file, 'SELECT command, exit_code, new_posts, finished_at IS NULL AS open FROM runs')).toMatchObject(
      [{ command: 'archive', exit_code: 0, open: 0 }],
    )
  })
})

interface CaptureRow {
  url: string
  form: string | null
  referer: string | null
  final_url: string
  status: number
  headers: string
  captured_at: string
  body: Buffer
}

/** A capture as a later reading finds it in the file. */
function captureOf(row: CaptureRow): Capture {
  const { url, referer, status } = row
  const form = row.form === null ? {} : { form: JSON.parse(row.form) as Record<string, string> }
  const headers = JSON.parse(row.headers) as Record<string, string>
  const request = { url, ...form, ...(referer === null ? {} : { referer }) }
  return { request, url: row.final_url, status, headers, body: gunzipSync(row.body), capturedAt: row.captured_at }
}

describe.each(['legacy', 'nouveau'] as const)('raw first (%s)', pack => {
  it('what was kept, read again, gives every post that is held', async () => {
    const { server } = await served({ pack })
    const one = desk()
    await one.run(server.url)
    const kept = 'SELECT captures.*, blobs.body FROM captures JOIN blobs ON blobs.id = blob_id ORDER BY captures.id'
    const pages = rows<CaptureRow>(one.file, kept).map(row => parse(captureOf(row)))
    const texts = new Map<string, string>()
    for (const { posts, text } of pages) {
      for (const post of posts) if (!post.truncated) texts.set(post.id, post.html)
      if (text) texts.set(text.id, text.html)
    }
    const held = rows<{ id: string; html: string }>(one.file, 'SELECT site_post_id AS id, html FROM posts')
    expect(new Map(held.map(({ id, html }) => [id, html]))).toEqual(texts)
    expect(held.length).toBeGreaterThan(100)
  })
})

describe('bodies', () => {
  it('that are the same are one blob, though each answer is noted', async () => {
    const { server } = await served({ pack: 'legacy' })
    const one = desk()
    for (let runs = 0; runs < 3; runs++) await one.run(`${server.url}groups/swap-shelf/`)
    expect(rows(one.file, 'SELECT count(*) AS captures, count(DISTINCT blob_id) AS bodies FROM captures')).toEqual([
      // Its page, and its feed, because the page shows no post.
      { captures: 6, bodies: 2 },
    ])
  })
})

describe('the search index', () => {
  const found = (one: ReturnType<typeof shelf>, words: string) =>
    one
      .sql<{ id: string }>(
        'SELECT site_post_id AS id FROM posts JOIN posts_fts ON posts_fts.rowid = posts.id WHERE posts_fts MATCH ? ORDER BY posts.id',
        words,
      )
      .map(row => row.id)

  it('is found by Datasette', () => {
    const one = shelf()
    // What Datasette and sqlite-utils look for: a virtual table whose definition names the table it indexes.
    const detect = `SELECT name FROM sqlite_master WHERE rootpage = 0 AND (sql LIKE '%VIRTUAL TABLE%USING FTS%content="posts"%'
      OR sql LIKE '%VIRTUAL TABLE%USING FTS%content=[posts]%' OR (tbl_name = 'posts' AND sql LIKE '%VIRTUAL TABLE%USING FTS%'))`
    expect(one.sql(detect)).toEqual([{ name: 'posts_fts' }])
    one.close()
  })

  it('keeps in step with new posts, edits and full texts', () => {
    const one = shelf()
    one.save(page([post('1', null, { text: 'Sow the beans in May' }), post('2', '1', { text: 'Café crème' })]))
    one.save(page([post('3', null, { text: 'A long tale…', truncated: true })]))
    expect([found(one, 'beans'), found(one, 'cafe'), found(one, 'tale')]).toEqual([['1'], ['2'], ['3']])
    one.save(page([post('1', null, { text: 'Sow the peas in May' })]))
    one.save(page([], { text: text('3', '<p>A long tale of marrows</p>') }))
    expect([found(one, 'beans'), found(one, 'peas'), found(one, 'may'), found(one, 'marrows')]).toEqual([
      [],
      ['1'],
      ['1'],
      ['3'],
    ])
    expect(one.sql('SELECT count(*) AS n FROM posts_fts')).toEqual([{ n: 3 }])
    one.close()
  })
})

const HELD = {
  ...{ site: SITE, group_name: 'Gardeners', group_slug: 'gardeners', thread: '1' },
  ...{ author: 'ada', author_id: '2', author_slug: 'ada' },
}

describe('the views', () => {
  it('readable_posts names what a reader looks for', () => {
    const one = shelf()
    const replies = [
      post('2', '1', { text: 'Hi' }),
      post('3', '2', { threadId: '1', text: 'Ho', url: `${SITE}activity/p/1/#acomment-3` }),
    ]
    one.save(page([post('1', null, { text: 'Halo' }), ...replies]))
    one.save(page([post('1', null, { text: 'Hello' }), ...replies]))
    expect(
      one.sql(
        'SELECT site_post_id, site, group_name, group_slug, thread, parent, depth, author, author_id, author_slug, text, edited, url FROM readable_posts ORDER BY 1',
      ),
    ).toEqual([
      { ...HELD, site_post_id: '1', parent: null, depth: 0, text: 'Hello', edited: 1, url: `${SITE}activity/p/1/` },
      {
        ...HELD,
        site_post_id: '2',
        parent: '1',
        depth: 1,
        text: 'Hi',
        edited: 0,
        url: `${SITE}activity/p/1/#acomment-2`,
      },
      {
        ...HELD,
        site_post_id: '3',
        parent: '2',
        depth: 2,
        text: 'Ho',
        edited: 0,
        url: `${SITE}activity/p/1/#acomment-3`,
      },
    ])
    one.close()
  })
})
