import { describe, expect, it } from 'vitest'
import { rows } from '../../archive/shelf.js'
import { type Community, DEMO, type DemoPost } from '../../community/index.js'
import { allRows, archived, counts, edit, LONG, NOTHING, ROUTES, reread, spoil, synced, village } from './reread.js'

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
})

describe.each(ROUTES)('when a parser gets better: $pack by $via', way => {
  const POOR = [
    "UPDATE posts SET text = 'poor', html = '', title = 'poor', content_hash = 'poor', parser = 'legacy 0.0.1'",
    "UPDATE posts SET type = 'odd', edited = 1, member_id = 1, posted_at = NULL, posted_from = NULL, posted_to = NULL",
    'UPDATE posts SET parent_id = thread_id, parent_named = 0 WHERE parent_id IS NOT NULL',
    'UPDATE posts SET group_id = NULL, truncated = 1',
    'UPDATE threads SET claimed = 1, whole_view_at = NULL, whole_view_in = NULL',
    'DELETE FROM attachments',
    'DELETE FROM links',
    "UPDATE captures SET wall = 'unknown', fingerprint = 'poor'",
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
    const lost = "(SELECT id FROM posts WHERE site_post_id IN ('1', '2', '3', '5'))"
    spoil(
      one.file,
      ...['sightings', 'attachments', 'links'].map(table => `DELETE FROM ${table} WHERE post_id IN ${lost}`),
      `DELETE FROM posts WHERE id IN ${lost}`,
      'DELETE FROM threads WHERE id NOT IN (SELECT id FROM posts)',
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
    spoil(one.file, "UPDATE revisions SET text = 'poor', content_hash = 'poor'", ...POOR.slice(0, 1))
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
