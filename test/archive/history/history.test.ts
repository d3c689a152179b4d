import { copyFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../src/model/reports/history.js'
import { exactly } from '../../../src/model/time.js'
import { newFile } from '../../run/outside.js'
import { at, ben, eventful, settle, words } from '../eventful.js'
import { group, member, page, post, type Shelf, shelf } from '../shelf.js'

const place = (one: Shelf, id: string) => {
  const [found] = one.archive.history.find(id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

/** `hour kind id`, and what is special. */
function told(entry: HistoryEntry): string {
  const hour = new Date(entry.at).getUTCHours()
  if (entry.kind === 'renamed')
    return `${hour} renamed ${entry.member ? 'member' : 'group'} ${entry.field}: ${entry.before} > ${entry.after}`
  const what = `${hour} ${entry.kind} ${entry.post.id}`
  if (entry.kind === 'seen') return `${what} "${entry.version.text}"`
  if (entry.kind === 'edited')
    return `${what} "${entry.before.text}" > "${entry.after.text}" after ${entry.between[0]?.slice(11, 13)}`
  return entry.kind === 'gone'
    ? `${what} ${entry.reason}, seen ${entry.lastSeenAt?.slice(11, 13)}, missed ${entry.missedAt?.slice(11, 13)}`
    : what
}

const history = (one: Shelf, id: string, alone = false) =>
  [...one.archive.history.entries(place(one, id), alone)].map(told)

describe('the history of a thread', () => {
  it('tells all that happened, in order of time', () => {
    const one = eventful()
    expect(history(one, '1')).toEqual([
      '1 seen 1 "Sow in May"',
      '1 seen 2 "Post 2"',
      '1 seen 3 "Post 3"',
      '2 renamed group slug: gardeners > growers',
      '2 renamed group name: Gardeners > Growers',
      '2 renamed member name: Ben > Benedict',
      '2 edited 1 "Sow in May" > "Sow in June" after 01',
      // It was looked at in hour 3, too, and was the same.
      '4 edited 1 "Sow in June" > "Sow in May" after 03',
      '4 gone 3 absent from a complete thread, seen 03, missed undefined',
      '5 back 3',
      '5 edited 3 "Post 3" > "3, again" after 03',
    ])
    one.close()
  })

  it('of one post alone: it, its author, its group', () => {
    const one = eventful()
    expect(history(one, '2', true)).toEqual([
      '1 seen 2 "Post 2"',
      '2 renamed group slug: gardeners > growers',
      '2 renamed group name: Gardeners > Growers',
      '2 renamed member name: Ben > Benedict',
    ])
    expect(history(one, '3', true).filter(line => !line.includes('renamed'))).toHaveLength(4)
    one.close()
  })

  it('names from before the post was seen do not concern it', () => {
    const one = shelf()
    one.save(page([post('1', null, ben('Ben'))]))
    one.save(page([post('1', null, ben('Benedict'))]))
    one.save(page([post('5', null, ben('Benedict'))]))
    expect(history(one, '5')).toEqual(['3 seen 5 "Post 5"'])
    one.close()
  })

  it('a shortened text that is completed is no edit', () => {
    const one = shelf()
    one.save(page([post('1', null, { ...words('Sow in…'), truncated: true })]))
    one.save(page([post('1', null, words('Sow in May'))]))
    expect(history(one, '1')).toEqual(['1 seen 1 "Sow in May"'])
    one.close()
  })

  it('a shortened view of an edited text does not narrow the time of the edit', () => {
    const one = shelf()
    one.save(page([post('1', null, words('Sow in May, not before'))]))
    one.save(page([post('1', null, { ...words('Sow in June…'), truncated: true })]))
    one.save(page([post('1', null, words('Sow in June, not before'))]))
    expect(history(one, '1').at(-1)).toMatch(/^3 edited .* after 01$/)
    one.close()
  })

  it('what is gone still says when it was missed first', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    one.archive.tombstones.missed(1, '1', at(2))
    expect(history(one, '1')).toEqual(['1 seen 1 "Post 1"', '2 missed 1'])
    const looking = { run: 1, pass: {} as never, reader: 'visitor', at: at(3) }
    one.archive.tombstones.threadGone(1, '1', '410', looking)
    expect(history(one, '1')).toEqual(['1 seen 1 "Post 1"', '3 gone 1 410, seen 01, missed 02'])
    one.close()
  })

  it('an opening post is seen when it was read, not when a reply spoke of it', () => {
    const one = shelf()
    one.save(page([post('2', '1')]))
    expect(place(one, '1').isRead).toBe(false)
    one.save(page([post('1', null), post('2', '1')]))
    expect(history(one, '1')).toEqual(['1 seen 2 "Post 2"', '2 seen 1 "Post 1"'])
    expect([...(one.archive.history.threadAt(place(one, '1'), at(1))?.posts ?? [])].map(n => n.post.id)).toEqual(['2'])
    one.close()
  })
})

describe('a thread as of an instant', () => {
  const state = (one: Shelf, id: string, then: string) => {
    const thread = one.archive.history.threadAt(place(one, id), then)
    if (!thread) return null
    return [...thread.posts].map(
      ({ post }) => `${post.id} ${post.author?.name}: ${post.text}${post.status === 'gone' ? ' (gone)' : ''}`,
    )
  }

  it('has the texts, names and tombstones of then', () => {
    const one = eventful()
    expect(state(one, '1', '2026-01-01T00:59:59Z')).toBeNull()
    expect(one.archive.history.firstSeenAt(place(one, '1'))).toBe(at(1))
    expect(state(one, '1', at(1))).toEqual(['1 ada: Sow in May', '2 Ben: Post 2', '3 ada: Post 3'])
    expect(state(one, '1', at(3))).toEqual(['1 ada: Sow in June', '2 Benedict: Post 2', '3 ada: Post 3'])
    expect(state(one, '1', at(4))).toEqual(['1 ada: Sow in May', '2 Benedict: Post 2', '3 ada: Post 3 (gone)'])
    expect(state(one, '1', at(5))).toEqual(['1 ada: Sow in May', '2 Benedict: Post 2', '3 ada: 3, again'])
    one.close()
  })

  it('has the title, the group and the count of then', () => {
    const one = eventful()
    const then = one.archive.history.threadAt(place(one, '1'), at(3))
    expect(then).toMatchObject({
      title: 'Sow in June',
      group: { name: 'Growers', slug: 'growers' },
      completeness: { state: 'unknown', held: 3, claimed: null },
    })
    expect(one.archive.history.threadAt(place(one, '1'), at(1))?.group).toMatchObject({ slug: 'gardeners' })
    const [present] = [...one.archive.reader.threads({})]
    const last = one.archive.history.threadAt(place(one, '1'), at(9))
    expect({ ...last, posts: [...(last?.posts ?? [])] }).toEqual({
      ...present,
      posts: [...(present?.posts ?? [])],
      asOf: at(9),
    })
    one.close()
  })

  it('a whole second counts to its end', () => {
    const one = shelf()
    one.save(page([post('1', null, words('one'))]))
    one.close()
    const file = newFile()
    copyFileSync(one.file, file)
    const other = shelf(file)
    rewrite(file, "UPDATE sightings SET first_seen_at = '2026-01-01T01:00:00.700Z'")
    expect(state(other, '1', '2026-01-01T01:00:00Z')).toEqual(['1 ada: one'])
    expect(state(other, '1', '2026-01-01T01:00:00.699Z')).toBeNull()
    other.close()
  })
})

describe('whatever happens', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 1, maxLength: 12 })

  it('as of each capture the thread is what that capture held', () => {
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        const desk = shelf()
        const states = Array.from({ length: Math.max(one.length, two.length) }, (_, n) => [
          one[n] ?? 'x',
          two[n] ?? null,
        ])
        for (const [opening, reply] of states) {
          const posts = [post('1', null, words(`1 ${opening}`))]
          if (reply !== null) posts.push(post('2', '1', words(`2 ${reply}`)))
          desk.save(page(posts))
          settle(desk, desk.sql<{ n: number }>('SELECT count(*) AS n FROM captures')[0]?.n ?? 0)
        }
        for (const [n, [opening, reply]] of states.entries()) {
          const thread = desk.archive.history.threadAt(place(desk, '1'), at(n + 1))
          const shown = [...(thread?.posts ?? [])]
          expect(shown[0]?.post.text).toBe(`1 ${opening}`)
          const known = states.slice(0, n + 1).some(([, then]) => then !== null)
          expect(shown.length).toBe(known ? 2 : 1)
          if (known) expect(shown[1]?.post.status).toBe(reply === null ? 'gone' : 'live')
          if (reply !== null) expect(shown[1]?.post.text).toBe(`2 ${reply}`)
        }
        desk.close()
      }),
      { numRuns: 25 },
    )
  })
})

function rewrite(file: string, sql: string) {
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
}

describe('a post whose site gave its id to another one', () => {
  const other = { ...words('Who has seeds?'), author: member('ben', { id: '3', name: 'Ben' }) }
  /** 1: a thread of two; 2: number 2 is another post, by another member, of another date. */
  function reused(): Shelf {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1'), post('3', '2', { threadId: '1' })]))
    one.save(page([post('1', null), post('2', '1', { ...other, when: exactly('2025-12-01T12:00:00Z') })]))
    return one
  }

  it("keeps the first author's words under the first author's name", () => {
    const one = reused()
    const entries = [...one.archive.history.entries(place(one, '2'), true)]
    expect(entries).toMatchObject([
      { kind: 'seen', post: { author: { name: 'ada' }, when: exactly('2025-06-01T12:00:00Z'), text: 'Post 2' } },
      {
        kind: 'edited',
        post: { author: { name: 'Ben' } },
        before: { author: { name: 'ada' }, when: exactly('2025-06-01T12:00:00Z'), parent: '1', text: 'Post 2' },
        after: { author: { name: 'Ben' }, when: exactly('2025-12-01T12:00:00Z'), group: { slug: 'gardeners' } },
      },
    ])
    expect([...one.archive.history.pasts(place(one, '2'), true)]).toMatchObject([
      { versions: [{ author: { name: 'ada' } }, { author: { name: 'Ben' } }] },
    ])
    one.close()
  })

  it('is shown with the author, date and place of then', () => {
    const one = reused()
    const shown = (hour: number) =>
      [...(one.archive.history.threadAt(place(one, '1'), at(hour))?.posts ?? [])].map(
        ({ post: { id, author, when, text } }) => `${id} ${author?.name} ${when.from?.slice(0, 10)} ${text}`,
      )
    expect(shown(1)).toEqual(['1 ada 2025-06-01 Post 1', '2 ada 2025-06-01 Post 2', '3 ada 2025-06-01 Post 3'])
    expect(shown(2)[1]).toBe('2 Ben 2025-12-01 Who has seeds?')
    one.close()
  })

  it('an event before the change names the author of then, with the names of then', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1', ben('Ben'))]))
    one.save(page([post('1', null)]))
    settle(one, 2)
    const cleo = { ...words('Other'), author: member('cleo', { id: '4' }), when: exactly('2025-12-01T12:00:00Z') }
    one.save(page([post('1', null), post('2', '1', cleo), post('5', '1', ben('Benedict'))]))
    const gone = [...one.archive.history.entries(place(one, '2'), true)].find(({ kind }) => kind === 'gone')
    expect(gone).toMatchObject({ post: { author: { name: 'Ben' }, text: 'Post 2' } })
    one.close()
  })

  it('a version without an author is by nobody known', () => {
    const one = shelf()
    one.save(page([post('1', null, { author: null })]))
    one.save(page([post('1', null, { ...words('Edited'), ...ben('Ben') })]))
    expect([...one.archive.history.entries(place(one, '1'), true)][1]).toMatchObject({
      before: { author: null },
      after: { author: { name: 'Ben' } },
    })
    one.close()
  })
})

describe('a post that moves', () => {
  const bees = group('bees', { id: '2', name: 'Bees' })

  it('a thread: to another group, with its replies', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1')]))
    one.save(page([post('1', null, { group: bees }), post('2', '1', { group: bees })]))
    one.save(page([post('1', null, { group: null }), post('2', '1', { group: null })]))
    expect(
      [...one.archive.history.entries(place(one, '1'), false)].filter(({ kind }) => kind === 'moved'),
    ).toMatchObject([
      { at: at(2), post: { id: '1' }, field: 'group', before: 'gardeners', after: 'bees' },
      { at: at(3), post: { id: '1' }, field: 'group', before: 'bees', after: null },
    ])
    const groups = [1, 2, 3].map(hour => one.archive.history.threadAt(place(one, '1'), at(hour))?.group?.name)
    expect(groups).toEqual(['Gardeners', 'Bees', undefined])
    one.close()
  })

  it('to another thread: each thread has it as of then, and tells that it came or left', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1'), post('3', '2', { threadId: '1' }), post('7', null)]))
    one.save(page([post('1', null), post('7', null), post('2', '7')]))
    const ids = (thread: string, hour: number) =>
      [...(one.archive.history.threadAt(place(one, thread), at(hour))?.posts ?? [])].map(n => n.post.id)
    expect([ids('1', 1), ids('7', 1)]).toEqual([['1', '2', '3'], ['7']])
    expect([ids('1', 2), ids('7', 2)]).toEqual([['1'], ['7', '2', '3']])
    expect(ids('3', 1)).toEqual(['1', '2', '3'])
    const moves = (thread: string) => history(one, thread).filter(line => line.includes('moved'))
    expect([moves('1'), moves('7')]).toEqual([['2 moved 2'], ['2 moved 2']])
    one.close()
  })

  it('an opening post that became a reply: its thread is shown as of then', () => {
    const one = shelf()
    one.save(page([post('1', null), post('5', null), post('6', '5')]))
    one.save(page([post('1', null), post('5', '1'), post('6', '5', { threadId: '1' })]))
    const then = one.archive.history.threadAt(place(one, '5'), at(1))
    expect({ ...then, posts: [...(then?.posts ?? [])] }).toMatchObject({
      id: '5',
      title: 'Post 5',
      posts: [{ post: { id: '5' }, replies: 1 }, {}],
    })
    expect(one.archive.history.threadAt(place(one, '5'), at(2))?.id).toBe('1')
    one.close()
  })
})
