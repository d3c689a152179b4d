import { describe, expect, it } from 'vitest'
import { type Community, communityOf, DEMO, DEMO_NOW, type DemoPost } from '../../src/demo/index.js'
import type { ReparseReport } from '../../src/model/reparse.js'
import { rows } from '../archive/shelf.js'
import { town } from '../demo/town.js'
import { desk } from './outside.js'
import { allRows, reread, spoil, synced } from './reread.js'

const ROUTES = [
  { pack: 'legacy', via: 'page' },
  { pack: 'legacy', via: 'ajax' },
  { pack: 'legacy', via: 'rest' },
  { pack: 'nouveau', via: 'ajax' },
  { pack: 'nouveau', via: 'rest' },
] as const
type Way = (typeof ROUTES)[number]

const LONG = `<p>${'A long tale about beans and how to sow them. '.repeat(20)}</p>\n`

/** Short posts and long ones, replies to replies, a link, a picture. */
const village = (): Community =>
  communityOf({
    members: [{}, { slug: 'ben', name: 'Ben Okri' }],
    posts: [
      { html: LONG },
      { parentId: 1, memberId: 3, html: '<p>See <a href="https://beans.example/">beans</a>.</p>\n' },
      { parentId: 2, html: LONG },
      { html: '<p>A picture: <img src="https://beans.example/1.png" alt="Beans" /></p>\n' },
      { parentId: 4, memberId: 3 },
      { memberId: 3 },
    ],
  })

async function archived({ pack, via }: Way, community: Community = village(), target = '') {
  let now = DEMO_NOW
  const { server } = await town({ pack, rest: via === 'rest', now: () => now }, community)
  const one = desk()
  const report = await one.run(server.url + target, { via })
  const later = (seconds: number) => {
    now += seconds
    one.clock.advance(seconds * 1000)
  }
  return { one, server, report, later, held: allRows(one.file) }
}

const counts = { changed: 0, added: 0, notFound: 0, untouched: 0 }
const NOTHING = { posts: counts, revisions: { changed: 0, dropped: 0 }, names: 0, changes: [], notFound: [] }

function edit(community: Community, id: number, html: string): void {
  // Another list: the server looks no deeper.
  community.posts = community.posts.map(post => (post.id === id ? { ...post, html } : post))
}

describe.each(ROUTES)('parse(live) = parse(kept): $pack by $via', way => {
  it.each([
    { what: 'the demo', community: () => DEMO },
    { what: 'long and nested posts', community: village },
  ])('$what: every row stays as it is, and nothing is asked', async ({ community }) => {
    const { one, server, held } = await archived(way, community())
    const asked = server.requests.length
    const report = await reread(one.file)
    expect(report).toMatchObject(NOTHING)
    expect(report.posts.same).toBeGreaterThan(5)
    expect(report.captures).toMatchObject({ withoutBody: 0, opened: 0, closed: 0 })
    expect(allRows(one.file)).toEqual(held)
    expect(server.requests).toHaveLength(asked)
    expect(rows(one.file, "SELECT count(*) AS n FROM posts WHERE parser NOT LIKE '% 9.9.9'")).toEqual([{ n: 0 }])
  })

  it('after a sync: edits, deletions, new replies and new names stay as they were noted', async () => {
    const community = village()
    const { one, later } = await archived(way, community)
    later(9 * 86_400)
    edit(community, 4, '<p>Another picture.</p>\n')
    edit(community, 1, `${LONG}<p>And the end of it.</p>\n`)
    community.posts = community.posts.filter(post => post.id !== 5)
    community.posts.push({ ...(community.posts[1] as DemoPost), id: 9, html: '<p>Late.</p>\n' })
    community.groups[0] = { ...(community.groups[0] as Community['groups'][number]), name: 'Garden Friends' }
    expect(await synced(one)).toMatchObject({ newPosts: 1, changedPosts: 2 })
    for (let days = 0; days < 3; days++) {
      later(86_400)
      await synced(one)
    }
    const held = allRows(one.file)
    expect(rows(one.file, 'SELECT count(*) AS n FROM revisions')).toEqual([{ n: 2 }])
    expect(rows(one.file, 'SELECT count(*) AS n FROM captures WHERE same_as_id IS NOT NULL')).not.toEqual([{ n: 0 }])
    expect(await reread(one.file)).toMatchObject({ ...NOTHING, posts: { ...counts, untouched: expect.any(Number) } })
    expect(allRows(one.file)).toEqual(held)
    expect(
      await reread(one.file, {
        since:
          rows<{ at: string }>(one.file, 'SELECT max(started_at) AS at FROM runs WHERE command = ?', 'sync')[0]?.at ??
          '',
      }),
    ).toMatchObject({ changes: [], notFound: [] })
    expect(allRows(one.file)).toEqual(held)
  })

  it('also where captures do not say what they were asked for', async () => {
    const { one } = await archived(way)
    await one.run(rows<{ url: string }>(one.file, 'SELECT url FROM posts WHERE activity_id = ?', '1')[0]?.url ?? '')
    spoil(one.file, 'UPDATE captures SET asked = NULL, reader = NULL', 'DELETE FROM frontier')
    const held = allRows(one.file)
    expect(await reread(one.file)).toMatchObject(NOTHING)
    expect(allRows(one.file)).toEqual(held)
  })
})

describe.each(ROUTES)('when a parser gets better: $pack by $via', way => {
  const POOR = [
    "UPDATE posts SET text = 'poor', html = '', title = 'poor', content_key = 'poor', parser = 'legacy 0.0.1'",
    "UPDATE posts SET type = 'odd', edited = 1, member_id = 1, posted_at = NULL, posted_from = NULL, posted_to = NULL",
    'UPDATE posts SET parent_id = thread_id, parent_named = 0 WHERE parent_id IS NOT NULL',
    'UPDATE posts SET group_id = NULL, claimed = 1, whole_view_at = NULL, whole_view_in = NULL, truncated = 1',
    'DELETE FROM attachments',
    'DELETE FROM links',
    "UPDATE captures SET wall = 'unknown', digest = 'poor'",
    "UPDATE groups SET name = 'Poor', description = NULL, left_out = 7",
    "UPDATE members SET name = 'Poor' WHERE name IS NOT NULL",
  ]

  it('what it had read badly is read as it should be', async () => {
    const { one, held } = await archived(way)
    spoil(one.file, ...POOR)
    const report = await reread(one.file)
    expect(report.posts).toEqual({ same: 0, changed: 6, added: 0, notFound: 0, untouched: 0 })
    expect(report.captures.opened).toBeGreaterThan(0)
    expect(without(allRows(one.file), ['id', 'post_id'], ['attachments', 'links'])).toEqual(
      without(held, ['id', 'post_id'], ['attachments', 'links']),
    )
    expect(await reread(one.file)).toMatchObject(NOTHING)
  })

  it('what it had overlooked is added, as seen then', async () => {
    const { one } = await archived(way)
    const before = one.threads()
    const lost = "(SELECT id FROM posts WHERE activity_id IN ('1', '2', '3', '5'))"
    spoil(
      one.file,
      ...['sightings', 'attachments', 'links'].map(table => `DELETE FROM ${table} WHERE post_id IN ${lost}`),
      `DELETE FROM posts WHERE id IN ${lost}`,
      "UPDATE captures SET wall = 'unknown'",
    )
    const report = await reread(one.file)
    expect(report.posts).toEqual({ same: 2, changed: 0, added: 4, notFound: 0, untouched: 0 })
    expect(one.threads()).toEqual(before)
    expect(rows(one.file, 'PRAGMA foreign_key_check')).toEqual([])
    expect(rows(one.file, 'SELECT count(*) AS n FROM sightings')).toEqual([{ n: 6 }])
  })

  it('earlier texts are read again, too, and make no new revision', async () => {
    const community = village()
    const { one, later } = await archived(way, community)
    later(86_400)
    edit(community, 6, '<p>Once more.</p>\n')
    await synced(one)
    const held = allRows(one.file)
    spoil(one.file, "UPDATE revisions SET text = 'poor', content_key = 'poor'", ...POOR.slice(0, 1))
    expect(await reread(one.file)).toMatchObject({ posts: { changed: 6 }, revisions: { changed: 1, dropped: 0 } })
    expect(allRows(one.file)).toEqual(held)
  })
})

const without = (all: unknown, names: readonly string[], tables: readonly string[]): unknown =>
  Object.fromEntries(
    Object.entries(all as Record<string, Record<string, unknown>[]>).map(([table, list]) => [
      table,
      tables.includes(table)
        ? list.map(row => JSON.stringify(Object.entries(row).filter(([name]) => !names.includes(name)))).sort()
        : list,
    ]),
  )

describe('a reparse', () => {
  const LEGACY = { pack: 'legacy', via: 'page' } as const
  const fields = (report: ReparseReport) => report.changes.map(({ id, fields }) => [id, fields])

  it('says what changed, in short', async () => {
    const { one } = await archived(LEGACY)
    spoil(
      one.file,
      "UPDATE posts SET text = 'Poor.' WHERE activity_id = '1'",
      "UPDATE posts SET parent_id = thread_id, member_id = (SELECT id FROM members WHERE slug = 'ada') WHERE activity_id = '3'",
      "UPDATE posts SET member_id = (SELECT id FROM members WHERE slug = 'ben') WHERE activity_id = '3'",
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
    const revision = (
      text: string,
      key: string,
    ) => `INSERT INTO revisions (post_id, html, text, content_key, capture_id, replaced_at)
      SELECT id, '', '${text}', '${key}', capture_id, last_seen_at FROM posts WHERE activity_id = '5'`
    spoil(one.file, revision('Badly read.', 'bad'))
    expect((await reread(one.file)).revisions).toEqual({ changed: 0, dropped: 1 })
    expect(rows(one.file, 'SELECT * FROM revisions')).toEqual([])
    // Its capture is not there: nobody can say that it was none.
    spoil(
      one.file,
      revision('An earlier text.', 'other').replace('capture_id,', 'NULL,').replace('capture_id, last', 'NULL, last'),
    )
    expect((await reread(one.file)).revisions).toEqual({ changed: 0, dropped: 0 })
    expect(rows(one.file, 'SELECT text FROM revisions')).toEqual([{ text: 'An earlier text.' }])
  })

  it('names posts that no capture shows any more, and leaves them as they are', async () => {
    const { one } = await archived(LEGACY)
    spoil(
      one.file,
      `INSERT INTO posts (site_id, activity_id, thread_id, parent_id, type, text, url, first_seen_at, last_seen_at, first_run_id, last_run_id, capture_id)
        SELECT site_id, '77', thread_id, parent_id, type, 'Ghost', url, first_seen_at, last_seen_at, 1, 1, capture_id FROM posts WHERE activity_id = '5'`,
    )
    const held = allRows(one.file)
    const report = await reread(one.file)
    expect(report.posts).toEqual({ same: 6, changed: 0, added: 0, notFound: 1, untouched: 0 })
    expect(report.notFound).toMatchObject([{ id: '77', thread: '4' }])
    expect(allRows(one.file)).toEqual(held)
  })

  it('leaves alone what only erased captures have shown, and tells of it', async () => {
    const { one } = await archived(LEGACY)
    const erased = 'SELECT DISTINCT blob_id FROM captures WHERE id IN (SELECT capture_id FROM posts)'
    spoil(
      one.file,
      `UPDATE blobs SET body = x'', size = 0 WHERE id IN (${erased})`,
      "UPDATE posts SET posted_to = '2026-01-01T00:00:00Z' WHERE activity_id = '2'",
    )
    const held = allRows(one.file)
    const report = await reread(one.file)
    expect(report.captures.withoutBody).toBe(2)
    expect(report.posts).toEqual({ same: 0, changed: 0, added: 0, notFound: 0, untouched: 6 })
    expect(allRows(one.file)).toEqual(held)
  })

  it('never puts an older text in the place of one whose capture was erased', async () => {
    const community = village()
    const { one, later } = await archived(LEGACY, community)
    later(86_400)
    edit(community, 6, '<p>Once more.</p>\n')
    await synced(one)
    const erased = "(SELECT blob_id FROM captures WHERE id = (SELECT capture_id FROM posts WHERE activity_id = '6'))"
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
      "UPDATE posts SET last_capture_id = 1, last_run_id = 1, last_seen_at = first_seen_at, status = 'gone', gone_at = '2026-06-16T12:00:00Z', gone_reason = 'absent from a complete thread' WHERE activity_id = '5'",
      "INSERT INTO events (at, kind, post_id, run_id) SELECT '2026-06-16T12:00:00Z', 'gone', id, 2 FROM posts WHERE activity_id = '5'",
    )
    expect(fields(await reread(one.file))).toEqual([['5', [{ field: 'status', before: 'gone', after: 'live' }]]])
    expect(rows(one.file, "SELECT status, gone_at FROM posts WHERE activity_id = '5'")).toEqual([
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
      `INSERT INTO captures (run_id, method, url, final_url, status, headers, blob_id, captured_at, reader, asked)
        SELECT run_id, method, url, final_url, status, headers, blob_id, '2020-01-01T00:00:00.000Z', reader, asked FROM captures WHERE id = 3`,
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
      `CREATE TRIGGER stop BEFORE UPDATE ON posts WHEN old.activity_id = '5' BEGIN SELECT RAISE(ABORT, 'stop'); END`,
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
