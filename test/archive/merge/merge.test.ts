import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ArchiveError } from '../../../src/model/errors.js'
import { exactly } from '../../../src/model/time.js'
import { GARDENERS, group, member, page, post, rows } from '../shelf.js'
import {
  archiveOf,
  at,
  both,
  copyOf,
  dumpOf,
  exported,
  faultsIn,
  type Look,
  merged,
  mergeInto,
  newMerge,
  postsOf,
  sql,
} from './merging.js'

const SECRETS = group('secrets', { id: '9', name: 'Secrets', status: 'hidden' })
const opening = post('1', null)
const reply = post('2', '1')
const secret = post('50', null, { group: SECRETS, author: member('mia', { id: '8' }) })

const stranger: Look[] = [{ page: page([opening, reply], { group: GARDENERS }), hour: 5 }]
const anna: Look[] = [
  { page: page([opening, reply], { group: GARDENERS }), hour: 3, reader: 'session' },
  { page: page([secret], { group: SECRETS }), hour: 3, reader: 'session' },
]

describe('two archives', () => {
  it('become one, with every post once and who has seen it', () => {
    const file = newMerge(archiveOf('stranger', stranger), archiveOf('anna', anna))
    expect(
      postsOf(file).map(({ id, seen_by, first_seen_at, last_seen_at }) => [id, seen_by, first_seen_at, last_seen_at]),
    ).toEqual([
      ['1', ['session@anna', 'visitor'], at(3), at(5)],
      ['2', ['session@anna', 'visitor'], at(3), at(5)],
      ['50', ['session@anna'], at(3), at(3)],
    ])
    expect(rows(file, 'SELECT slug FROM groups ORDER BY slug')).toEqual([{ slug: 'gardeners' }, { slug: 'secrets' }])
    expect(rows(file, 'SELECT count(*) AS n FROM captures')).toEqual([{ n: 3 }])
    expect(rows(file, 'SELECT label FROM archives ORDER BY label')).toEqual([{ label: 'anna' }, { label: 'stranger' }])
    expect(rows(file, 'SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?', '50')).toHaveLength(1)
  })

  it('tell how much each has brought', () => {
    const report = mergeInto(archiveOf('stranger', stranger), archiveOf('anna', anna))
    expect(report).toMatchObject({
      archives: [{ label: 'anna', posts: 3, newPosts: 1, updatedPosts: 0, samePosts: 2, newCaptures: 2 }],
      posts: 3,
      readers: [
        { reader: 'session@anna', posts: 3 },
        { reader: 'visitor', posts: 2 },
      ],
      conflicts: { count: 0, first: [] },
      changed: true,
    })
  })

  it('are only read', () => {
    const files = [archiveOf('stranger', stranger), archiveOf('anna', anna)]
    const before = files.map(file => readFileSync(file))
    newMerge(...files)
    expect(files.map((file, n) => readFileSync(file).equals(before[n] as Buffer))).toEqual([true, true])
  })

  it('are the same in any order', () => {
    const [a, b] = [archiveOf('stranger', stranger), archiveOf('anna', anna)]
    expect(exported(newMerge(b, a))).toBe(exported(newMerge(a, b)))
  })
})

describe('what is merged again', () => {
  it('is nothing new: an archive, a copy of itself, what it was merged into', () => {
    const file = archiveOf('anna', anna)
    const all = merged(file, archiveOf('stranger', stranger))
    for (const one of [copyOf(file, 'copy.db'), copyOf(file, 'other name.db')])
      expect(mergeInto(all, one).changed).toBe(false)
    const before = dumpOf(file)
    expect(mergeInto(file, copyOf(file, 'copy.db')).changed).toBe(false)
    expect(dumpOf(file)).toEqual(before)
    mergeInto(file, all)
    const { posts, captures } = dumpOf(file)
    expect([posts?.length, captures?.length]).toEqual([3, 3])
    expect(mergeInto(all, file).archives[0]).toMatchObject({ newPosts: 0, newCaptures: 0 })
  })

  it('has grown meanwhile: only that is new, under the label of before', () => {
    const file = archiveOf('anna', anna)
    const all = merged(file, archiveOf('stranger', stranger))
    const later = copyOf(file, 'renamed.db')
    archiveOf(
      'anna',
      [{ page: page([secret, post('51', '50', { group: SECRETS })]), hour: 9, reader: 'session' }],
      later,
    )
    const report = mergeInto(all, later)
    expect(report.archives).toMatchObject([{ label: 'anna', newPosts: 1, samePosts: 3, newCaptures: 1 }])
    expect(postsOf(all).at(-1)).toMatchObject({ id: '51', seen_by: ['session@anna'] })
  })
})

const looks = (changes: Parameters<typeof post>[2], hour: number, more: Partial<Look> = {}): Look => ({
  page: page([post('1', null, changes)]),
  hour,
  ...more,
})
const words = (text: string) => ({ text, html: `<p>${text}</p>` })
const revisions = (file: string) =>
  rows<{ text: string }>(file, 'SELECT text FROM revisions ORDER BY id').map(row => row.text)

describe('the texts of a post', () => {
  it('the later reading is its text, the other one an earlier one, with where and when it was read', () => {
    const file = both([looks(words('old'), 1)], [looks(words('new'), 2)])
    expect(postsOf(file)).toMatchObject([{ text: 'new', revisions: 1 }])
    const sql = `SELECT revisions.text, read.captured_at AS read, replaced_at, replaced_by.captured_at AS by FROM revisions
      JOIN captures AS read ON read.id = text_capture_id JOIN captures AS replaced_by ON replaced_by.id = replaced_by_id`
    expect(rows(file, sql)).toEqual([{ text: 'old', read: at(1), replaced_at: at(2), by: at(2) }])
  })

  it('is a conflict where neither knew the text of the other', () => {
    const [a, b] = [archiveOf('a', [looks(words('old'), 1)]), archiveOf('b', [looks(words('new'), 2)])]
    expect(mergeInto(a, b).conflicts).toEqual({
      count: 1,
      first: [
        {
          ...{ site: 'https://town.example/', id: '1', url: 'https://town.example/activity/p/1/' },
          ...{ kept: { archive: 'b', readAt: at(2) }, other: { archive: null, readAt: at(1) } },
        },
      ],
    })
    const c = archiveOf('c', [looks(words('old'), 1), looks(words('new'), 3)])
    expect(mergeInto(a, c).conflicts.count).toBe(0)
  })

  it('the same edit, read by both, is one', () => {
    const edit = (one: number, other: number) => [looks(words('old'), one), looks(words('new'), other)]
    expect(revisions(both(edit(1, 4), edit(2, 6)))).toEqual(['old'])
  })

  it('an edit that was undone and done again stays told twice', () => {
    const again = ['x', 'y', 'x', 'y'].map((text, n) => looks(words(text), n + 1))
    expect(revisions(both(again, [looks(words('x'), 7)]))).toEqual(['x', 'y', 'y'])
  })

  it('a shortened one never takes the place of a whole one', () => {
    const file = both([looks(words('whole and long'), 1)], [looks({ ...words('whole…'), truncated: true }, 2)])
    expect(postsOf(file)).toMatchObject([{ text: 'whole and long', truncated: false, revisions: 0 }])
  })

  it('two routes print one text in two ways: the fuller one stays', () => {
    const rest = looks(words('see [gallery ids="1"] here'), 1, { parser: 'rest 0' })
    expect(postsOf(both([rest], [looks(words('see here'), 2)]))).toMatchObject([
      { text: 'see [gallery ids="1"] here', revisions: 0 },
    ])
  })

  it('its attachments and links come with it', () => {
    const picture = { kind: 'image' as const, url: 'https://town.example/a.png', name: null }
    const file = both([looks(words('old'), 1)], [looks({ ...words('new'), attachments: [picture] }, 2)])
    expect(postsOf(file)).toMatchObject([{ attachments: [picture] }])
  })
})

describe('dates', () => {
  const between = (from: string | null, to: string | null) => ({ when: { from, to } })
  it('narrow; an exact one beats an interval', () => {
    const narrowed = both(
      [looks(between('2025-06-01T00:00:00Z', '2025-06-03T00:00:00Z'), 1)],
      [looks(between('2025-06-02T00:00:00Z', '2025-06-04T00:00:00Z'), 2)],
    )
    expect(postsOf(narrowed)).toMatchObject([
      { posted_at: null, posted_between: ['2025-06-02T00:00:00Z', '2025-06-03T00:00:00Z'] },
    ])
    const exact = both(
      [looks({ when: exactly('2025-06-02T12:00:00Z') }, 1)],
      [looks(between(null, '2025-06-04T00:00:00Z'), 2)],
    )
    expect(postsOf(exact)).toMatchObject([{ posted_at: '2025-06-02T12:00:00Z' }])
  })
})

describe('a reply', () => {
  const answers = (parentId: string | null, named: boolean, hour: number): Look => ({
    page: page([opening, reply, post('3', parentId, { threadId: '1', ...(named && { parentNamed: true as const }) })]),
    hour,
  })

  it('hangs where the site has named it, not where a page nests it', () => {
    expect(postsOf(both([answers('2', true, 1)], [answers('1', false, 2)]))[2]).toMatchObject({ id: '3', parent: '2' })
  })

  it('else where the later page has it', () => {
    expect(
      postsOf(both([answers('2', false, 1)], [answers('1', false, 2)])).find(({ id }) => id === '3'),
    ).toMatchObject({ parent: '1' })
  })

  it('of an opening post that only the other archive has read', () => {
    const alone = { page: page([post('2', '1')]), hour: 1 }
    const file = both([alone], [{ page: page([opening]), hour: 2 }])
    expect(postsOf(file).map(({ id, first_seen_at }) => [id, first_seen_at])).toEqual([
      ['1', at(2)],
      ['2', at(1)],
    ])
  })
})

describe('what is gone', () => {
  const whole = (hour: number, reader: 'visitor' | 'session' = 'visitor'): Look => ({
    page: page([opening, reply]),
    hour,
    reader,
  })
  const missing = (hour: number, reader: 'visitor' | 'session' = 'visitor'): Look => ({
    page: page([opening]),
    hour,
    reader,
    settles: true,
  })
  const status = (file: string) => postsOf(file).find(({ id }) => id === '2')?.['status']

  it('is gone where it was missed after all sightings', () => {
    expect(status(both([whole(1), missing(3)], [whole(2)]))).toBe('gone')
  })

  it('is there where it was seen later', () => {
    const file = both([whole(1), missing(3)], [whole(4)])
    expect(status(file)).toBe('live')
    expect(rows(file, 'SELECT kind, at FROM events ORDER BY at')).toEqual([
      { kind: 'gone', at: at(3) },
      { kind: 'back', at: at(4) },
    ])
  })

  it('is not buried by a stranger who could not have seen it', () => {
    const a = archiveOf('a', [whole(1, 'session')])
    archiveOf('a', [missing(4, 'session')], a)
    // As an old version may have left it: found gone by a run that read as a visitor.
    sql(a, "UPDATE captures SET reader = 'visitor' WHERE captured_at = ?", at(4))
    const b = archiveOf('b', [whole(2, 'session')])
    expect(status(newMerge(a, b))).toBe('live')
    expect(status(newMerge(b, a))).toBe('live')
  })

  it('is gone in both: the last that missed it is told, and how', () => {
    const file = both([whole(1), missing(3)], [whole(2), missing(5)])
    expect(rows(file, "SELECT gone_at, gone_reason FROM posts WHERE status = 'gone'")).toEqual([
      { gone_at: at(5), gone_reason: 'absent from a complete thread' },
    ])
    expect(rows(file, 'SELECT kind, at FROM events')).toEqual([{ kind: 'gone', at: at(5) }])
  })
})

describe('names', () => {
  const by = (changes: Parameters<typeof member>[1], hour: number, slug: string | null = 'ada'): Look =>
    looks({ author: member(slug, { id: '2', ...changes }) }, hour)
  const author = (file: string) => postsOf(file)[0]?.['author']
  const renames = (file: string) =>
    rows(file, "SELECT field, before, after, at FROM events WHERE kind = 'renamed' ORDER BY field")

  it('the later one is told, and the earlier one is history', () => {
    const file = both([by({ name: 'Ada' }, 1)], [by({ name: 'Ada King' }, 2)])
    expect(author(file)).toMatchObject({ name: 'Ada King' })
    expect(renames(file)).toEqual([{ field: 'name', before: 'Ada', after: 'Ada King', at: at(2) }])
  })

  it('no name takes none away', () => {
    const file = both([by({ name: 'Ada' }, 1)], [by({ name: null, url: null }, 2, null)])
    expect(author(file)).toMatchObject({ name: 'Ada', slug: 'ada' })
    expect(renames(file)).toEqual([])
  })

  it('the same change, seen by both, is one', () => {
    const change = (one: number, other: number) => [by({ name: 'Ada' }, one), by({ name: 'Ada King' }, other)]
    expect(renames(both(change(1, 4), change(2, 7)))).toEqual([
      { field: 'name', before: 'Ada', after: 'Ada King', at: at(4) },
    ])
  })

  it('who is known by slug in the one and by number in the other is one member, also after a new slug', () => {
    const known = both([looks({ author: member('ada') }, 1)], [by({}, 2)])
    expect(rows(known, 'SELECT site_member_id, slug FROM members')).toEqual([{ site_member_id: '2', slug: 'ada' }])
    const renamed = both([looks({ author: member('ada') }, 1)], [by({}, 2), by({}, 3, 'ada-king')])
    expect(rows(renamed, 'SELECT site_member_id, slug FROM members')).toEqual([
      { site_member_id: '2', slug: 'ada-king' },
    ])
  })

  it('a slug that two groups had, one after the other, stays with the later one', () => {
    const inGroup = (id: string, hour: number, activity: string): Look => {
      const care = group('care', { id, name: `Care ${id}` })
      return { page: page([post(activity, null, { group: care })], { group: care }), hour }
    }
    const file = both([inGroup('1', 1, '10')], [inGroup('2', 2, '20')])
    expect(rows(file, 'SELECT site_group_id, slug FROM groups ORDER BY site_group_id')).toEqual([
      { site_group_id: '1', slug: 'care~1' },
      { site_group_id: '2', slug: 'care' },
    ])
  })
})

describe('a merge that fails', () => {
  it('leaves the archive as it was, and can be done again', () => {
    const [a, b] = [archiveOf('a', [looks({}, 1)]), archiveOf('b', stranger)]
    const before = dumpOf(a)
    const broken = copyOf(b, 'broken.db')
    const db = new Sqlite(broken)
    db.pragma('foreign_keys = OFF')
    db.exec("UPDATE posts SET thread_id = 999 WHERE site_post_id = '2'")
    db.close()
    const failing = () => mergeInto(a, archiveOf('c', [{ page: page([post('7', null)]), hour: 1 }]), broken)
    expect(failing).toThrow(ArchiveError)
    expect(failing).toThrow(`${broken} cannot be merged`)
    expect(dumpOf(a)['posts']).not.toEqual(before['posts'])
    expect(rows(a, "SELECT count(*) AS n FROM archives WHERE label = 'broken'")).toEqual([{ n: 0 }])
    expect(faultsIn(a)).toEqual([])
    expect(mergeInto(a, b).archives).toMatchObject([{ newPosts: 1, samePosts: 1 }])
  })
})

describe('the targets', () => {
  it('are read from now on as the one who may see more; nothing waits any more', () => {
    const a = archiveOf('a', [whole(1), { page: page([opening]), hour: 2, reader: 'session' }])
    const b = archiveOf('b', [whole(3)])
    sql(b, 'UPDATE targets SET url = (SELECT ?)', 'https://town.example/session/')
    sql(b, "UPDATE frontier SET state = 'pending'")
    const file = newMerge(a, b)
    expect(rows(file, "SELECT url, options ->> 'reader' AS reader FROM targets ORDER BY url")).toEqual([
      { url: 'https://town.example/session/', reader: 'session' },
      { url: 'https://town.example/visitor/', reader: 'visitor' },
    ])
    expect(rows(file, "SELECT count(*) AS n FROM frontier WHERE state = 'pending'")).toEqual([{ n: 0 }])
    expect(
      rows(file, 'SELECT count(*) AS n FROM targets WHERE pass_after_id > (SELECT max(id) FROM captures)'),
    ).toEqual([{ n: 0 }])
  })

  const whole = (hour: number): Look => ({ page: page([opening]), hour })
})
