import { describe, expect, it } from 'vitest'
import { exactly } from '../../../src/model/time.js'
import { words } from '../eventful.js'
import { BEN, reused } from '../rewritten.js'
import { page, post, type Shelf, shelf, text } from '../shelf.js'

const VERSIONS = `SELECT text, (SELECT slug FROM members WHERE id = member_id) AS author, posted_at FROM revisions WHERE post_id = 2
  UNION ALL SELECT text, (SELECT slug FROM members WHERE id = member_id), posted_at FROM posts WHERE id = 2`
const versions = (one: Shelf) =>
  one.sql<{ text: string; author: string }>(VERSIONS).map(row => `${row.author}: ${row.text}`)

describe('a post that another member has written since', () => {
  const theirs = { ...BEN, when: exactly('2025-12-01T12:00:00Z') }

  it('takes its text along, even if that is shortened', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1')]))
    one.save(page([post('1', null), post('2', '1', { ...theirs, ...words('Who has…'), truncated: true })]))
    expect(versions(one)).toEqual(['ada: Post 2', 'ben: Who has…'])
    one.save(page([], { text: text('2', '<p>Who has seeds?</p>') }))
    expect(versions(one)).toEqual(['ada: Post 2', 'ben: Who has seeds?'])
    one.close()
  })

  it('takes its text along from the page of its thread, which else tells no edit of what the stream shows', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1')]))
    const own = page([post('1', null), post('2', '1', { ...theirs, ...words('Who has seeds?') })])
    one.save(own, { authority: 'permalink' })
    expect(versions(one)).toEqual(['ada: Post 2', 'ben: Who has seeds?'])
    one.close()
  })

  it('is told, with both names and dates', () => {
    const one = shelf()
    one.save(page([post('1', null), post('2', '1')]))
    const { reusedIds } = one.save(page([post('1', null), post('2', '1', { ...theirs, ...words('Who has seeds?') })]))
    expect(reusedIds).toEqual([
      'Post 2 (https://town.example/activity/p/1/#acomment-2) was by ada (2025-06-01) and is by Ben (2025-12-01), with another text: the site gave its id to another post. The earlier post is kept in its history.',
    ])
    one.close()
  })

  it('is seen once: the next reading of the same is no change', () => {
    const one = reused()
    const again = page([post('1', null), post('2', '1', { ...theirs, ...words('Who has seeds to spare?') })])
    expect(one.save(again)).toMatchObject({ reusedIds: [], changedPosts: 0 })
    one.close()
  })
})
