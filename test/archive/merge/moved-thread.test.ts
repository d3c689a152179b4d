import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { ENV, group, page, post, rows, SITE, savePage, shelf } from '../shelf.js'
import { archiveOf, at, exported, faultsIn, type Look, merged } from './merging.js'

const TREE = `SELECT post.site_post_id AS id, root.site_post_id AS thread, parent.site_post_id AS parent, post.status FROM posts AS post
  JOIN posts AS root ON root.id = post.thread_id LEFT JOIN posts AS parent ON parent.id = post.parent_id ORDER BY 1`

describe('a thread that became a part of another one, with a reply that was gone before', () => {
  /** Reply 3, below 2, is gone at hour 2; at hour 3 thread 1 has become a reply in thread 7. Each copy ends an hour later. */
  const looks: Look[] = [
    [post('1', null), post('2', '1'), post('3', '2', { threadId: '1' }), post('7', null)],
    [post('1', null), post('2', '1'), post('7', null)],
    [post('7', null), post('1', '7'), post('2', '1', { threadId: '7' })],
  ].map((posts, n) => ({ page: page(posts), hour: n + 1, settles: true }))
  const copies = looks.map((_, n) => () => archiveOf('a', looks.slice(0, n + 1)))

  it('keeps its parent when it is merged with copies of before, in whatever order', () => {
    const [first, second, last] = copies.map(make => make()) as [string, string, string]
    const expected = [
      { id: '1', thread: '7', parent: '7', status: 'live' },
      { id: '2', thread: '7', parent: '1', status: 'live' },
      { id: '3', thread: '7', parent: '2', status: 'gone' },
      { id: '7', thread: '7', parent: null, status: 'live' },
    ]
    expect(rows(last, TREE)).toEqual(expected)
    const alone = exported(merged(last))
    for (const copy of [first, second])
      for (const all of [merged(last, copy), merged(copy, last)]) {
        expect(rows(all, TREE)).toEqual(expected)
        expect(faultsIn(all)).toEqual([])
        expect(exported(all)).toBe(alone)
      }
  })

  it('a reply that only the other archive has moves along, and keeps its parent', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1'), post('3', '2', { threadId: '1' })]))
    one.close()
    const other = shelf()
    for (let hour = 0; hour < 2; hour++) other.save(page([post('7', null)]))
    other.save(page([post('7', null), post('1', '7'), post('2', '1', { threadId: '7' })]))
    other.close()
    for (const all of [merged(one.file, other.file), merged(other.file, one.file)])
      expect(rows(all, TREE)).toContainEqual({ id: '3', thread: '7', parent: '2', status: 'live' })
  })
})

it('a group that was made again under its slug has the posts of its time, although they name no group', () => {
  const care = (id: string) => group('care', { id, name: `Care ${id}` })
  const looks = ['5', '9'].map((id, n) => ({ page: page([post(id, null, { group: care(id) })]), hour: n + 1 }))
  const archive = openArchive(archiveOf('a', looks), 'write', ENV)
  const { run } = archive.startRun('sync', '0', at(3))
  const request = { url: `${SITE}groups/care/` }
  const target = { kind: 'group', reason: 'named', request } as const
  const pass = archive.beginPass(request.url, { reader: 'visitor', via: 'rest' }, target, at(3))
  const task = archive.frontier.next(pass, new Set())
  if (!task) throw new Error('nothing to do')
  const answer = { request, url: request.url, status: 200, headers: {}, body: Buffer.from('3'), capturedAt: at(3) }
  const capture = archive.keep(run, answer, 'visitor', { task, pass })
  const step = {
    run,
    pass,
    task,
    capture,
    at: at(3),
    parser: 'rest 0',
    authority: 'stream' as const,
    reader: 'visitor',
  }
  savePage(archive, page([post('10', null, { group: undefined })]), step)
  archive.close()
  const sql =
    'SELECT site_post_id AS post, site_group_id AS id, slug FROM posts JOIN groups ON groups.id = group_id ORDER BY posts.id'
  expect(rows(archive.file, sql)).toEqual([
    { post: '5', id: '5', slug: 'care~5' },
    { post: '9', id: '9', slug: 'care' },
    { post: '10', id: '9', slug: 'care' },
  ])
})
