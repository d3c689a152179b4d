import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import type { ReparseReport } from '../../../src/model/reports/reparse.js'
import { ENV, rows } from '../../archive/shelf.js'
import { allRows, archived, edit, NOTHING, reread, spoil, synced, village } from './reread.js'

describe('a reparse', () => {
  const LEGACY = { pack: 'legacy', via: 'page' } as const
  const fields = (report: ReparseReport) => report.changes.map(({ id, fields }) => [id, fields])

  it('says what changed, in short', async () => {
    const { one } = await archived(LEGACY)
    spoil(
      one.file,
      "UPDATE posts SET text = 'Poor.' WHERE site_post_id = '1'",
      "UPDATE posts SET parent_id = thread_id, member_id = (SELECT id FROM members WHERE slug = 'ada') WHERE site_post_id = '3'",
      "UPDATE posts SET member_id = (SELECT id FROM members WHERE slug = 'ben') WHERE site_post_id = '3'",
      "DELETE FROM links WHERE url LIKE '%beans%'",
    )
    const report = await reread(one.file)
    expect(new Map(fields(report) as [string, unknown][])).toEqual(
      new Map([
        ['1', [{ field: 'text', before: 'Poor.', after: expect.stringMatching(/^A long tale about.{100,}…$/) }]],
        [
          '3',
          [
            { field: 'parent', before: '1', after: '2' },
            { field: 'author', before: 'Ben Okri', after: 'ada' },
          ],
        ],
        ['2', [{ field: 'links', before: null, after: 'https://beans.example/' }]],
      ]),
    )
  })

  it('stands in the log of runs, in short', async () => {
    const { one } = await archived(LEGACY)
    spoil(one.file, "UPDATE posts SET text = 'Poor.'")
    const { run } = await reread(one.file)
    const [row] = rows<Record<string, unknown>>(one.file, 'SELECT * FROM runs WHERE id = ?', run)
    expect(row).toMatchObject({ command: 'reparse', version: '9.9.9', exit_code: 0, changed_posts: 6, requests: 0 })
    expect(row?.['finished_at']).not.toBeNull()
    expect(JSON.parse(String(row?.['report']))).toMatchObject({ schema: 'threadkeep.reparse/1', posts: { changed: 6 } })
  })

  it('drops an edit that was none, and keeps one that was', async () => {
    const { one } = await archived(LEGACY)
    const revision = (text: string, capture: string) =>
      `INSERT INTO revisions (post_id, html, text, content_hash, text_capture_id, replaced_at)
        SELECT id, '', '${text}', 'other', ${capture}, last_seen_at FROM posts WHERE site_post_id = '5'`
    spoil(one.file, revision('Badly read.', 'text_capture_id'))
    expect((await reread(one.file)).revisions).toEqual({ changed: 0, dropped: 1 })
    expect(rows(one.file, 'SELECT * FROM revisions')).toEqual([])
    // Its capture is not there: nobody can say that it was none.
    spoil(one.file, revision('An earlier text.', 'NULL'))
    expect((await reread(one.file)).revisions).toEqual({ changed: 0, dropped: 0 })
    expect(rows(one.file, 'SELECT text FROM revisions')).toEqual([{ text: 'An earlier text.' }])
  })

  it('names posts that no capture shows any more, and leaves them as they are', async () => {
    const { one } = await archived(LEGACY)
    spoil(
      one.file,
      `INSERT INTO posts (site_id, site_post_id, thread_id, parent_id, type, text, url, first_seen_at, last_seen_at, first_run_id, last_run_id, text_capture_id)
        SELECT site_id, '77', thread_id, parent_id, type, 'Ghost', url, first_seen_at, last_seen_at, 1, 1, text_capture_id FROM posts WHERE site_post_id = '5'`,
    )
    const held = allRows(one.file)
    const report = await reread(one.file)
    expect(report.posts).toEqual({ same: 6, changed: 0, added: 0, notFound: 1, untouched: 0 })
    expect(report.notFound).toMatchObject([{ id: '77', thread: '4' }])
    expect(allRows(one.file)).toEqual(held)
  })

  it('leaves alone what only erased captures have shown, and tells of it', async () => {
    const { one } = await archived(LEGACY)
    const erased = 'SELECT DISTINCT blob_id FROM captures WHERE id IN (SELECT text_capture_id FROM posts)'
    spoil(
      one.file,
      `UPDATE blobs SET body = x'', size = 0 WHERE id IN (${erased})`,
      "UPDATE posts SET posted_to = '2026-01-01T00:00:00Z' WHERE site_post_id = '2'",
    )
    const held = allRows(one.file)
    const report = await reread(one.file)
    expect(report.captures.withoutBody).toBe(2)
    expect(report.posts).toEqual({ same: 0, changed: 0, added: 0, notFound: 0, untouched: 6 })
    expect(allRows(one.file)).toEqual(held)
  })

  it('moves no reply whose parent the site has named, while the answer that named it may be an erased one', async () => {
    const { one } = await archived(LEGACY)
    const other = "UPDATE posts SET parent_id = thread_id, parent_named = 1 WHERE site_post_id = '3'"
    const erased = "UPDATE blobs SET body = x'', size = 0 WHERE id = (SELECT min(blob_id) FROM captures)"
    spoil(one.file, other, erased)
    const held = allRows(one.file)
    expect((await reread(one.file)).captures.withoutBody).toBe(1)
    expect(allRows(one.file)).toEqual(held)
    spoil(one.file, 'UPDATE posts SET parent_named = 0')
    expect(fields(await reread(one.file))).toEqual([['3', [{ field: 'parent', before: '1', after: '2' }]]])
  })

  it('leaves out what is withheld, whatever it was, and says nothing else of it', async () => {
    const { one } = await archived(LEGACY)
    spoil(
      one.file,
      `INSERT INTO blobs (id, sha256, size, encoding, body) VALUES (99, '', 0, 'gzip', x'1f8b08000000000000030300000000000000000000')`,
      "UPDATE captures SET blob_id = 99, headers = '{}', fingerprint = NULL, withheld = 1, wall = 'login' WHERE id = 3",
      "UPDATE captures SET blob_id = 99, headers = '{}', withheld = 1 WHERE id = 2",
    )
    const held = allRows(one.file)
    const { captures, posts } = await reread(one.file)
    expect(captures).toEqual({ read: 4, unused: 0, withoutBody: 2, opened: 0, closed: 0 })
    expect(posts).toMatchObject({ changed: 0, added: 0, notFound: 0 })
    expect(allRows(one.file)).toEqual(held)
  })

  it('adds no reply that only the page of its thread shows, where the stream was read: that prints spam, too', async () => {
    const { one } = await archived(LEGACY)
    const reply = "(SELECT id FROM posts WHERE site_post_id = '3')"
    spoil(
      one.file,
      ...['sightings', 'attachments', 'links'].map(table => `DELETE FROM ${table} WHERE post_id = ${reply}`),
      `DELETE FROM posts WHERE id = ${reply}`,
      "UPDATE blobs SET body = x'', size = 0 WHERE id = (SELECT blob_id FROM captures WHERE id = 3)",
    )
    expect((await reread(one.file)).posts).toMatchObject({ added: 0, changed: 0 })
  })

  it('brings nothing back of whom the archive was told to forget', async () => {
    const { one } = await archived(LEGACY)
    const archive = openArchive(one.file, 'write', ENV)
    const [ben] = archive.forgetting.people.named('ben', null)
    if (!ben) throw new Error('nobody')
    archive.forgetting.forget(ben, { at: '2026-07-01T00:00:00.000Z', version: '0', redact: false })
    archive.close()
    const held = allRows(one.file)
    expect(await reread(one.file)).toMatchObject({ posts: { changed: 0, added: 0 }, names: 0 })
    expect(allRows(one.file)).toEqual(held)
  })

  it('never puts an older text in the place of one whose capture was erased', async () => {
    const community = village()
    const { one, later } = await archived(LEGACY, community)
    later(86_400)
    edit(community, 6, '<p>Once more.</p>\n')
    await synced(one)
    const erased =
      "(SELECT blob_id FROM captures WHERE id = (SELECT text_capture_id FROM posts WHERE site_post_id = '6'))"
    spoil(one.file, `UPDATE blobs SET body = x'', size = 0 WHERE id = ${erased}`)
    const held = allRows(one.file)
    expect(await reread(one.file)).toMatchObject({ posts: { changed: 0 }, revisions: { changed: 0, dropped: 0 } })
    expect(allRows(one.file)).toEqual(held)
  })

  it('brings back what was taken for gone because it was overlooked', async () => {
    const { one, later } = await archived(LEGACY)
    later(86_400)
    await synced(one)
    spoil(
      one.file,
      "UPDATE posts SET last_capture_id = 1, last_run_id = 1, last_seen_at = first_seen_at, status = 'gone', gone_at = '2026-06-16T12:00:00Z', gone_reason = 'absent from a complete thread' WHERE site_post_id = '5'",
      "INSERT INTO events (at, kind, post_id, run_id) SELECT '2026-06-16T12:00:00Z', 'gone', id, 2 FROM posts WHERE site_post_id = '5'",
    )
    expect(fields(await reread(one.file))).toMatchObject([
      ['5', [{ field: 'status', before: 'gone', after: 'live' }, {}]],
    ])
    expect(rows(one.file, "SELECT status, gone_at FROM posts WHERE site_post_id = '5'")).toEqual([
      { status: 'live', gone_at: null },
    ])
    expect(rows(one.file, 'SELECT kind, run_id FROM events ORDER BY id')).toEqual([
      { kind: 'gone', run_id: 2 },
      { kind: 'back', run_id: 3 },
    ])
  })

  it('reads no answer that its own run had not used', async () => {
    const { one, held } = await archived(LEGACY)
    spoil(
      one.file,
      `INSERT INTO captures (run_id, method, url, final_url, status, headers, blob_id, captured_at, reader, purpose)
        SELECT run_id, method, url, final_url, status, headers, blob_id, '2020-01-01T00:00:00.000Z', reader, purpose FROM captures WHERE id = 3`,
    )
    expect(await reread(one.file)).toMatchObject({ ...NOTHING, captures: { unused: 1 } })
    expect({ ...(allRows(one.file) as object), captures: 0 }).toEqual({ ...(held as object), captures: 0 })
  })
})

describe('all or nothing', () => {
  const LEGACY = { pack: 'legacy', via: 'page' } as const
  const spoilt = async () => {
    const { one } = await archived(LEGACY)
    spoil(one.file, "UPDATE posts SET text = 'Poor.', html = 'Poor.'")
    return { one, held: allRows(one.file) }
  }

  it('a trial says what would change, and changes nothing', async () => {
    const { one, held } = await spoilt()
    const report = await reread(one.file, { dryRun: true })
    expect(report).toMatchObject({ dryRun: true, run: null, posts: { changed: 6 } })
    expect(allRows(one.file)).toEqual(held)
    expect(rows(one.file, 'SELECT count(*) AS n FROM runs')).toEqual([{ n: 1 }])
    const { changes, posts } = await reread(one.file)
    expect({ changes, posts }).toEqual({ changes: report.changes, posts: report.posts })
  })

  it('Ctrl-C while captures are read leaves everything as it was', async () => {
    const { one, held } = await spoilt()
    const stop = new AbortController()
    const report = await reread(one.file, {}, { signal: stop.signal, progress: () => stop.abort() })
    expect(report).toMatchObject({ exitCode: 130, posts: { changed: 0 }, changes: [] })
    expect(allRows(one.file)).toEqual(held)
    expect(rows(one.file, 'SELECT exit_code FROM runs ORDER BY id DESC LIMIT 1')).toEqual([{ exit_code: 130 }])
  })

  it('so does whatever ends it while it writes', async () => {
    const { one, held } = await spoilt()
    spoil(
      one.file,
      `CREATE TRIGGER stop BEFORE UPDATE ON posts WHEN old.site_post_id = '5' BEGIN SELECT RAISE(ABORT, 'stop'); END`,
    )
    await expect(reread(one.file)).rejects.toThrow('stop')
    expect(allRows(one.file)).toEqual(held)
    spoil(one.file, 'DROP TRIGGER stop')
    expect((await reread(one.file)).posts).toMatchObject({ changed: 6 })
  })

  it('a text that is put right is found by its words', async () => {
    const { one } = await spoilt()
    await reread(one.file)
    const found = (word: string) =>
      rows<{ n: number }>(one.file, 'SELECT count(*) AS n FROM posts_fts WHERE posts_fts MATCH ?', word)[0]?.n
    expect([found('poor'), found('beans')]).toEqual([0, 3])
  })
})
