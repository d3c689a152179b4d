import { afterEach, describe, expect, it, vi } from 'vitest'
import { Statements } from '../../../src/archive/database/statements.js'
import { member, page, post, SITE, shelf } from '../shelf.js'

const thread = (replies: number, root = '1') =>
  page([
    post(root, null),
    ...Array.from({ length: replies }, (_, at) => post(`${root}${at + 10}`, root, { threadId: root })),
  ])

const SEEN = `SELECT site_post_id AS id, last_seen_at AS at, last_capture_id AS capture, text_seen_at AS text, member_seen_at AS author
  FROM posts ORDER BY length(site_post_id), site_post_id`

afterEach(() => vi.restoreAllMocks())

/** Number of statements that change rows of `table` while a page is saved again. */
function updates(table: string, replies: number): number {
  const one = shelf()
  one.save(thread(replies))
  const run = vi.spyOn(Statements.prototype, 'run')
  one.save(thread(replies))
  const texts = run.mock.calls.map(([sql]) => sql)
  one.close()
  vi.restoreAllMocks()
  return texts.filter(sql => sql.startsWith(`UPDATE ${table} `)).length
}

describe('a page that is read again without news', () => {
  it('takes one statement for all of its posts, however many there are', () => {
    expect(updates('posts', 1)).toBe(1)
    expect(updates('posts', 60)).toBe(1)
  })

  it('takes one statement for all of its members', () => {
    expect(updates('members', 60)).toBe(1)
  })

  it('is noted for each of its posts', () => {
    const one = shelf()
    one.save(thread(2))
    const [before] = one.sql(SEEN) as { at: string }[]
    one.save(thread(2))
    const after = one.sql(SEEN) as { at: string }[]
    expect(after.map(({ at }) => at > (before?.at ?? ''))).toEqual([true, true, true])
    expect(after).toEqual(after.map(row => ({ ...after[0], id: (row as unknown as { id: string }).id })))
    one.close()
  })
})

describe('a page whose posts have values that were last seen at different times', () => {
  it('notes each of them, and changes the one with news', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', null), post('3', null)]))
    one.save(page([post('1', null), post('2', null, { author: null }), post('3', null, { text: 'New', html: 'New' })]))
    const [first, second, third] = one.sql(SEEN) as Record<string, string>[]
    expect(first?.['at']).toBe(third?.['at'])
    expect(second?.['at']).toBe(third?.['at'])
    expect(second?.['author']).not.toBe(first?.['author'])
    expect(one.sql("SELECT text FROM posts WHERE site_post_id = '3'")).toEqual([{ text: 'New' }])
    one.close()
  })

  it('with one of them twice keeps what the second shows', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', null)]))
    one.save(page([post('1', null), post('2', null, { author: null }), post('2', null)]))
    const [first, second] = one.sql(SEEN) as Record<string, string>[]
    expect({ ...second, id: '1' }).toEqual(first)
    one.close()
  })
})

describe('a thread that moves below another one', () => {
  it('takes its replies along as seen there when the page showed it, also without a title that changes', () => {
    const one = shelf()
    const erased = { author: null, text: '', html: '', forgotten: true } as const
    one.save(page([post('1', null)]))
    one.save(page([post('5', null, erased), post('6', '5')]))
    one.save(page([post('5', '1', erased)]))
    const rows = one.sql('SELECT thread_id, thread_seen_at FROM posts WHERE site_post_id IN (5, 6)')
    expect(rows[1]).toEqual(rows[0])
    one.close()
  })
})

describe('members of a page', () => {
  it('are noted as seen, and as named only where name and slug are shown', () => {
    const one = shelf()
    const by = (id: string, slug: string | null) => member(slug, { id, url: slug && `${SITE}members/${slug}/` })
    one.save(page([post('1', null, { author: by('1', 'ada') }), post('2', null, { author: by('2', 'ben') })]))
    one.save(page([post('1', null, { author: by('1', 'ada') }), post('2', null, { author: by('2', null) })]))
    const rows = one.sql('SELECT slug, last_seen_at AS seen, named_at AS named FROM members ORDER BY slug')
    const [ada, ben] = rows as Record<string, string>[]
    expect(ada?.['named']).toBe(ada?.['seen'])
    expect(ben?.['seen']).toBe(ada?.['seen'])
    expect((ben?.['named'] ?? '') < (ada?.['named'] ?? '')).toBe(true)
    one.close()
  })
})
